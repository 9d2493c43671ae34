import { describe, expect, it } from 'vitest';
import type { WrittenAnswer } from '#src/conversation/answer.ts';
import { BotError } from '#src/errors.ts';
import { english } from '#src/locales/english.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { type ModelStep, says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { beginAnswer } from './answer-fixture.ts';

const usage = { promptTokens: 10, outputTokens: 5, loadMs: null, generateMs: 1_000 };
const broken = new BotError('MODEL_UNAVAILABLE', 'the stream broke', { retryable: true });
const stoppedByPerson = new BotError('CANCELLED', 'stopped', { reason: 'stopped-by-person' });
const handover = new BotError('CANCELLED', 'handed over', { reason: 'handover' });

describe('an answer', () => {
	it('goes into the reply as it comes, and is whole', async () => {
		const { written, appended } = await write(says('Hello ', 'there', '.'));
		expect(appended).toEqual(['Hello ', 'there', '.']);
		expect(written).toMatchObject({ ending: 'answered', text: 'Hello there.', error: null });
	});

	it('says which model gave it and how long it was', async () => {
		const { written } = await write(says('Hello'));
		expect(written.facts).toMatchObject({ model: 'fake-model', host: 'http://model:11434', promptTokens: 10, outputTokens: 5 });
		expect(written.facts.errorCode).toBeUndefined();
	});

	it.each<[string, ModelStep[], Partial<WrittenAnswer>]>([
		[
			'is cut at the longest length',
			[...saysWithoutEnd('Long'), { type: 'end', reason: 'length', usage }],
			{ ending: 'cut', text: 'Long' },
		],
		[
			'is interrupted when the model breaks off',
			[...saysWithoutEnd('Half'), broken],
			{ ending: 'interrupted', text: 'Half', error: broken },
		],
		['is interrupted when the stream ends without an end', saysWithoutEnd('Half'), { ending: 'interrupted', text: 'Half', error: null }],
		['fails without a model', [broken], { ending: 'failed', text: english.failure.modelUnavailable, error: broken }],
		['fails when the queue is full', [new BotError('RATE_LIMITED', '')], { ending: 'failed', text: english.failure.queueFull }],
		['fails without a text', says(), { ending: 'failed', text: english.failure.emptyAnswer }],
		['fails with nothing but blanks', says(' ', '\n\n'), { ending: 'failed', text: english.failure.emptyAnswer }],
		[
			'fails when the model breaks off after blanks',
			[...saysWithoutEnd('\n'), broken],
			{ ending: 'failed', text: english.failure.modelUnavailable },
		],
	])('%s', async (_name, steps, expected) => {
		const { written } = await write(steps);
		expect(written).toMatchObject(expected);
	});

	it.each([
		['failed', [broken]],
		['interrupted', [...saysWithoutEnd('Half'), broken]],
	])('keeps the code of the error that made it %s', async (_name, steps) => {
		expect((await write(steps)).written.facts.errorCode).toBe('MODEL_UNAVAILABLE');
	});

	it('does not show what the model sent of control characters, and joins characters cut in two', async () => {
		const { written, appended } = await write(says('a\u0007b\u202E', 'x\r', '\ny \ud83d', '\ude00'));
		expect(written.text).toBe('abx\ny 😀');
		expect(appended.join('')).toBe(written.text);
	});

	it('forgets what the model takes back', async () => {
		const steps: ModelStep[] = [...saysWithoutEnd('Secret \ud83d'), { type: 'text-retracted' }, ...says('\n\nYes', '.').slice(1)];
		const { written, appended } = await write(steps);
		expect(written).toMatchObject({ ending: 'answered', text: 'Yes.' });
		expect(appended).toEqual(['Yes', '.']);
	});

	it('says so when nothing is left of it', async () => {
		const steps: ModelStep[] = [...saysWithoutEnd('Secret'), { type: 'text-retracted' }, ...says().slice(1)];
		expect((await write(steps)).written).toMatchObject({ ending: 'failed', text: english.failure.emptyAnswer });
	});

	it('ends with what was held back when the model breaks off', async () => {
		const { written, appended } = await write([...saysWithoutEnd('line\r'), broken]);
		expect(written.text).toBe('line\n');
		expect(appended.join('')).toBe('line\n');
	});

	it('notes the time of the first and of the last token', async () => {
		const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
		const [start, text, end] = gates;
		const steps: ModelStep[] = [
			start.promise,
			...saysWithoutEnd('\u0007'),
			text.promise,
			...says('A', 'B').slice(1, -1),
			end.promise,
			...says().slice(1),
		];
		const { done, clock } = begin(steps);
		for (const gate of gates) {
			await clock.advance(2_000);
			gate.resolve();
		}
		const { facts } = await done;
		expect(facts.firstTokenAt).toEqual(new Date(5_000));
		expect(facts.lastTokenAt).toEqual(new Date(7_000));
	});
});

