import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createRunningTurns, type RunningTurns, type StopRequest } from '#src/conversation/running-turns.ts';
import { silentLogger } from '#src/log.ts';
import type { Place } from '#src/platform/place.ts';
import { createListeners } from '#src/redis/listeners.ts';

const place: Place = { platform: 'slack', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
const elsewhere: Record<string, Place> = {
	platform: { ...place, platform: 'teams' },
	tenant: { ...place, tenantId: 'other' },
	channel: { ...place, channelId: 'other' },
	thread: { ...place, threadId: 'other' },
};

describe('stopping running turns', () => {
	const byAnswer: StopRequest = { userId: 'ana', answerId: 'a1' };
	it.each<[string, StopRequest, boolean]>([
		['by its answer', byAnswer, true],
		['by another answer', { ...byAnswer, answerId: 'a2' }, false],
		['by its answer, but of another person', { ...byAnswer, userId: 'luis' }, false],
		['by its thread', { userId: 'ana', place }, true],
		['by its thread, whatever kind of place it is said to be', { userId: 'ana', place: { ...place, kind: 'direct' } }, true],
		['by its channel, where the platform names no thread', { userId: 'ana', place: { ...place, threadId: '' } }, true],
		['by its thread, whosever it is', { userId: null, place }, true],
		['by another thread, whosever it is', { userId: null, place: { ...place, threadId: 'other' } }, false],
		['by its place, but of another person', { userId: 'luis', place }, false],
		['by the message it answers', { userId: 'ana', place, questionMessageId: 'q1' }, true],
		['by another message of the thread', { userId: 'ana', place, questionMessageId: 'q2' }, false],
		...Object.entries(elsewhere).map(([name, other]): [string, StopRequest, boolean] => [
			`by another ${name}`,
			{ userId: 'ana', place: other },
			false,
		]),
		[
			'by the message it answers in another channel',
			{ userId: 'ana', place: { ...place, channelId: 'x' }, questionMessageId: 'q1' },
			false,
		],
	])('%s: %j → %j', async (_name, request, isStopped) => {
		const { running, stopped } = openProcess('one');
		run(running, stopped);
		expect(await running.stop(request)).toBe(isStopped ? 1 : 0);
		expect(stopped).toEqual(isStopped ? ['a1'] : []);
	});

	it('stops every turn of the person in the channel and none of others', async () => {
		const { running, stopped } = openProcess('one');
		run(running, stopped, { answerId: 'a1' });
		run(running, stopped, { answerId: 'a2', place: { ...place, threadId: '2' } });
		run(running, stopped, { answerId: 'b1', userId: 'luis' });
		expect(await running.stop({ userId: 'ana', place: { ...place, threadId: '' } })).toBe(2);
		expect(stopped).toEqual(['a1', 'a2']);
	});

	it('leaves turns alone that are over', async () => {
		const { running, stopped } = openProcess('one');
		const end = run(running, stopped);
		end();
		expect(await running.stop({ userId: 'ana', answerId: 'a1' })).toBe(0);
		expect(stopped).toEqual([]);
	});

	it('counts what runs, of everybody and of one', () => {
		const { running, stopped } = openProcess('one');
		run(running, stopped, { answerId: 'a1' });
		const end = run(running, stopped, { answerId: 'b1', userId: 'luis' });
		expect([running.count(), running.count('ana'), running.count('eve')]).toEqual([2, 1, 0]);
		end();
		expect([running.count(), running.count('luis')]).toEqual([1, 0]);
	});

	it('reaches the other processes, and this one only once', async () => {
		const subscriptions = createListeners();
		const [one, two] = [openProcess('one', subscriptions), openProcess('two', subscriptions)];
		await Promise.all([one.running.listen(), two.running.listen()]);
		run(one.running, one.stopped, { answerId: 'a1' });
		run(two.running, two.stopped, { answerId: 'a2' });
		run(two.running, two.stopped, { answerId: 'b1', userId: 'luis' });
		expect(await one.running.stop({ userId: 'ana', place })).toBe(1);
		await new Promise((resolve) => setImmediate(resolve));
		expect(one.stopped).toEqual(['a1']);
		expect(two.stopped).toEqual(['a2']);
	});

	it.each([
		'',
		'7',
		'null',
		'{',
		'[]',
		'{"request":null}',
		'{"request":{}}',
		'{"request":{"userId":"ana","place":null}}',
		'{"request":{"userId":null}}',
	])('is not moved by a message of another kind, nor logs it: %j', async (text) => {
		const warnings: object[] = [];
		const subscriptions = createListeners({ ...silentLogger, warn: (fields) => void warnings.push(fields) });
		const { running, stopped } = openProcess('one', subscriptions);
		await running.listen();
		run(running, stopped);
		subscriptions.deliver('stop-turns', text);
		await new Promise((resolve) => setImmediate(resolve));
		expect([stopped, warnings]).toEqual([[], []]);
	});
});

function openProcess(processId: string, subscriptions = createListeners()) {
	const running = createRunningTurns(createMemoryCache({ subscriptions }), processId);
	const stopped: string[] = [];
	return { running, stopped };
}

function run(running: RunningTurns, stopped: string[], given: { answerId?: string; userId?: string; place?: Place } = {}): () => void {
	const turn = { answerId: 'a1', userId: 'ana', place, questionMessageId: 'q1', ...given };
	return running.add({ ...turn, stop: () => stopped.push(turn.answerId) });
}
