import { beforeEach, expect, it } from 'vitest';
import { livePace } from '#src/api/contract/live-pace.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { ApiProblem } from '../../../../adapters/web/page/state/api-client.ts';
import { createLiveLine, type HeardEvent, type LineState, type PageLine } from '../../../../adapters/web/page/state/live-line.ts';
import { FakeApi } from './fake-api.ts';

let clock: ManualClock;
let api: FakeApi;
let line: PageLine;
let states: LineState[];
let heard: HeardEvent[];
let refused: number;

beforeEach(() => {
	clock = createManualClock();
	api = new FakeApi();
	states = [];
	heard = [];
	refused = 0;
	line = createLiveLine({
		open: (signal) => api.openLive({ held: [] }, signal),
		heard: (event) => void heard.push(event),
		refused: () => void refused++,
		changed: (state) => void states.push(state),
		clock,
		random: () => 1,
	});
	line.connect();
});

async function greet(): Promise<void> {
	await clock.advance(0);
	api.stream.say('hello', { heartbeatMs: livePace.heartbeatMs, version: '1' });
	await clock.advance(0);
}

it('comes back by itself after the line was cut, later each time until it is greeted', async () => {
	await greet();
	expect(states).toEqual(['connecting', 'open']);
	api.stream.cut();
	await clock.advance(0);
	expect(states.at(-1)).toBe('lost');
	api.problem = new ApiProblem('away');
	await clock.advance(500);
	expect(api.live).toHaveLength(2);
	await clock.advance(999);
	expect(api.live).toHaveLength(2);
	api.problem = null;
	await clock.advance(1);
	expect(api.live).toHaveLength(3);
	await greet();
	expect(states.at(-1)).toBe('open');
	api.stream.cut();
	await clock.advance(500);
	expect(api.live).toHaveLength(4);
});

it('never waits longer than its longest pause', async () => {
	api.problem = new ApiProblem('away');
	await clock.advance(120_000);
	const before = api.live.length;
	await clock.advance(livePace.retryMs.most);
	expect(api.live.length).toBe(before + 1);
});

it('takes a line on which nothing comes for a lost one, and a heartbeat for a sign of life', async () => {
	await greet();
	await clock.advance(livePace.silenceMs - 1);
	api.stream.write(': still here\n\n');
	await clock.advance(livePace.silenceMs - 1);
	expect(states.at(-1)).toBe('open');
	await clock.advance(1);
	expect(states.at(-1)).toBe('lost');
	await clock.advance(500);
	expect(api.live).toHaveLength(2);
});

it('comes back when the program said that it would be there again, without alarm', async () => {
	await greet();
	api.stream.say('bye', { retryMs: 3_000 });
	await clock.advance(2_999);
	expect(api.live).toHaveLength(1);
	await clock.advance(1);
	expect(api.live).toHaveLength(2);
	expect(states).not.toContain('lost');
});

it('says that it is lost while the store is away, and asks when the program wants to be asked', async () => {
	await greet();
	api.stream.cut();
	api.problem = new ApiProblem('away', { retryAfterMs: 2_000 });
	await clock.advance(500);
	expect(states.at(-1)).toBe('lost');
	await clock.advance(1_999);
	expect(api.live).toHaveLength(2);
	await clock.advance(1);
	expect(api.live).toHaveLength(3);
});

it('does not come back once nobody is signed in', async () => {
	await greet();
	api.stream.say('signed-out', {});
	await clock.advance(60_000);
	expect(states.at(-1)).toBe('signed-out');
	expect(api.live).toHaveLength(1);
});

it('leaves one stream for another, and hears nothing more of the first', async () => {
	await greet();
	const first = api.stream;
	line.connect();
	await greet();
	expect(first.signal.aborted).toBe(true);
	expect(() => first.say('activity', { text: 'late' }), 'nobody reads it').toThrow();
	expect(heard.map(({ name }) => name)).toEqual(['hello', 'hello']);
	expect(states).not.toContain('lost');
});

it('is tried at once when somebody looks again, if it waits or has been silent', async () => {
	await greet();
	line.wake();
	expect(api.live).toHaveLength(1);
	await clock.advance(livePace.heartbeatMs * 1.5);
	line.wake();
	expect(api.live).toHaveLength(2);
	line.rest();
	await clock.advance(60_000);
	expect(api.live).toHaveLength(2);
	line.wake();
	expect(api.live).toHaveLength(3);
});

it('says what it was refused, and asks again', async () => {
	api.problem = new ApiProblem('refused', { code: 'NOT_FOUND' });
	line.connect();
	await clock.advance(500);
	expect(refused).toBeGreaterThan(0);
});
