/** What people are told of what became of their last message. */

import { describe, expect, it } from 'vitest';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { whyCommand } from '#src/commands/why.ts';
import type { LastAnswer } from '#src/history/last-answer.ts';
import { languages } from '#src/locales/locales.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const { why } = languages.en;
const askedAt = new Date('2026-11-30T10:00:00Z');
const later = (ms: number) => new Date(askedAt.getTime() + ms);

const answered: LastAnswer = {
	isDeleted: false,
	askedAt,
	status: 'answered',
	finishReason: 'answered',
	trace: {
		queueMs: 2_100,
		rounds: 2,
		tools: { search_documents: 2 },
		documents: { state: 'found', chunkIds: [1, 2, 3], wording: 'leaning' },
		withheld: 1,
	},
	model: 'small',
	host: 'gpu-1',
	promptTokens: 900,
	outputTokens: 120,
	firstTextAt: later(3_400),
	finalTextAt: later(9_000),
	citedChunkIds: [2],
};

interface Scene {
	person?: typeof employee;
	dropped?: { reason: string; at: Date } | null;
	words?: (typeof languages)['en' | 'es'];
}

async function say(last: LastAnswer | null, { person = employee, dropped = null, words = languages.en }: Scene = {}) {
	const asked: (readonly number[])[] = [];
	const services = {
		lastAnswers: { of: async () => last },
		dropped: { last: async () => dropped },
		passages: {
			lastCited: async () => null,
			titles: async (ids: readonly number[]) => {
				asked.push(ids);
				return ['Plan.pdf', 'Plan.pdf'];
			},
		},
	};
	return { said: await runCommand(whyCommand, '', { services, person, place: placeOfKind('channel'), words }), asked };
}

describe('the command why', () => {
	it('tells how an answer came about', async () => {
		const { said, asked } = await say(answered);
		const parts = ['small, on gpu-1', '2.1 s', '3.4 s', '9 s', 'search_documents (2 times)', '900 read, 120 written', why.leaning];
		for (const part of [why.reason.answered, why.documents.found(3), ...parts]) expect(said).toContain(part);
		expect(said).toContain(`${why.row.dropped}: Plan.pdf`);
		expect(said.match(/Plan\.pdf/g)).toHaveLength(1);
		expect(asked).toEqual([[1, 3]]);
	});

	it('tells administrators alone how much was withheld, and others the same whether anything was', async () => {
		const nothing = { ...answered, trace: { ...answered.trace, withheld: 0 } };
		expect((await say(answered)).said).toBe((await say(nothing)).said);
		expect((await say(answered, { person: administrator })).said).toContain(`${why.row.withheld}: ${why.withheld(1)}`);
	});

	it.each([
		['running', { status: 'generating', finishReason: null, trace: null }],
		['taken-back', { isDeleted: true }],
		['taken-back', { status: 'deleted', finishReason: 'withdrawn', trace: null }],
		['queue-full', { status: 'failed', finishReason: 'failed', trace: { reason: 'queue-full' } }],
		['nothing-found', { status: 'refused', finishReason: 'told', trace: { reason: 'nothing-found' } }],
		['undelivered', { status: 'failed', finishReason: 'undelivered', trace: {} }],
		['told', { status: 'refused', finishReason: 'a word of another version', trace: null }],
	] as const)('says the reason: %s', async (reason, given) => {
		for (const words of Object.values(languages)) {
			expect((await say({ ...answered, ...given } as LastAnswer, { words })).said).toContain(words.why.reason[reason]);
		}
	});

	it('tells why the last message got no answer, where that came later', async () => {
		const dropped = { reason: 'limit-tokens', at: later(60_000) };
		expect((await say(answered, { dropped })).said).toBe(why.reason['limit-tokens']);
		expect((await say(null, { dropped })).said).toBe(why.reason['limit-tokens']);
		expect((await say(answered, { dropped: { ...dropped, at: later(-60_000) } })).said).toContain(why.reason.answered);
	});

	it('says whom it hears where it knows of no message', async () => {
		expect((await say(null)).said).toBe(why.reason['not-addressed']);
	});

	it('is a question to the model, and the command in a message only behind the root command', () => {
		const registry = createCommandRegistry([whyCommand]);
		for (const text of ['ccb why', '/ccb why', 'CCB Why?', 'ccb por qué']) expect(registry.findSpoken(text)?.command).toBe(whyCommand);
		const asked = ['why', 'Why?', '¿Por qué?', 'por que', 'porque', 'porque sí', 'why is that', 'ccb', 'ccb why not', 'the ccb why'];
		for (const text of asked) expect(registry.findSpoken(text)).toBeNull();
	});
});
