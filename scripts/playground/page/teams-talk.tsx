/** A place as Teams shows it: a channel is posts with their replies, a chat is bubbles. */

import { useState } from 'preact/hooks';
import type { Message } from '../wire.ts';
import { ActivityLine } from './activity-line.tsx';
import { Answering } from './answering.tsx';
import { Composer } from './composer.tsx';
import { Icon } from './icons.tsx';
import { Intro } from './intro.tsx';
import { isContinued, MessageItem } from './message.tsx';
import { MessageList } from './message-list.tsx';
import { PlaceHead } from './place-head.tsx';
import { Prompts } from './prompts.tsx';
import { repliesOf, rootsOf, titleOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function TeamsTalk() {
	const { view, words, place } = usePane();
	const [answered, setAnswered] = useState<Message | null>(null);
	const roots = rootsOf(view, place);
	const isChat = place.kind === 'direct' || place.kind === 'group';
	// A reply brings its post to the end.
	const lastAtMs = (root: Message) => repliesOf(view, place, root.id).at(-1)?.atMs ?? root.atMs;
	const shown = isChat ? roots : roots.sort((left, right) => lastAtMs(left) - lastAtMs(right));
	return (
		<div class={`conversation ${isChat ? 'chat' : 'posts'}`}>
			<PlaceHead />
			<MessageList name={place.id} label={titleOf(place)}>
				<Intro />
				{shown.map((root, index) =>
					isChat ? (
						<MessageItem
							key={root.id}
							message={root}
							isContinued={root.repliesTo === null && isContinued(shown[index - 1], root)}
							answer={{ label: words.answer, onAnswer: () => setAnswered(root) }}
						/>
					) : (
						<Post key={root.id} root={root} />
					),
				)}
				<ActivityLine threadId={null} />
			</MessageList>
			<div class="conversation-foot">
				{roots.length === 0 && <Prompts />}
				{answered !== null && <Answering message={answered} onCancel={() => setAnswered(null)} />}
				<Composer
					threadId={null}
					repliesTo={answered?.id ?? null}
					takesFocus={answered !== null}
					onSent={() => setAnswered(null)}
					onLeave={() => setAnswered(null)}
					placeholder={isChat ? words.placeholderChat : words.placeholderPost(place.name)}
				/>
			</div>
		</div>
	);
}

/** A post and its replies, with a composer of its own once somebody wants to reply. */
function Post({ root }: { root: Message }) {
	const { view, words, place } = usePane();
	const [isReplying, setIsReplying] = useState(false);
	const replies = repliesOf(view, place, root.id);
	return (
		<div class="post">
			<MessageItem message={root} isContinued={false} />
			<div class="replies">
				{replies.map((reply, index) => (
					<MessageItem key={reply.id} message={reply} isContinued={isContinued(replies[index - 1], reply)} />
				))}
				<ActivityLine threadId={root.id} />
			</div>
			{isReplying ? (
				<Composer threadId={root.id} placeholder={words.placeholderThread} takesFocus onLeave={() => setIsReplying(false)} />
			) : (
				<button type="button" class="quiet reply" onClick={() => setIsReplying(true)}>
					<Icon name="reply" />
					{words.answer}
				</button>
			)}
		</div>
	);
}
