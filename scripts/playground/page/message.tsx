/** One message: who, when, what it says, its buttons, and what its author can do with it. */

import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Message, Part } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { renderMarkdown } from './markdown.tsx';
import { renderMrkdwn } from './mrkdwn.tsx';
import { isBot, nameOf, timeOf, withoutMentions } from './selectors.ts';
import { useStage } from './stage.ts';

interface MessageProps {
	message: Message;
	/** Said right after another one by the same author: without name and picture. */
	isContinued: boolean;
	/** Offers to answer in a thread. */
	hasThreadAction: boolean;
	/** What hangs below it: the thread, the bot's activity. */
	children?: ComponentChildren;
}

export function MessageItem({ message, isContinued, hasThreadAction, children }: MessageProps) {
	const { view, words, me } = useStage();
	const [isEditing, setIsEditing] = useState(false);
	const isFromBot = isBot(view, message.authorId);
	const name = nameOf(view, message.authorId);
	const time = timeOf(message.ts, me.locale);
	const kinds = [isContinued && 'continued', message.isPrivate && 'private', isFromBot && 'from-bot'].filter(Boolean).join(' ');
	return (
		<article class={`message ${kinds}`} aria-label={`${name}, ${time}`} data-ts={message.ts}>
			<div class="message-side">{isContinued ? <time>{time}</time> : <Avatar id={message.authorId} name={name} isBot={isFromBot} />}</div>
			<div class="message-main">
				{message.isPrivate && <p class="only-you">{words.onlyYou}</p>}
				{!isContinued && (
					<header>
						<strong>{name}</strong>
						{isFromBot && <span class="badge">{words.app}</span>}
						<time>{time}</time>
					</header>
				)}
				{isEditing ? <Editor message={message} onDone={() => setIsEditing(false)} /> : <Body message={message} />}
				{message.buttons.length > 0 && <Buttons message={message} />}
				{children}
			</div>
			{!message.isPrivate && !isEditing && (
				<Actions message={message} hasThreadAction={hasThreadAction} onEdit={() => setIsEditing(true)} />
			)}
		</article>
	);
}

function Body({ message }: { message: Message }) {
	const { view, words } = useStage();
	const content = useMemo(
		() => message.parts.map((part, index) => <div key={`${part.format}${index}`}>{renderPart(part, (id) => nameOf(view, id))}</div>),
		[message.parts, view.people, view.channels],
	);
	return (
		<div class={`body ${message.isStreaming ? 'streaming' : ''}`}>
			{content}
			{message.isEdited && <span class="edited">{words.edited}</span>}
		</div>
	);
}

function renderPart(part: Part, nameOfId: (id: string) => string): ComponentChildren {
	switch (part.format) {
		case 'markdown':
			return renderMarkdown(part.text);
		case 'mrkdwn':
			return renderMrkdwn(part.text, nameOfId);
		case 'heading':
			return <h4>{part.text}</h4>;
		case 'note':
			return <div class="note">{renderMrkdwn(part.text, nameOfId)}</div>;
		case 'divider':
			return <hr />;
		default:
			return <p>{part.text}</p>;
	}
}

function Buttons({ message }: { message: Message }) {
	const { press, isPressed } = useStage();
	return (
		<div class="buttons">
			{message.buttons.map((button) => (
				<button
					type="button"
					key={`${button.actionId}/${button.value}`}
					class={`message-button ${button.style} ${button.thumb === null ? '' : 'thumb'}`}
					aria-pressed={button.thumb === null ? undefined : isPressed(message, button)}
					aria-label={button.label}
					title={button.label}
					onClick={() => press(message, button)}
				>
					{button.thumb === null ? button.label : <Icon name={button.thumb} />}
				</button>
			))}
		</div>
	);
}

function Actions({ message, hasThreadAction, onEdit }: { message: Message; hasThreadAction: boolean; onEdit: () => void }) {
	const { words, me, openThread, run } = useStage();
	const isMine = message.authorId === me.id;
	if (!isMine && !hasThreadAction) return null;
	const remove = () => run('remove', { user: me.id, channel: message.channelId, ts: message.ts });
	return (
		<div class="actions">
			{hasThreadAction && (
				<button type="button" onClick={() => openThread(message.channelId, message.threadTs ?? message.ts)} title={words.replyInThread}>
					<Icon name="reply" />
					<span>{words.replyInThread}</span>
				</button>
			)}
			{isMine && (
				<button type="button" onClick={onEdit}>
					{words.edit}
				</button>
			)}
			{isMine && (
				<button type="button" onClick={remove}>
					{words.remove}
				</button>
			)}
		</div>
	);
}

function Editor({ message, onDone }: { message: Message; onDone: () => void }) {
	const { view, words, edit } = useStage();
	const [text, setText] = useState(() => withoutMentions(view, message.source));
	const save = () => {
		if (text.trim() !== '') edit(message, text.trim());
		onDone();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === 'Escape') onDone();
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		save();
	};
	return (
		<div class="editor">
			<textarea
				aria-label={words.edit}
				ref={(element) => element?.focus()}
				value={text}
				onInput={(event) => setText(event.currentTarget.value)}
				onKeyDown={onKeyDown}
			/>
			<div>
				<button type="button" onClick={onDone}>
					{words.cancel}
				</button>
				<button type="button" class="primary" onClick={save}>
					{words.save}
				</button>
			</div>
		</div>
	);
}
