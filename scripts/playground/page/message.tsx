/** One message: who, when, what it says, its buttons and sources, and what its author can do with it. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { Body } from './body.tsx';
import { Buttons } from './buttons.tsx';
import { Citations } from './citations.tsx';
import { CopyLink } from './copy-link.tsx';
import { Editor } from './editor.tsx';
import { Forwarding } from './forwarding.tsx';
import { Icon } from './icons.tsx';
import { excerptOf, isBot, isOtherApp, messageOf, nameOf, timeOf } from './selectors.ts';
import { usePane } from './stage.ts';

/** A new message of the same author within five minutes goes on without name and picture, unless it is a private one. */
const continuedWithinMs = 300_000;

/** Whether `message` goes on right after `before`, by the same author. */
export function isContinued(before: Message | undefined, message: Message): boolean {
	if (before === undefined || before.authorId !== message.authorId || before.isPrivate || message.isPrivate) return false;
	return message.atMs - before.atMs < continuedWithinMs;
}

interface MessageProps {
	message: Message;
	/** Said right after another one by the same author: without name and picture. */
	isContinued: boolean;
	/** How one answers it, where one can. */
	answer?: { label: string; onAnswer(): void };
	/** What hangs below it: the thread, the bot's activity. */
	children?: ComponentChildren;
}

export function MessageItem({ message, isContinued, answer, children }: MessageProps) {
	const { view, words, me, pointed } = usePane();
	const [isEditing, setIsEditing] = useState(false);
	const [isForwarding, setIsForwarding] = useState(false);
	const isFromBot = isBot(view, message.authorId);
	const isMine = message.authorId === me.id;
	const name = nameOf(view, message.authorId);
	const time = timeOf(message.atMs, me.locale);
	const kinds = [isContinued && 'continued', message.isPrivate && 'private', isFromBot && 'from-bot', isMine && 'mine'];
	if (pointed?.messageId === message.id) kinds.push('pointed');
	return (
		<article class={`message ${kinds.filter(Boolean).join(' ')}`} aria-label={`${name}, ${time}`} data-message={message.id}>
			{message.repliesTo !== null && <Reference id={message.repliesTo} />}
			<div class="message-side">{isContinued ? <time>{time}</time> : <Avatar id={message.authorId} name={name} isBot={isFromBot} />}</div>
			<div class="message-main">
				{message.isPrivate && <p class="only-you">{words.onlyYou}</p>}
				<MessageHead message={message} isContinued={isContinued} />
				<div class="bubble">
					{isEditing ? <Editor message={message} onDone={() => setIsEditing(false)} /> : <Body message={message} />}
					{message.citations.length > 0 && <Citations citations={message.citations} />}
					<Buttons message={message} />
				</div>
				{isForwarding && <Forwarding message={message} onDone={() => setIsForwarding(false)} />}
				{children}
			</div>
			{!message.isPrivate && !isEditing && !isForwarding && (
				<Actions
					message={message}
					answer={answer}
					onForward={() => setIsForwarding(true)}
					onEdit={isMine ? () => setIsEditing(true) : null}
				/>
			)}
		</article>
	);
}

/** Who and when; of a message that goes on, only what the platform says of every message. */
function MessageHead({ message, isContinued }: Pick<MessageProps, 'message' | 'isContinued'>) {
	const { view, words, me } = usePane();
	const aiLabel = message.isAi && (
		<span class="ai-label" title={words.aiWhy}>
			{words.ai}
		</span>
	);
	if (isContinued) return aiLabel || null;
	return (
		<header>
			<strong>{nameOf(view, message.authorId)}</strong>
			{(isBot(view, message.authorId) || isOtherApp(view, message.authorId)) && <span class="badge">{words.app}</span>}
			{aiLabel}
			<time>{timeOf(message.atMs, me.locale)}</time>
		</header>
	);
}

/** The line above an answer that names what it answers. */
function Reference({ id }: { id: string }) {
	const { view, words, place } = usePane();
	const referred = messageOf(view, place, id);
	return (
		<p class="reference">
			{referred === null ? (
				<em>{words.gone}</em>
			) : (
				<>
					<strong>{nameOf(view, referred.authorId)}</strong> <span>{excerptOf(view, referred)}</span>
				</>
			)}
		</p>
	);
}

interface ActionsProps {
	message: Message;
	answer: MessageProps['answer'];
	onForward(): void;
	/** Null for somebody else's message. */
	onEdit: (() => void) | null;
}

function Actions({ message, answer, onForward, onEdit }: ActionsProps) {
	const { view, words, remove, offerFiles } = usePane();
	// In Teams apps have an entry too, and it would bring no files.
	const hasFiles = message.platform !== 'teams' && !isBot(view, message.authorId) && message.parts.some(({ format }) => format === 'file');
	return (
		<div class="actions">
			{answer !== undefined && (
				<button type="button" onClick={answer.onAnswer}>
					<Icon name="reply" />
					{answer.label}
				</button>
			)}
			<button type="button" aria-label={words.forward} title={words.forward} onClick={onForward}>
				<Icon name="forward" />
			</button>
			{hasFiles && (
				<button type="button" onClick={() => offerFiles(message)}>
					{words.takeFiles}
				</button>
			)}
			{message.link !== null && <CopyLink link={message.link} />}
			{onEdit !== null && (
				<button type="button" onClick={onEdit}>
					{words.edit}
				</button>
			)}
			{onEdit !== null && (
				<button type="button" onClick={() => remove(message)}>
					{words.remove}
				</button>
			)}
		</div>
	);
}
