/** A place as Slack shows it: threads beside the channel, and open in the conversation with the bot. */

import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../wire.ts';
import { ActivityLine } from './activity-line.tsx';
import { Avatar } from './avatar.tsx';
import { isCommand } from './command-refusal.ts';
import { Composer } from './composer.tsx';
import { Icon } from './icons.tsx';
import { Intro } from './intro.tsx';
import { isContinued, MessageItem } from './message.tsx';
import { MessageList } from './message-list.tsx';
import { PlaceHead } from './place-head.tsx';
import { Prompts } from './prompts.tsx';
import { isBot, messageOf, nameOf, repliesOf, rootsOf, titleOf } from './selectors.ts';
import { usePane } from './stage.ts';
import { Thread } from './thread.tsx';

export function SlackTalk() {
	const { view, words, place, threadId } = usePane();
	const [isStartingAnew, setIsStartingAnew] = useState(false);
	const isWithBot = place.kind === 'direct';
	const roots = rootsOf(view, place);
	const lastRoot = roots.findLast(({ isPrivate }) => !isPrivate);
	useGivingWay(roots);
	return (
		<>
			<div class="conversation">
				<PlaceHead />
				<MessageList name={place.id} label={titleOf(place)}>
					<Intro />
					{roots.map((root, index) =>
						isWithBot ? <OpenThread key={root.id} root={root} /> : <Root key={root.id} message={root} before={roots[index - 1]} />,
					)}
				</MessageList>
				<div class="conversation-foot">
					{(roots.length === 0 || isStartingAnew) && <Prompts />}
					<Composer
						threadId={isWithBot && !isStartingAnew ? (lastRoot?.id ?? null) : null}
						placeholder={isWithBot ? words.placeholderDirect : words.placeholderChannel(place.name)}
						onSent={(typed) => !isCommand(typed) && setIsStartingAnew(false)}
					>
						{isWithBot && lastRoot !== undefined && !isStartingAnew && (
							<button type="button" class="quiet" onClick={() => setIsStartingAnew(true)}>
								<Icon name="plus" />
								<span class="tool-name">{words.newConversation}</span>
							</button>
						)}
					</Composer>
				</div>
			</div>
			{threadId !== null && !isWithBot && <Thread key={threadId} threadId={threadId} />}
		</>
	);
}

/** Private answers stand in the channel: a thread that waits for an answer gives way to them. */
function useGivingWay(roots: readonly Message[]): void {
	const { view, me, place, threadId, openThread } = usePane();
	const answer = roots.findLast(({ isPrivate }) => isPrivate);
	useEffect(() => {
		if (threadId === null || answer === undefined) return;
		const last = repliesOf(view, place, threadId).at(-1) ?? messageOf(view, place, threadId);
		if (last?.authorId === me.id && last.atMs < answer.atMs) openThread(null);
	}, [answer?.id]);
}

function Root({ message, before }: { message: Message; before: Message | undefined }) {
	const { view, words, place, openThread } = usePane();
	const beforeHasThread = before !== undefined && repliesOf(view, place, before.id).length > 0;
	const replies = repliesOf(view, place, message.id);
	const authors = [...new Set(replies.map(({ authorId }) => authorId))].slice(0, 4);
	const open = () => openThread(message.id);
	return (
		<MessageItem
			message={message}
			isContinued={!beforeHasThread && isContinued(before, message)}
			answer={{ label: words.replyInThread, onAnswer: open }}
		>
			{replies.length > 0 && (
				<button type="button" class="thread-footer" onClick={open}>
					<span class="faces">
						{authors.map((id) => (
							<Avatar key={id} id={id} name={nameOf(view, id)} isBot={isBot(view, id)} />
						))}
					</span>
					{words.replies(replies.length)}
				</button>
			)}
			<ActivityLine threadId={message.id} />
		</MessageItem>
	);
}

/** In the conversation with the bot a thread lies open: question and answers below each other. */
function OpenThread({ root }: { root: Message }) {
	const { view, place } = usePane();
	const messages = [root, ...repliesOf(view, place, root.id)];
	return (
		<div class="open-thread">
			{messages.map((message, index) => (
				<MessageItem key={message.id} message={message} isContinued={isContinued(messages[index - 1], message)} />
			))}
			<ActivityLine threadId={root.id} />
		</div>
	);
}
