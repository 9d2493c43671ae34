/** One message: who said it, what, and what can be done with an answer. */

import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { CopyButton } from './copy-button.tsx';
import { Markdown, SafeLink } from './markdown.tsx';
import { usePage } from './page-context.ts';

interface MessageRowProps {
	message: ConversationMessage;
	/** What is there of it by now. */
	text: string;
	isWriting: boolean;
	/** Whether it can be asked again from here. */
	canRetry: boolean;
}

/** A row that stays as it is costs nothing while another one grows. */
export function MessageRow({ message, text, isWriting, canRetry }: MessageRowProps) {
	return useMemo(() => <Message {...{ message, text, isWriting, canRetry }} />, [message, text, isWriting, canRetry]);
}

function Message({ message, text, isWriting, canRetry }: MessageRowProps) {
	const { words } = usePage();
	const { role, author, status, editedAt, attachments } = message;
	if (role === 'user') {
		const name = author?.isMe ? words.message.me : (author?.name ?? words.message.somebody);
		return (
			<Said name={name} kind={author?.isMe ? 'mine' : 'of-others'} saidAt={message.saidAt} id={message.id}>
				<PlainText text={status === 'deleted' ? words.message.gone : text} />
				{attachments.map(({ name: file }) => (
					<p key={file} class="hint">
						{file}
					</p>
				))}
				{editedAt !== null && <p class="hint">{words.message.edited}</p>}
			</Said>
		);
	}
	return (
		<Said name={words.message.bot} kind="of-bot" saidAt={message.saidAt} id={message.id} isWriting={isWriting}>
			{status === 'deleted' ? <p class="hint">{words.message.gone}</p> : <Markdown text={text} />}
			{!isWriting && status !== 'deleted' && <AnswerEnd message={message} canRetry={canRetry} />}
		</Said>
	);
}

interface SaidProps {
	name: string;
	kind: 'mine' | 'of-others' | 'of-bot';
	id: string;
	saidAt?: string;
	isWriting?: boolean;
	children: ComponentChildren;
}

export function Said({ name, kind, id, saidAt, isWriting = false, children }: SaidProps) {
	const { language } = usePage();
	const time = saidAt === undefined ? null : new Date(saidAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
	return (
		<article class={`said ${kind}`} data-message={id} aria-busy={isWriting} aria-label={name}>
			<header title={time ?? undefined}>{name}</header>
			{children}
		</article>
	);
}

/** As it was typed. */
export function PlainText({ text }: { text: string }) {
	return (
		<p class="plain" dir="auto">
			{text}
		</p>
	);
}

function AnswerEnd({ message, canRetry }: { message: ConversationMessage; canRetry: boolean }) {
	const { chat, words } = usePage();
	const { id, text, status, finishReason, rating, sources } = message;
	const ending = words.message.endings[finishReason ?? ''];
	// What a limit or a command said in place of an answer is none.
	const isRetryable = canRetry && status !== 'refused';
	return (
		<footer>
			{ending !== undefined && <p class="ending">{ending}</p>}
			{sources.length > 0 && <Sources sources={sources} />}
			<div class="actions">
				{status === 'answered' && <Thumbs answerId={id} rating={rating} />}
				<CopyButton text={text} />
				{isRetryable && (
					<button type="button" onClick={() => void chat.retry(id)}>
						{words.message.retry}
					</button>
				)}
			</div>
		</footer>
	);
}

/** Not every system has letters with such signs. */
const thumbUp =
	'M4 9h3l3-6c1.500 0 2 1 1.700 2.300L11 8h4c1 0 1.600.800 1.400 1.700l-1.200 5.500c-.2.800-.7 1.300-1.500 1.300H7M4 9v7.500h3V9';

function Thumbs({ answerId, rating }: { answerId: string; rating: 'up' | 'down' | null }) {
	const { chat, words } = usePage();
	const thumbs = [
		{ name: 'up', label: words.message.good },
		{ name: 'down', label: words.message.bad },
	] as const;
	return (
		<>
			{thumbs.map(({ name, label }) => (
				<button
					key={name}
					type="button"
					class="quiet thumb"
					aria-label={label}
					title={label}
					aria-pressed={rating === name}
					onClick={() => void chat.rate(answerId, name)}
				>
					<svg viewBox="0 0 20 20" aria-hidden="true">
						<path d={thumbUp} transform={name === 'down' ? 'rotate(180 10 10)' : undefined} />
					</svg>
				</button>
			))}
		</>
	);
}

function Sources({ sources }: { sources: ConversationMessage['sources'] }) {
	const { words } = usePage();
	return (
		<details class="sources">
			<summary>{words.message.sources(sources.length)}</summary>
			<ol>
				{sources.map(({ position, title, place, date, url, excerpt, isOld, original }) => (
					<li key={position} value={position}>
						{url === null ? <span dir="auto">{title}</span> : <SafeLink address={url}>{title}</SafeLink>}
						<p class="hint">{[place, date, isOld ? words.message.old : null].filter((part) => part !== null).join(' · ')}</p>
						<blockquote dir="auto">{excerpt}</blockquote>
						{original !== null && <blockquote dir="auto">{original}</blockquote>}
					</li>
				))}
			</ol>
		</details>
	);
}
