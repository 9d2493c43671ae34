/** Slack's thread, beside the channel or over it. */

import { ActivityLine } from './activity-line.tsx';
import { Composer } from './composer.tsx';
import { Icon } from './icons.tsx';
import { isContinued, MessageItem } from './message.tsx';
import { MessageList } from './message-list.tsx';
import { messageOf, repliesOf } from './selectors.ts';
import { usePane } from './stage.ts';

export function Thread({ threadId }: { threadId: string }) {
	const { view, words, place, openThread } = usePane();
	const root = messageOf(view, place, threadId);
	const replies = repliesOf(view, place, threadId);
	const close = () => openThread(null);
	return (
		<aside class="thread" aria-label={words.thread} onKeyDown={(event) => event.key === 'Escape' && close()}>
			<header class="place-head">
				<h3>{words.thread}</h3>
				<p># {place.name}</p>
				<button type="button" class="icon-button" aria-label={words.closeThread} onClick={close}>
					<Icon name="close" />
				</button>
			</header>
			<MessageList name={threadId} label={words.thread}>
				{root !== null && <MessageItem message={root} isContinued={false} />}
				{replies.length > 0 && (
					<p class="reply-count">
						<span>{words.replies(replies.length)}</span>
					</p>
				)}
				{replies.map((reply, index) => (
					<MessageItem key={reply.id} message={reply} isContinued={isContinued(replies[index - 1], reply)} />
				))}
				<ActivityLine threadId={threadId} />
			</MessageList>
			<div class="conversation-foot">
				<Composer threadId={threadId} placeholder={words.placeholderThread} />
			</div>
		</aside>
	);
}
