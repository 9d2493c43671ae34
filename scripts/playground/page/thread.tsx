/** The thread that lies open on the right. */

import { ActivityLine } from './activity-line.tsx';
import { Composer } from './composer.tsx';
import { Icon } from './icons.tsx';
import { MessageItem } from './message.tsx';
import { isContinued, MessageList } from './message-list.tsx';
import { repliesOf, rootsOf, titleOf } from './selectors.ts';
import { useStage } from './stage.ts';

interface ThreadProps {
	channelId: string;
	threadTs: string;
	onClose: () => void;
}

export function Thread({ channelId, threadTs, onClose }: ThreadProps) {
	const { view, words } = useStage();
	const channel = view.channels[channelId];
	const root = rootsOf(view, channelId).find(({ ts }) => ts === threadTs);
	const replies = repliesOf(view, channelId, threadTs);
	if (channel === undefined) return null;
	return (
		<aside class="thread" aria-label={words.thread} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
			<header class="side-head">
				<h2>{words.thread}</h2>
				<p>{channel.otherId === null ? `# ${channel.name}` : titleOf(view, channel)}</p>
				<button type="button" class="icon-button" aria-label={words.closeThread} onClick={onClose}>
					<Icon name="close" />
				</button>
			</header>
			<MessageList name={`${channelId}/${threadTs}`} label={words.thread}>
				{root !== undefined && <MessageItem message={root} isContinued={false} hasThreadAction={false} />}
				{replies.length > 0 && (
					<p class="reply-count">
						<span>{replies.length === 1 ? words.reply : words.replies(replies.length)}</span>
					</p>
				)}
				{replies.map((reply, index) => (
					<MessageItem key={reply.id} message={reply} isContinued={isContinued(replies[index - 1], reply, false)} hasThreadAction={false} />
				))}
				<ActivityLine channelId={channelId} threadTs={threadTs} />
			</MessageList>
			<div class="conversation-foot">
				<Composer
					key={`${channelId}/${threadTs}`}
					channelId={channelId}
					threadTs={threadTs}
					allowsCommands={false}
					placeholder={words.placeholderThread}
				/>
			</div>
		</aside>
	);
}
