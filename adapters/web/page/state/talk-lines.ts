/** What is shown of a conversation, line by line. Pure. */

import type { ConversationMessage } from '#src/api/contract/messages.ts';
import type { OutgoingQuestion } from './outbox.ts';
import { isOverNow, type Talk } from './talk.ts';

/** `key`: the same line has the same one, whatever becomes of it. */
export type TalkLine =
	| { kind: 'said'; key: string; message: ConversationMessage; text: string; isWriting: boolean; versions: AnswerVersions }
	/** Words that have no row yet. */
	| { kind: 'writing'; key: string; text: string }
	/** Of no answer: how far a file is. */
	| { kind: 'aside'; key: string; text: string }
	| { kind: 'outgoing'; key: string; outgoing: OutgoingQuestion };

/** All answers to one question, the oldest first; of an only one nothing is said. Stands where the first of them does. */
export type AnswerVersions = readonly ConversationMessage[];

const only: AnswerVersions = [];

export function linesOf(talk: Talk, outgoing: readonly OutgoingQuestion[]): TalkLine[] {
	const rows = new Set(talk.messages.map(({ id }) => id));
	const written = new Map(talk.texts.flatMap(({ answerId, text }) => (answerId === null ? [] : [[answerId, text]])));
	const asides = talk.texts.filter(({ answerId }) => answerId === null);
	const answers = versionsOf(talk.messages);
	const said = talk.messages.flatMap((first): TalkLine[] => {
		const versions = answers.get(first.inReplyTo ?? '') ?? only;
		if (versions.length > 1 && versions[0] !== first) return [];
		const message = versions.find(({ id }) => id === talk.chosen[first.inReplyTo ?? '']) ?? versions.at(-1) ?? first;
		const isWriting = message.role === 'assistant' && !isOverNow(message);
		const text = isWriting ? (written.get(message.id) ?? message.text) : message.text;
		return [{ kind: 'said', key: first.id, message, text, isWriting, versions: versions.length > 1 ? versions : only }];
	});
	const sent = outgoing.filter((one) => isAskedIn(talk, one) && !rows.has(one.ids?.questionId ?? ''));
	const asked = sent.map((one): TalkLine => ({ kind: 'outgoing', key: one.ids?.questionId ?? one.question.clientId, outgoing: one }));
	const loose = [...written].filter(([key]) => !rows.has(key)).map(([key, text]): TalkLine => ({ kind: 'writing', key, text }));
	return [...said, ...asides.map(({ messageId, text }): TalkLine => ({ kind: 'aside', key: messageId, text })), ...asked, ...loose];
}

/** By question. */
function versionsOf(messages: readonly ConversationMessage[]): ReadonlyMap<string, AnswerVersions> {
	const answers = messages.filter(({ role, inReplyTo, status }) => role === 'assistant' && inReplyTo !== null && status !== 'deleted');
	return Map.groupBy(answers, ({ inReplyTo }) => inReplyTo ?? '');
}

/** The answer that Stop stops; null while none is being written. */
export function answerToStop({ messages, texts }: Talk): string | null {
	const row = messages.findLast((message) => message.role === 'assistant' && !isOverNow(message));
	return row?.id ?? texts.findLast(({ answerId }) => answerId !== null)?.answerId ?? null;
}

/** Whether an answer is on its way, be it that its question only waits for its turn. */
export function isAwaited(talk: Talk, outgoing: readonly OutgoingQuestion[]): boolean {
	const isTaken = outgoing.some((one) => one.state === 'taken' && isAskedIn(talk, one));
	return isTaken || answerToStop(talk) !== null;
}

/** Whether a question was asked in this conversation. */
export function isAskedIn({ conversationId, begins }: Talk, { question, ids }: OutgoingQuestion): boolean {
	if (begins !== null && question.newConversation === begins) return true;
	return conversationId !== null && (question.conversationId ?? ids?.conversationId) === conversationId;
}
