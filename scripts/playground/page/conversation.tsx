/** The middle of the page: one channel or direct conversation, with its composer. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Channel, Message } from '../wire.ts';
import { ActivityLine } from './activity-line.tsx';
import { Avatar } from './avatar.tsx';
import { Composer } from './composer.tsx';
import { Icon } from './icons.tsx';
import { MessageItem } from './message.tsx';
import { isContinued, MessageList } from './message-list.tsx';
import { isBot, nameOf, repliesOf, rootsOf, summaryOf, titleOf } from './selectors.ts';
import { useStage } from './stage.ts';

interface ConversationProps {
	channel: Channel;
	/** Buttons at the right end of the head. */
	tools: ComponentChildren;
	/** The friendly card above the composer. */
	hint: ComponentChildren;
}

export function Conversation({ channel, tools, hint }: ConversationProps) {
	const { view, words } = useStage();
	const [isStartingAnew, setIsStartingAnew] = useState(false);
	const isWithBot = channel.otherId !== null && isBot(view, channel.otherId);
	const roots = rootsOf(view, channel.id);
	const title = titleOf(view, channel);
	const lastRoot = roots.findLast(({ isPrivate }) => !isPrivate);
	const threadTs = isWithBot && !isStartingAnew ? (lastRoot?.ts ?? null) : null;
	return (
		<main class="conversation">
			<header class="conversation-head">
				<h1>
					{channel.otherId === null && <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} />}
					{title}
				</h1>
				<p>{channel.topic}</p>
				{tools}
			</header>
			<MessageList name={channel.id} label={title}>
				<Intro channel={channel} />
				{roots.map((root, index) =>
					isWithBot ? <OpenThread key={root.id} root={root} /> : <Root key={root.id} message={root} before={roots[index - 1]} />,
				)}
			</MessageList>
			<div class="conversation-foot">
				{hint}
				{isWithBot && <Prompts channel={channel} isEmpty={roots.length === 0 || isStartingAnew} />}
				<Composer
					key={channel.id}
					channelId={channel.id}
					threadTs={threadTs}
					allowsCommands
					placeholder={channel.otherId === null ? words.placeholderChannel(title) : words.placeholderDirect(title)}
					onSent={() => setIsStartingAnew(false)}
				>
					{isWithBot && lastRoot !== undefined && !isStartingAnew && (
						<button type="button" class="quiet" onClick={() => setIsStartingAnew(true)}>
							<Icon name="plus" />
							{words.newConversation}
						</button>
					)}
				</Composer>
			</div>
		</main>
	);
}

/** What stands above the first message. */
function Intro({ channel }: { channel: Channel }) {
	const { view, words } = useStage();
	const title = titleOf(view, channel);
	if (channel.otherId === null) {
		return (
			<div class="intro">
				<h2>{words.startOfChannel(title)}</h2>
				<p>{channel.kind === 'private' ? words.introPrivate : words.introChannel}</p>
			</div>
		);
	}
	const isWithBot = isBot(view, channel.otherId);
	return (
		<div class="intro">
			<Avatar id={channel.otherId} name={title} isBot={isWithBot} />
			<h2>{words.startOfDirect(title)}</h2>
			<p>{isWithBot ? words.introBot : words.introPerson}</p>
		</div>
	);
}

function Root({ message, before }: { message: Message; before: Message | undefined }) {
	const { view } = useStage();
	const beforeHasThread = before !== undefined && repliesOf(view, before.channelId, before.ts).length > 0;
	return (
		<MessageItem message={message} isContinued={isContinued(before, message, beforeHasThread)} hasThreadAction>
			<ThreadFooter message={message} />
			<ActivityLine channelId={message.channelId} threadTs={message.ts} />
		</MessageItem>
	);
}

function ThreadFooter({ message }: { message: Message }) {
	const { view, words, openThread } = useStage();
	const summary = summaryOf(repliesOf(view, message.channelId, message.ts));
	if (summary === null) return null;
	return (
		<button type="button" class="thread-footer" onClick={() => openThread(message.channelId, message.ts)}>
			<span class="faces">
				{summary.authorIds.slice(0, 4).map((id) => (
					<Avatar key={id} id={id} name={nameOf(view, id)} isBot={isBot(view, id)} />
				))}
			</span>
			{summary.count === 1 ? words.reply : words.replies(summary.count)}
		</button>
	);
}

/** In the conversation with the bot a thread lies open: question and answers below each other. */
function OpenThread({ root }: { root: Message }) {
	const { view } = useStage();
	const messages = [root, ...repliesOf(view, root.channelId, root.ts)];
	return (
		<div class="open-thread">
			{messages.map((message, index) => (
				<MessageItem
					key={message.id}
					message={message}
					isContinued={isContinued(messages[index - 1], message, false)}
					hasThreadAction={false}
				/>
			))}
			<ActivityLine channelId={root.channelId} threadTs={root.ts} />
		</div>
	);
}

function Prompts({ channel, isEmpty }: { channel: Channel; isEmpty: boolean }) {
	const { view, say } = useStage();
	const prompts = view.prompts[channel.id] ?? [];
	if (!isEmpty || prompts.length === 0) return null;
	return (
		<div class="prompts">
			{prompts.map(({ title, message }) => (
				<button type="button" key={title} onClick={() => void say(channel.id, message, null)}>
					{title}
				</button>
			))}
		</div>
	);
}