describe('the sign of activity', () => {
	it('tells the position in the queue and the estimate', async () => {
		const queued: ModelStep[] = [
			{ type: 'queued', position: 3, estimateMs: null },
			{ type: 'queued', position: 2, estimateMs: 4_100 },
		];
		const { signs } = await write([...queued, ...says('Hello')]);
		expect(signs).toEqual([english.activity.queued(3, null), english.activity.queued(2, 5), english.activity.thinking, 'rest', 'end']);
	});
	it('tells the place in the queue in a message where the sign of activity has no words', async () => {
		const { done, signs } = begin([{ type: 'queued', position: 3, estimateMs: null }, ...says('Hello')], { signShowsText: false });
		await done;
		expect(signs).toEqual([`message: ${english.notice.queued(3, null)}`, `message: ${english.notice.working}`, 'rest', 'end']);
	});

	it('says who made the queue stand still', async () => {
		const paused: ModelStep = { type: 'queued', position: 3, estimateMs: null, paused: true };
		const { signs } = await write([paused, ...says('Hello')]);
		expect(signs[0]).toBe(english.queue.pausedSign(3));
		const inMessage = begin([paused, ...says('Hello')], { signShowsText: false });
		await inMessage.done;
		expect(inMessage.signs[0]).toBe(`message: ${english.queue.pausedNotice(3)}`);
	});

	it.each([
		['loading', 'loading', 'loading'],
		['away', 'away', 'away'],
		['unknown', 'silent', 'paused'],
	] as const)('says what is known of a silence (%s), and no more than while it lasts', async (cause, before, within) => {
		const silent: ModelStep = { type: 'silent', cause, forMs: 45_000 };
		const steps: ModelStep[] = [silent, { type: 'working' }, ...saysWithoutEnd('A', 'B'), silent, ...says('C').slice(1)];
		const { activity, notice } = english;
		expect((await write(steps)).signs).toEqual([activity[before](45), activity.thinking, 'rest', activity[within](45), 'hide', 'end']);
		const inMessage = begin(steps, { signShowsText: false });
		await inMessage.done;
		const told = [`message: ${notice[before](45)}`, `message: ${notice.working}`, 'rest', `remark: ${notice[within](45)}`, 'remark: '];
		expect(inMessage.signs).toEqual([...told, 'end']);
	});

	it('of a silence goes when the model is at it again, though nothing is to be seen of that', async () => {
		const steps: ModelStep[] = [...saysWithoutEnd('A'), { type: 'silent', cause: 'unknown', forMs: 15_000 }, { type: 'working' }];
		expect((await write(steps)).signs).toEqual(['rest', english.activity.paused(15), 'hide', 'end']);
	});

	it('of a silence goes with the end of the answer', async () => {
		const steps: ModelStep[] = [...saysWithoutEnd('A'), { type: 'silent', cause: 'unknown', forMs: 15_000 }, broken];
		expect((await write(steps)).signs).toEqual(['rest', english.activity.paused(15), 'clear']);
	});

	it('ends with the first text and not with the beginning of work', async () => {
		const gate = Promise.withResolvers<void>();
		const { done, signs } = begin([...saysWithoutEnd(), gate.promise, ...says('A').slice(1)]);
		await createManualClock().advance(0);
		expect(signs).toEqual([]);
		gate.resolve();
		await done;
		expect(signs).toEqual(['rest', 'end']);
	});

	it.each([
		['fails', [broken]],
		['is empty', says()],
	])('ends when the answer %s', async (_name, steps) => {
		expect((await write(steps)).signs).toEqual(['end']);
	});
});

describe('stopping an answer', () => {
	it.each([
		['after some text', saysWithoutEnd('Half an'), 'Half an'],
		['before any text', [], ''],
	])('by its reader %s keeps the text and is no failure', async (_name, steps, text) => {
		const { done, abort } = await stopped(steps, stoppedByPerson);
		expect(await done).toMatchObject({ ending: 'stopped', text, error: null });
		expect(abort.signal.aborted).toBe(true);
	});

	it.each([
		['after some text', saysWithoutEnd('Half an')],
		['before any text', []],
	])('because the process goes away %s hands it over', async (_name, steps) => {
		const { done, signs } = await stopped(steps, handover);
		await expect(done).rejects.toMatchObject({ code: 'CANCELLED', reason: 'handover' });
		expect(signs.at(-1)).toBe('end');
	});

	it('also works when the stop comes from the platform', async () => {
		const steps = [...saysWithoutEnd('Half'), new BotError('PLATFORM_REJECTED', 'stopped', { reason: 'stopped-by-person' })];
		expect((await write(steps)).written).toMatchObject({ ending: 'stopped', text: 'Half' });
	});

	async function stopped(steps: ModelStep[], reason: BotError) {
		const begun = begin([...steps, new Promise(() => {})]);
		begun.done.catch(() => {});
		await createManualClock().advance(0);
		begun.abort.abort(reason);
		return begun;
	}
});

function begin(steps: ModelStep[], { signShowsText = true } = {}) {
	const world = beginAnswer(steps);
	return { ...world, done: world.begin({ signShowsText }) };
}

async function write(steps: ModelStep[]) {
	const begun = begin(steps);
	return { ...begun, written: await begun.done };
}
