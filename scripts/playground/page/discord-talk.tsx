/** A place as Discord shows it: one list, answers that refer to what they answer, and who is typing. */

import { useState } from 'preact/hooks';
import type { Message } from '../wire.ts';
import { ActivityLine } from './activity-line.tsx';
import { Answering } from './answering.tsx';
import { Composer } from './composer.tsx';
import { Intro } from './intro.tsx';
import { isContinued, MessageItem } from './message.tsx';
import { MessageList } from './message-list.tsx';
import { PlaceHead } from './place-head.tsx';
import { Prompts } from './prompts.tsx';
import { repliesOf, rootsOf, titleOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function DiscordTalk() {
	const { view, words, place } = usePane();
	const [answered, setAnswered] = useState<Message | null>(null);
	const roots = rootsOf(view, place).flatMap((root) => [root, ...repliesOf(view, place, root.id)]);
	return (
		<div class="conversation">
			<PlaceHead />
			<MessageList name={place.id} label={titleOf(place)}>
				<Intro />
				{roots.map((message, index) => (
					<MessageItem
						key={message.id}
						message={message}
						isContinued={message.repliesTo === null && isContinued(roots[index - 1], message)}
						{...(place.isReadOnly ? {} : { answer: { label: words.answer, onAnswer: () => setAnswered(message) } })}
					/>
				))}
			</MessageList>
			<div class="conversation-foot">
				{roots.length === 0 && <Prompts />}
				{answered !== null && <Answering message={answered} onCancel={() => setAnswered(null)} />}
				<Composer
					threadId={null}
					repliesTo={answered?.id ?? null}
					takesFocus={answered !== null}
					placeholder={place.kind === 'direct' ? words.placeholderDirect : words.placeholderChannel(place.name)}
					onSent={() => setAnswered(null)}
					onLeave={() => setAnswered(null)}
				/>
				<ActivityLine threadId={null} />
			</div>
		</div>
	);
}
