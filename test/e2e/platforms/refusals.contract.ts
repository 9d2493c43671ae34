/** What people are promised when the platform lets the bot say nothing, or no more, on every platform. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { modelRequests, queryDatabase, requestsFor } from '../observe.ts';
import { answerText, question, settled } from '../promises.ts';
import { begun, type Company, deadAreMissed, expectGoodManners, expectOneAnswer, type OpenStage, openCompany, whole } from './company.ts';
import type { Question } from './stage.ts';

/** As often as an answer is tried at least while the platform is away: more than it takes to lose patience. */
const unavailableCalls = 8;

/** `blocks` says when people can block the bot so that it notices: before an answer begins, or in the middle of it. */
export function describeRefusals(openStage: OpenStage, blocks: readonly ('before' | 'within')[]): void {
	let company: Company;
	beforeAll(async () => {
		company = await openCompany(openStage, { ollama: { tokensPerSecond: 100 } });
	});
	afterEach(() => expectGoodManners(company));
	afterAll(async () => await company.close());

	const undelivered = async (reason: string) => await company.program.metric('openccb_replies_undelivered_total', `reason="${reason}"`);

	it('a channel takes no posts: its asker is told alone, no model writes for nobody, and soon none is asked', async () => {
		const { stage, ollama } = company;
		ollama.answer(answerText(2_000));
		const room = stage.openRoom('channel');
		stage.forbidPosts(room);
		const before = modelRequests(company).length;
		for (const count of [1, 2]) {
			const asked = await stage.ask({ room, text: question(`may you post, ${count}`) });
			await eventually(() => stage.privateWords(room, asked.user).length === count);
			await settled(company.program);
			expect(stage.privateWords(room, asked.user).at(-1)).toBe(english.undelivered.mayNotPost);
			expect(stage.answers(asked)).toEqual([]);
			expect(stage.isBusy(asked)).toBe(false);
		}
		const asked = modelRequests(company).slice(before);
		expect(asked.length).toBeLessThanOrEqual(1);
		for (const { record } of asked) expect(record.hungUpAtMs).not.toBeNull();
		expect(await undelivered('may-not-post')).toBeGreaterThanOrEqual(2);
	});

	it('it loses the channel in the middle of an answer: it tries no more, its asker is told alone, and history knows', async () => {
		const { stage, ollama } = company;
		ollama.answer(answerText(2_000));
		const room = stage.openRoom('channel');
		const asked = await stage.ask({ room, text: question('how long may you') });
		await begun(company, asked);
		stage.takeAccess(room);
		await eventually(() => requestsFor(company, asked.text).every(({ record }) => record.hungUpAtMs !== null));
		await settled(company.program);
		const calls = stage.countCalls();
		expect(stage.privateWords(room, asked.user).at(-1)).toContain(english.undelivered.mayNotPost);
		const [kept] = await answersTo(asked);
		expect(kept).toMatchObject({ status: 'interrupted', ending: 'curtailed', content: expect.stringMatching(/^quokka0 /) });
		await settled(company.program);
		expect(stage.countCalls()).toBe(calls);
	});

	it('its message is deleted by whoever runs the channel: the answer goes on in another one, and who deletes that one too does not want it', async () => {
		const { stage, ollama } = company;
		ollama.answer(answerText(2_000));
		const asked = await stage.ask({ room: stage.openRoom('channel'), text: question('do they want it') });
		const first = await begun(company, asked);
		await stage.takeAway(first);
		const second = await begun(company, asked);
		expect(second.messageId).not.toBe(first.messageId);
		expect(second.text).toMatch(/^quokka0 /);
		expect(requestsFor(company, asked.text).map(({ record }) => record.hungUpAtMs)).toEqual([null]);
		await stage.takeAway(second);
		await eventually(() => requestsFor(company, asked.text).every(({ record }) => record.hungUpAtMs !== null));
		await settled(company.program);
		expect(stage.answers(asked)).toEqual([]);
		expect(await answersTo(asked)).toMatchObject([{ ending: 'undelivered' }]);
		expect(await undelivered('message-gone')).toBe(1);
	});

	it.each(blocks)('somebody blocks it %s an answer: it tries no more, and no model writes for nobody', async (when) => {
		const { stage, ollama } = company;
		ollama.answer(answerText(2_000));
		const room = stage.openRoom('direct');
		const before = await undelivered('may-not-post');
		if (when === 'before') stage.block(room);
		const asked = await stage.ask({ room, text: question(`may you write to me ${when} it`) });
		if (when === 'within') {
			await begun(company, asked);
			stage.block(room);
		}
		await eventually(async () => (await undelivered('may-not-post')) === before + 1);
		await settled(company.program);
		for (const { record } of requestsFor(company, asked.text)) expect(record.hungUpAtMs).not.toBeNull();
		expect(await answersTo(asked)).toMatchObject([{ ending: when === 'before' ? 'undelivered' : 'curtailed' }]);
		const calls = stage.countCalls();
		await settled(company.program);
		expect(stage.countCalls()).toBe(calls);
	});

	describe.each(['direct', 'channel'] as const)('in a %s', (kind) => {
		it('its question is deleted before the first word: nothing is said', async () => {
			const { stage, ollama } = company;
			ollama.fail({ kind: 'stall-before-headers' });
			const asked = await stage.ask({ room: stage.openRoom(kind), text: question(`never mind in a ${kind}`) });
			await eventually(() => requestsFor(company, asked.text).length > 0);
			await stage.remove(asked);
			await eventually(() => requestsFor(company, asked.text).every(({ record }) => record.hungUpAtMs !== null));
			await settled(company.program);
			expect(stage.answers(asked)).toEqual([]);
			expect(stage.isBusy(asked) && stage.name === 'slack').toBe(false);
			expect(await answersTo(asked)).toMatchObject([{ status: 'deleted', content: '' }]);
		});

		it('the platform is away from the question on: the answer comes when it is back, once', async () => {
			const { stage, ollama } = company;
			const text = answerText(20);
			ollama.answer(text);
			const room = stage.openRoom(kind);
			const first = await stage.ask({ room, text: question('are you there') });
			await whole(company, first);
			stage.setUnavailable(true);
			const before = stage.unavailableCalls();
			const asked = await stage.ask({ room, text: question(`and now in a ${kind}`), after: first });
			await eventually(() => stage.unavailableCalls() - before >= unavailableCalls, 30_000);
			expect(stage.answers(asked)).toEqual([]);
			stage.setUnavailable(false);
			await expectOneAnswer(company, asked, text, 30_000);
		}, 60_000);
	});

	async function answersTo({ messageId }: Question): Promise<{ status: string; content: string; ending: string }[]> {
		const sql = `select a.status, a.content, a.finish_reason as ending from messages a
			join messages q on q.id = a.in_reply_to where q.platform_message_id = $1`;
		return await queryDatabase(company, sql, [messageId]);
	}
}

/** A question that is deleted while no process runs. */
export function describeLateDeletion(openStage: OpenStage, database: 'embedded' | 'server'): void {
	it('a question is deleted while its answer stands half and no process runs: the next one takes the answer away', async () => {
		// What is not taken is delivered again for as long as a start takes.
		const stageOptions = { retryDelaysMs: Array.from({ length: 60 }, () => 1_000) };
		const ollamaOptions = { tokensPerSecond: 100 };
		await using company = await openCompany(openStage, {
			stage: stageOptions,
			database,
			environment: deadAreMissed,
			ollama: ollamaOptions,
		});
		const { stage, ollama } = company;
		ollama.answer(answerText(60));
		const room = stage.openRoom('channel');
		const first = await stage.ask({ room, text: question('begin') });
		await whole(company, first);
		ollama.fail({ kind: 'stall-between-tokens', afterTokens: 60 });
		const asked = await stage.ask({ room, text: question('half of it'), after: first });
		await begun(company, asked);
		await company.program.kill();
		await stage.remove(asked);
		await company.start();
		await eventually(() => stage.answers(asked).length === 0, 60_000);
		await settled(company.program, 60_000);
		expect(stage.answers(asked)).toEqual([]);
		expectGoodManners(company);
	}, 120_000);
}
