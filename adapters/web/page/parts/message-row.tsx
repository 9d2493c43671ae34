/** One message: who said it, what, and what can be done with it. */

import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import type { AnswerVersions } from '../state/talk-lines.ts';
import { AnswerEnd } from './answer-end.tsx';
import { CopyButton } from './copy-button.tsx';
import { IconButton } from './icon-button.tsx';
import { Markdown } from './markdown.tsx';
import { usePage } from './page-context.ts';

interface MessageRowProps {
	message: ConversationMessage;
	/** What is there of it by now. */
	text: string;
	isWriting: boolean;
	versions: AnswerVersions;
	/** Whether it can be asked again from here. */
	canRetry: boolean;
}

/** A row that stays as it is costs nothing while another one grows. */
export function MessageRow({ message, text, isWriting, versions, canRetry }: MessageRowProps) {
	const count = versions.length;
	return useMemo(
		() =>
			message.role === 'user' ? (
				<Question {...{ message, text, canRetry }} />
			) : (
				<Answer {...{ message, text, isWriting, versions, canRetry }} />
			),
		[message, text, isWriting, count, canRetry],
	);
}

function Question({ message, text, canRetry }: Pick<MessageRowProps, 'message' | 'text' | 'canRetry'>) {
	const { chat, words } = usePage();
	const { author, status, editedAt, attachments } = message;
	const isMine = author?.isMe === true;
	return (
		<Said
			name={isMine ? words.message.me : (author?.name ?? words.message.somebody)}
			kind={isMine ? 'mine' : 'of-others'}
			saidAt={message.saidAt}
			id={message.id}
			below={
				isMine &&
				status !== 'deleted' && (
					<div class="actions">
						<CopyButton text={text} />
						{canRetry && <IconButton icon="write" label={words.message.rewrite} onPress={() => chat.rewrite(text)} />}
					</div>
				)
			}
		>
			<PlainText text={status === 'deleted' ? words.message.gone : text} />
			{attachments.map(({ name: file }) => (
				<p key={file} class="hint attached" dir="auto">
					{file}
				</p>
			))}
			{editedAt !== null && <p class="hint">{words.message.edited}</p>}
		</Said>
	);
}

function Answer({ message, text, isWriting, versions, canRetry }: MessageRowProps) {
	const { words } = usePage();
	const { status, sources } = message;
	return (
		<Said name={words.message.bot} kind="of-bot" saidAt={message.saidAt} id={message.id} isWriting={isWriting}>
			{status === 'deleted' ? (
				<p class="hint">{words.message.gone}</p>
			) : (
				<Markdown text={text} answerId={message.id} sources={sources} isWriting={isWriting} />
			)}
			{!isWriting && status !== 'deleted' && <AnswerEnd {...{ message, versions, canRetry }} />}
		</Said>
	);
}

interface SaidProps {
	name: string;
	kind: 'mine' | 'of-others' | 'of-bot';
	id: string;
	saidAt?: string;
	isWriting?: boolean;
	/** Beside what was said, rather than in it. */
	below?: ComponentChildren;
	children: ComponentChildren;
}

export function Said({ name, kind, id, saidAt, isWriting = false, below, children }: SaidProps) {
	const { language } = usePage();
	const time = saidAt === undefined ? null : new Date(saidAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
	return (
		<article class={`said ${kind}`} data-message={id} aria-busy={isWriting} aria-label={name}>
			<h2 title={time ?? undefined}>{name}</h2>
			<div class="body">{children}</div>
			{below}
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
