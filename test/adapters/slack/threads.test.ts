/** Threads that are longer than a page, by what Slack is asked. */

import { expect, it } from 'vitest';
import type { Json } from '#src/platform/untrusted-json.ts';
import type { SlackAnswer, SlackCall } from '../../../adapters/slack/client.ts';
import { createThreads } from '../../../adapters/slack/threads.ts';
import { openSlackWorld } from './slack-world.ts';

const { signal } = new AbortController();
const thread = { channelId: 'C1', threadId: toTs(0) };
const year = 365 * 24 * 3_600;

/** Seconds after the root. */
function toTs(second: number): string {
	return (1_700_000_000 + second).toFixed(6);
}

/** `conversations.replies` as Slack answers it: pages from the root on, which is on each of them. */
function slackWith(seconds: readonly number[]): { call: SlackCall; calls: Json[] } {
	const all = seconds.map((second) => ({ ts: toTs(second), reply_count: seconds.length - 1 }));
	const calls: Json[] = [];
	const call = async (_method: string, given: Json) => {
		calls.push(given);
		const {
			oldest = '0',
			latest = '9',
			limit,
			cursor = '0',
		} = given as { oldest?: string; latest?: string; limit: number; cursor?: string };
		const inRange = all.filter(({ ts }, index) => index === 0 || (ts > oldest && ts < latest));
		const end = Number(cursor) + limit;
		return { messages: inRange.slice(Number(cursor), end), response_metadata: { next_cursor: end < inRange.length ? String(end) : '' } };
	};
	return { call: call as unknown as (...given: Parameters<SlackCall>) => Promise<SlackAnswer>, calls };
}

const evenly = (count: number, from: number, to: number) =>
	Array.from({ length: count }, (_, index) => from + ((to - from) * index) / count);

it.each([
	['evenly over a year', evenly(5_000, 0, year), 3],
	['nearly all in the last hour', [0, ...evenly(4_999, year - 3_600, year)], 8],
	['nearly all in the last minute', [0, ...evenly(4_999, year - 60, year)], 9],
	['nearly all at the beginning', [...evenly(4_900, 0, 3_600), ...evenly(100, 3_600, year)], 9],
])('the newest forty of five thousand messages are read, written %s', async (_how, seconds, mostCalls) => {
	const { call, calls } = slackWith(seconds);
	const newest = await createThreads(call).newest(thread, toTs(year), 40, signal);
	expect(newest.map(({ ts }) => ts)).toEqual(seconds.slice(-40).map(toTs));
	expect(calls.length).toBeLessThanOrEqual(mostCalls);
});

it('those before a message in the middle are read, and nothing that came after it', async () => {
	const seconds = evenly(5_000, 0, year);
	const { call } = slackWith(seconds);
	const newest = await createThreads(call).newest(thread, toTs(seconds[2_500] ?? 0), 40, signal);
	expect(newest.map(({ ts }) => ts)).toEqual(seconds.slice(2_460, 2_500).map(toTs));
});

it('a thread that fits on a page takes one call', async () => {
	const { call, calls } = slackWith(evenly(150, 0, year));
	expect(await createThreads(call).newest(thread, toTs(year), 40, signal)).toHaveLength(40);
	expect(calls).toHaveLength(1);
});

it('when everything was written within one moment, few calls are made and nothing is shown with a gap', async () => {
	const { call, calls } = slackWith([0, ...Array(4_999).fill(year - 1)]);
	expect(await createThreads(call).newest(thread, toTs(year), 40, signal)).toEqual([]);
	expect(calls.length).toBeLessThanOrEqual(9);
});

it('what followed a message is read from there on', async () => {
	const seconds = evenly(5_000, 0, year);
	const { call, calls } = slackWith(seconds);
	const following = await createThreads(call).following(thread, toTs(seconds[4_700] ?? 0), signal);
	expect(following.map(({ ts }) => ts)).toEqual(seconds.slice(4_701).map(toTs));
	expect(calls).toHaveLength(2);
});

it('the newest of a long thread are read from Slack, with who wrote them', { timeout: 20_000 }, async () => {
	const { slack, platform, tom, general, close } = await openSlackWorld({ start: false });
	try {
		await platform.start(
			async () => {},
			async () => {},
		);
		const { ts } = await slack.say({ user: tom, channel: general, text: 'root' });
		for (let count = 0; count < 1_100; count++) await slack.say({ user: tom, channel: general, threadTs: ts, text: `message ${count}` });
		const { ts: last } = await slack.say({ user: tom, channel: general, threadTs: ts, text: 'last' });
		const place = { platform: 'slack', tenantId: slack.teamId, channelId: general, threadId: ts, kind: 'channel' } as const;
		await expect.poll(() => platform.health().state).toBe('up');
		const read = await platform.readThread(place, { before: last, limit: 40 }, signal);
		expect(read.map(({ text }) => text)).toEqual(Array.from({ length: 40 }, (_, index) => `message ${1_060 + index}`));
		expect(read[0]).toMatchObject({ authorName: 'tom' });
	} finally {
		await close();
	}
});
