import { describe, expect, it } from 'vitest';
import type { LiveStreamEvents } from '#src/api/contract/live.ts';
import { heldOf } from '../../../../adapters/web/page/state/live-texts.ts';
import {
	openedTalk,
	type Talk,
	withAnswerPiece,
	withEarlier,
	withNewest,
	withNotice,
	withoutNotice,
	withRow,
} from '../../../../adapters/web/page/state/talk.ts';
import { answerToStop, linesOf } from '../../../../adapters/web/page/state/talk-lines.ts';
import { answerId, answerRow, conversationId, messageRow, questionId } from './fake-api.ts';

const messageId = '66666666-6666-4666-8666-666666666666';
const empty = openedTalk(conversationId, null);
const asked = withRow(withRow(empty, messageRow()), answerRow());

function piece(epoch: number, from: number, text: string): LiveStreamEvents['answer'] {
	return { messageId, answerId, epoch, from, text };
}

/** The text that is shown of the answer after these pieces; null where one is missing. */
function textAfter(...pieces: LiveStreamEvents['answer'][]): string | null {
	const talk = pieces.reduce<Talk | null>((now, one) => now && withAnswerPiece(now, one), asked);
	if (talk === null) return null;
	const line = linesOf(talk, []).at(-1);
	return line?.kind === 'said' ? line.text : null;
}

describe('an answer that is being written', () => {
	it('grows piece by piece, and a piece that comes again changes nothing', () => {
		expect(textAfter(piece(1, 0, 'On '), piece(1, 3, 'Friday'), piece(1, 3, 'Friday'))).toBe('On Friday');
	});

	it('is written otherwise from where a new epoch says, and an older one is not heard any more', () => {
		expect(textAfter(piece(1, 0, '```\na'), piece(2, 4, 'b\n```'), piece(1, 5, 'late'))).toBe('```\nb\n```');
	});

	it('is not guessed at where a piece is missing', () => {
		expect(textAfter(piece(1, 0, 'On '), piece(1, 9, 'y'))).toBeNull();
	});

	it('counts as its row says once it is over, whatever is heard after that', () => {
		const written = withAnswerPiece(asked, piece(1, 0, 'On Fri')) ?? asked;
		const over = withRow(written, answerRow({ text: 'On Friday.', status: 'answered' }));
		expect(over.texts).toEqual([]);
		expect(withAnswerPiece(over, piece(1, 6, 'x'))).toBe(over);
		expect(linesOf(over, []).at(-1)).toMatchObject({ text: 'On Friday.', isWriting: false });
	});

	it('is named to the server as far as the page has it', () => {
		const written = withAnswerPiece(asked, piece(3, 0, 'día')) ?? asked;
		expect(heldOf(written.texts)).toEqual([`${messageId}.3.3`]);
		expect(answerToStop(written)).toBe(answerId);
	});

	it('shows before its row is there', () => {
		const written = withAnswerPiece(empty, piece(1, 0, 'On')) ?? empty;
		expect(linesOf(written, [])).toEqual([{ kind: 'writing', key: answerId, text: 'On' }]);
	});

	it('is no answer that is awaited or could be stopped where it belongs to none: how far a file is', () => {
		const { text, ...named } = piece(1, 0, 'manual.txt: indexed');
		const told = withAnswerPiece(empty, { ...named, text, answerId: null }) ?? empty;
		expect(linesOf(told, [])).toEqual([{ kind: 'aside', key: messageId, text }]);
		expect(answerToStop(told)).toBeNull();
	});
});

describe('the messages', () => {
	const rows = [1, 2, 3, 4].map((sequence) => messageRow({ id: `${sequence}`, sequence }));
	const newest = (...sequences: number[]) => sequences.map((sequence) => messageRow({ id: `${sequence}`, sequence })).reverse();
	const ids = ({ messages }: Talk) => messages.map(({ id }) => id);

	it('are those of the page, without what was removed, and what the stream told of since', () => {
		const talk = rows.reduce(withRow, empty);
		const read = withNewest(talk, { messages: newest(2, 4), nextBefore: 2 }, new Set(['3']));
		expect(ids(read)).toEqual(['1', '2', '3', '4']);
		expect(ids(withNewest(talk, { messages: newest(2, 4), nextBefore: 2 }, new Set()))).toEqual(['1', '2', '4']);
	});

	it('are those of the page alone, where so much was said that both do not meet', () => {
		const talk = rows.reduce(withRow, empty);
		const read = withNewest(talk, { messages: newest(70, 71), nextBefore: 70 }, new Set());
		expect(ids(read)).toEqual(['70', '71']);
		expect(read.nextBefore).toBe(70);
	});

	it('go on before the first, each once', () => {
		const talk = withNewest(empty, { messages: newest(3, 4), nextBefore: 3 }, new Set());
		const more = withEarlier(talk, { messages: newest(1, 2, 3), nextBefore: null });
		expect(ids(more)).toEqual(['1', '2', '3', '4']);
		expect(more.nextBefore).toBeNull();
	});

	it('are followed by a question until its own row is there', () => {
		const outgoing = { question: { clientId: 'c', text: 'Why?', conversationId }, state: 'taken', reason: '', atMs: 1 } as const;
		const ids = { conversationId, questionId, answerId };
		expect(linesOf(empty, [{ ...outgoing, ids }]).map(({ kind }) => kind)).toEqual(['outgoing']);
		expect(linesOf(withRow(empty, messageRow()), [{ ...outgoing, ids }]).map(({ kind }) => kind)).toEqual(['said']);
		const elsewhere = { ...outgoing, question: { ...outgoing.question, conversationId: answerId }, ids: null };
		expect(linesOf(empty, [elsewhere])).toEqual([]);
	});
});

it('shows the same private words once', () => {
	const talk = withNotice(withNotice(empty, { id: 'n', text: 'Too fast.' }), { id: 'n', text: 'Too fast.' });
	expect(talk.notices).toHaveLength(1);
	expect(withNotice(withoutNotice(talk, 'n'), { id: 'n', text: 'Too fast.' }).notices, 'once they were put away').toEqual([]);
});
