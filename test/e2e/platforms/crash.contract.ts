/** One crash catches answers at every stage; whoever runs next must end each of them once, on every platform. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '#test/emulators/ollama/types.ts';
import { eventually } from '../eventually.ts';
import { modelRequests } from '../observe.ts';
import { answerText, question } from '../promises.ts';
import { type Company, deadAreMissed, expectGoodManners, expectOneAnswer, type OpenStage, openCompany, restart } from './company.ts';
import type { Question, RoomKind } from './stage.ts';

interface Halt {
	name: string;
	/** Makes the world stand still for the next question when it comes to this point. */
	halt(company: Company, kind: RoomKind): void;
	isReached(company: Company, question: Question, asked: number): unknown;
	/** How often the model is asked, over both lives of the process. */
	asked: number;
	/** Where it is asked, when not where all are. */
	kind?: RoomKind;
	/** Length of the answer in words; 60 when not given. */
	words?: number;
	callsTool?: boolean;
}

const hasEnded = (company: Company, asked: number) => modelRequests(company)[asked]?.record.endedAtMs;

/** In this order: what holds a place at the model comes late, then what waits for one. */
const halts: readonly Halt[] = [
	{
		name: 'the whole text is shown, and nobody knows yet',
		halt: ({ stage }, kind) => stage.fail(kind, 'last', 'lost-silently'),
		isReached: ({ stage }, asked) => stage.answers(asked).some(({ isOpen }) => !isOpen) && stage.heldUpCalls() > 0,
		asked: 1,
		// Takes 0.8 s: long enough for a first sight of it on a slow machine, short enough to end before an edit is due.
		words: 34,
	},
	{
		name: 'the whole text is on the way',
		halt: ({ stage }, kind) => stage.fail(kind, 'last', 'hang'),
		isReached: (company, _question, asked) => hasEnded(company, asked) && company.stage.heldUpCalls() > 1,
		asked: 1,
		words: 34,
	},
	{
		name: 'the model was asked and has not answered',
		halt: ({ ollama }) => ollama.fail({ kind: 'stall-before-headers' }),
		isReached: (company, _question, asked) => modelRequests(company).length > asked,
		asked: 2,
	},
	{
		name: 'half of the text is shown',
		halt: ({ ollama }) => ollama.fail({ kind: 'stall-between-tokens', afterTokens: 60 }),
		isReached: ({ stage }, asked) => stage.answers(asked).some(({ text }) => text !== ''),
		asked: 2,
	},
	{
		name: 'a tool was called, and the model reads what it gave',
		// The model calls before it answers this one; `answerOf` makes the next request stand still.
		halt: () => {},
		isReached: (company, _question, asked) => modelRequests(company).length > asked + 1,
		asked: 4,
		callsTool: true,
	},
	{
		name: 'waiting for the model, which the asker was told',
		halt: () => {},
		isReached: ({ stage }, asked) => stage.answers(asked).length > 0 || (stage.name === 'slack' && stage.isBusy(asked)),
		asked: 1,
	},
	{
		name: 'accepted, before any sign',
		// Elsewhere a message may tell by itself who wrote it.
		kind: 'direct',
		halt: ({ stage }) => stage.holdProfiles(),
		isReached: ({ stage }) => stage.heldUpCalls() > 2,
		asked: 1,
	},
];

/** Places at the model, which all stand still by then. */
const slots = '3';

/** Each question has an answer of its own, so that a mix-up would show. */
function answerOf({ ollama }: Company, texts: readonly string[]): Answer {
	let hasStalled = false;
	return ({ messages = [] }) => {
		const asked = messages.findLast(({ role }) => role === 'user')?.content ?? '';
		const index = Number(/number (\d+)/.exec(asked)?.[1]);
		if (!halts[index]?.callsTool || messages.at(-1)?.role === 'tool') return texts[index] ?? '';
		if (!hasStalled) ollama.fail({ kind: 'stall-before-headers' });
		hasStalled = true;
		return { tokens: [], toolCalls: [{ function: { name: 'current_time', arguments: { place: 'Lima' } } }] };
	};
}

/** A database of each kind is killed with the program somewhere: what is promised of answers does not depend on the platform. */
export function describeCrash(openStage: OpenStage, roads: readonly RoomKind[], database: 'embedded' | 'server'): void {
	describe.each(roads)('a crash while answers are written in a %s, then a start on the same data', (kind) => {
		let company: Company;
		const asked: Question[] = [];
		const texts = halts.map(({ words }, index) => answerText(words ?? 60, `-${index}-`));
		beforeAll(async () => {
			const environment = { OLLAMA_SLOTS: slots, ...deadAreMissed };
			company = await openCompany(openStage, { database, environment, ollama: { tokensPerSecond: 100 } });
			company.ollama.answer(answerOf(company, texts));
			for (const [index, halt] of halts.entries()) asked.push(await comeTo(halt, index));
			await restart(company);
		});
		afterAll(async () => await company.close());

		async function comeTo(halt: Halt, index: number): Promise<Question> {
			const requests = modelRequests(company).length;
			halt.halt(company, kind);
			const { stage } = company;
			const one = await stage.ask({ room: stage.openRoom(halt.kind ?? kind), text: question(`number ${index}`) });
			await eventually(() => halt.isReached(company, one, requests)).catch((cause) => {
				throw new Error(`never came to this point: ${halt.name}`, { cause });
			});
			return one;
		}

		it.each(halts.map(({ name }, index) => ({ name, index })))('$name: the answer comes once and whole', async ({ index }) => {
			await expectOneAnswer(company, asked[index] as Question, texts[index] ?? '');
		});

		it('asks the model again only for what had not been said to its end', () => {
			expect(modelRequests(company)).toHaveLength(halts.reduce((sum, halt) => sum + halt.asked, 0));
		});

		it('keeps its good manners', () => expectGoodManners(company));
	});
}
