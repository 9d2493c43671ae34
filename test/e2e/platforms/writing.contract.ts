/** What people are promised while an answer is written, on every platform. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { queryDatabase, requestsFor } from '../observe.ts';
import { answerText, question, settled } from '../promises.ts';
import { begun, type Company, expectGoodManners, expectGrowing, expectOneAnswer, type OpenStage, openCompany, whole } from './company.ts';
import type { Answer } from './stage.ts';

/** On the slowest machine that has to run the tests; the benchmarks measure it where nothing else runs (docs/benchmarks.md). */
const promptMs = 3_000;

export function describeWriting(openStage: OpenStage): void {
	let company: Company;
	beforeAll(async () => {
		company = await openCompany(openStage, { ollama: { tokensPerSecond: 120 } });
	});
	beforeEach(() => company.ollama.answer(answerText(8)));
	afterEach(() => expectGoodManners(company));
	afterAll(async () => await company.close());

	describe.each(['direct', 'channel'] as const)('while an answer is written in a %s', (kind) => {
		it('it grows in order to what the model said, and is whole soon after its last word', async () => {
			const { stage, ollama } = company;
			const text = answerText(150);
			ollama.answer(text);
			const asked = await stage.ask({ room: stage.openRoom(kind), text: question('how does it go') });
			const answer = await expectOneAnswer(company, asked, text);
			expectGrowing(answer);
			expect(answer.history.length).toBeGreaterThan(2);
			const { record } = requestsFor(company, asked.text).at(-1) ?? {};
			expect((answer.history.at(-1)?.atMs ?? Number.POSITIVE_INFINITY) - (record?.endedAtMs ?? 0)).toBeLessThan(promptMs);
		});

		it('its asker stops it, and the model is stopped at once', async () => {
			const { stage, ollama } = company;
			ollama.answer(answerText(3_000));
			const text = question(`stop me in a ${kind}`);
			const asked = await stage.ask({ room: stage.openRoom(kind), text });
			await begun(company, asked);
			const pressedAtMs = Date.now();
			await stage.stop(asked, asked.user);
			const hungUpAtMs = await eventually(() => requestsFor(company, text).at(-1)?.record.hungUpAtMs);
			expect(hungUpAtMs - pressedAtMs).toBeLessThan(stage.stopsWithinMs(kind));
			const answers = await whole(company, asked);
			expect(answers).toHaveLength(1);
			expect(answers[0]?.text).toMatch(stage.tellsOfStop(kind) ? /^quokka0 .*Stopped\.$/s : /^quokka0 /);
			expect(await company.program.metric('openccb_replies_total', 'outcome="stopped"')).toBeGreaterThan(0);
		});

		it('its question is deleted: the model is stopped, the answer is taken away, and both are forgotten', async () => {
			const { stage, ollama } = company;
			const room = stage.openRoom(kind);
			const first = await stage.ask({ room, text: question('begin') });
			await whole(company, first);
			ollama.answer(answerText(2_000));
			const secret = await stage.ask({ room, text: question(`the password in a ${kind} is swordfish`), after: first });
			await begun(company, secret);
			await stage.remove(secret);
			await eventually(() => requestsFor(company, 'swordfish').every(({ record }) => record.hungUpAtMs !== null));
			await eventually(() => stage.answers(secret).length === 0);
			await settled(company.program);
			expect(stage.answers(secret)).toEqual([]);
			expect(stage.isBusy(secret)).toBe(false);
			const kept = 'select a.content from messages a join messages q on q.id = a.in_reply_to where q.platform_message_id = $1';
			expect(await queryDatabase(company, kept, [secret.messageId])).toEqual([{ content: '' }]);
			ollama.answer(answerText(8));
			const last = await stage.ask({ room, text: question(`what did I say in a ${kind}`), after: first });
			await whole(company, last);
			expect(requestsFor(company, `what did I say in a ${kind}`).map(({ text }) => text)).toEqual([
				expect.not.stringContaining('swordfish'),
			]);
		});

		it('its question is edited: what is remembered is the new one', async () => {
			const { stage, ollama } = company;
			const room = stage.openRoom(kind);
			ollama.answer(answerText(60));
			const first = await stage.ask({ room, text: question('my number is 3333') });
			await begun(company, first);
			await stage.edit(first, question('my number is 4444'));
			await whole(company, first);
			await eventually(() => stage.hasDelivered());
			await settled(company.program);
			const last = await stage.ask({ room, text: question(`which number in a ${kind}`), after: first });
			await whole(company, last);
			const [request] = requestsFor(company, `which number in a ${kind}`);
			expect(request?.text).toContain('4444');
			expect(request?.text).not.toContain('3333');
		});
	});

	it('nobody but its asker stops an answer or asks for it again', async () => {
		const { stage, ollama } = company;
		const room = stage.openRoom('channel');
		const colleague = stage.colleagueIn(room);
		const refused = async (answer: Answer, name: 'stop' | 'retry') => {
			const reaction = await stage.press(answer, name, colleague);
			expect(await eventually(() => reaction.told().at(-1))).toBe(english.refusal.notYours);
		};
		ollama.answer(answerText(150));
		ollama.fail({ kind: 'reset', afterTokens: 100 });
		const text = question('mine alone');
		const asked = await stage.ask({ room, text });
		const answer = await begun(company, asked);
		// Where the platform has a Stop of its own, it decides who may use it.
		if (answer.buttons.includes('stop')) await refused(answer, 'stop');
		const [broken] = await whole(company, asked);
		expect(broken?.text).toContain(english.notice.interrupted);
		if (broken !== undefined) await refused(broken, 'retry');
		expect(requestsFor(company, text)).toHaveLength(1);
	});
}
