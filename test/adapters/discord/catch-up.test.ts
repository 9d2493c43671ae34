/** How far everything is stored, and what is read when something may be missing. */

import { beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { type CatchUp, createCatchUp } from '../../../adapters/discord/catch-up.ts';
import type { DiscordRequest } from '../../../adapters/discord/client.ts';
import { idAt, type Json, timeOf } from '../../../adapters/discord/json.ts';
import { createMemoryState, type MemoryState } from './memory-state.ts';

const startMs = Date.parse('2026-11-23T10:00:00Z');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const channel = '200000000000000001';
const guildId = '300000000000000001';
const signal = new AbortController().signal;

describe('catching up', () => {
	let clock: ManualClock;
	let state: MemoryState;
	let catchUp: CatchUp;
	let messages: Json[];
	let taken: Json[];
	let asked: DiscordRequest[];
	let failure: BotError | null;
	let waitingMs: number | null;
	let takes: (message: Json) => Promise<void>;

	beforeEach(() => {
		clock = createManualClock(startMs);
		state = createMemoryState(clock.now);
		[messages, taken, asked, failure, waitingMs] = [[], [], [], null, null];
		takes = async (message) => void taken.push(message);
		catchUp = createCatchUp({
			clock,
			state: state.of('one'),
			call: async (_operation, request) => {
				asked.push(request);
				if (failure !== null) throw failure;
				const after = request.query?.['after'] ?? '0';
				const found = messages.filter(
					({ id, channel_id }) => request.route.includes(String(channel_id)) && BigInt(String(id)) > BigInt(after),
				);
				return found.slice(0, 100).reverse();
			},
			guilds: {
				talkedSince: (id) =>
					messages.some((message) => BigInt(String(message['id'])) > BigInt(id)) ? [{ id: channel, guildId, isThread: false }] : [],
			},
			takeMessage: (message) => takes(message),
			oldestWaitingMs: () => waitingMs,
			onFailed: () => {},
		});
	});

	const said = (atMs: number, text = 'x', channel_id = channel): Json => ({ id: idAt(atMs), channel_id, content: text });
	const seenUntil = () => state.facts.get('seen-until');
	const connect = async () => {
		await catchUp.begin(signal);
		catchUp.session();
		catchUp.connected(true);
	};

	it('notes every few seconds that everything is stored, while connected', async () => {
		await connect();
		await clock.advance(6_000);
		expect(seenUntil()).toBe('2026-11-23T10:00:05.000Z');
		catchUp.connected(false);
		await clock.advance(hourMs);
		expect(Date.parse(seenUntil() ?? '')).toBe(startMs + 6_000);
	});

	it('notes the very first start at once, so that a process that dies young leaves no gap', async () => {
		await connect();
		await clock.advance(1);
		expect(Date.parse(seenUntil() ?? '')).toBe(startMs);
	});

	it('goes no further than the oldest event that waits', async () => {
		await connect();
		waitingMs = startMs + 1_000;
		await clock.advance(minuteMs);
		expect(Date.parse(seenUntil() ?? '')).toBe(startMs + 1_000);
		waitingMs = null;
		await clock.advance(minuteMs);
		expect(Date.parse(seenUntil() ?? '')).toBeGreaterThan(startMs + minuteMs);
	});

	it('reads nothing at the very first start', async () => {
		messages.push(said(startMs - hourMs));
		await connect();
		await clock.advance(minuteMs);
		expect(asked).toEqual([]);
	});

	it('reads from a little before what was stored, page by page, oldest first, with the guild', async () => {
		state.facts.set('seen-until', new Date(startMs - hourMs).toISOString());
		for (let count = 0; count < 250; count++) messages.push(said(startMs - hourMs - 2 * minuteMs + count, String(count)));
		messages.unshift(said(startMs - 2 * hourMs, 'stored long ago'));
		await connect();
		await clock.advance(1);
		expect(taken.map(({ content }) => content)).toEqual(Array.from({ length: 250 }, (_unused, count) => String(count)));
		expect(taken[0]).toMatchObject({ guild_id: guildId });
		expect(asked).toHaveLength(3);
	});

	it('reads the direct conversations that it knows', async () => {
		const direct = '200000000000000009';
		state.facts.set('seen-until', new Date(startMs - hourMs).toISOString());
		state.facts.set(`dm:${direct}`, '');
		messages.push(said(startMs - minuteMs, 'psst', direct));
		await connect();
		await clock.advance(1);
		expect(taken.filter(({ content }) => content === 'psst')).toEqual([said(startMs - minuteMs, 'psst', direct)]);
	});

	it('reads no further back than a day', async () => {
		state.facts.set('seen-until', new Date(startMs - 48 * hourMs).toISOString());
		messages.push(said(startMs - 30 * hourMs, 'too old'), said(startMs - hourMs, 'not yet'));
		await connect();
		await clock.advance(1);
		expect(taken.map(({ content }) => content)).toEqual(['not yet']);
	});

	it('stands still while it reads, and tries again until it has read everything', async () => {
		state.facts.set('seen-until', new Date(startMs - hourMs).toISOString());
		messages.push(said(startMs - minuteMs));
		failure = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
		await connect();
		await clock.advance(10 * minuteMs);
		expect(taken).toEqual([]);
		expect(Date.parse(seenUntil() ?? '')).toBe(startMs - hourMs);
		failure = null;
		await clock.advance(2 * minuteMs);
		expect(taken).toHaveLength(1);
		expect(Date.parse(seenUntil() ?? '')).toBeGreaterThan(startMs + 10 * minuteMs);
	});

	it('stands still until what it read is stored', async () => {
		state.facts.set('seen-until', new Date(startMs - hourMs).toISOString());
		messages.push(said(startMs - minuteMs));
		const stored = Promise.withResolvers<void>();
		takes = () => stored.promise;
		await connect();
		await clock.advance(minuteMs);
		expect(Date.parse(seenUntil() ?? '')).toBe(startMs - hourMs);
		stored.resolve();
		await clock.advance(minuteMs);
		expect(Date.parse(seenUntil() ?? '')).toBeGreaterThan(startMs);
	});

	it('waits as long as Discord says, and passes over what it may not read', async () => {
		state.facts.set('seen-until', new Date(startMs - hourMs).toISOString());
		messages.push(said(startMs - minuteMs));
		failure = new BotError('PLATFORM_RATE_LIMITED', 'limited', { retryable: true, retryAfterMs: 3_000 });
		await connect();
		await clock.advance(2_000);
		expect(asked).toHaveLength(1);
		failure = new BotError('PLATFORM_REJECTED', 'no', { reason: 'no-access' });
		await clock.advance(minuteMs);
		expect(asked).toHaveLength(2);
		expect(Date.parse(seenUntil() ?? '')).toBeGreaterThan(startMs);
	});

	it('reads again since what was given up, once nothing waits any more', async () => {
		await connect();
		await clock.advance(10 * minuteMs);
		messages.push(said(clock.now() - minuteMs));
		catchUp.missed(timeOf(idAt(clock.now() - minuteMs)));
		waitingMs = clock.now();
		await clock.advance(minuteMs);
		expect(taken).toEqual([]);
		waitingMs = null;
		await clock.advance(10_000);
		expect(taken).toHaveLength(1);
	});

	it('notes the present at its end, but not over what another process notes', async () => {
		await connect();
		await clock.advance(7_000);
		await catchUp.end(true);
		expect(Date.parse(seenUntil() ?? '')).toBe(startMs + 7_000);
		await connect();
		await clock.advance(2_000);
		await catchUp.end(false);
		expect(Date.parse(seenUntil() ?? '')).toBe(startMs + 7_000);
	});

	it('begins once the store tells how far it came', async () => {
		state.facts.set('seen-until', new Date(startMs - hourMs).toISOString());
		messages.push(said(startMs - minuteMs));
		state.away(true);
		const connected = connect();
		await clock.advance(10_000);
		expect(asked).toEqual([]);
		state.away(false);
		await clock.advance(2_000);
		await connected;
		await clock.advance(1);
		expect(taken).toHaveLength(1);
	});
});
