/** Reads what was said while nobody listened: the gateway tells a new session nothing of what came before it. */

import type { Clock } from '#src/clock.ts';
import { type BotError, toBotError } from '#src/errors.ts';
import type { AdapterState } from '#src/platform/adapter-state.ts';
import { growingPauseMs, pause } from '#src/waiting.ts';
import type { DiscordCall } from './client.ts';
import type { Guilds } from './guilds.ts';
import { directPrefix } from './intake.ts';
import { asId, asObjects, compareIds, idAt, type Json } from './json.ts';

export interface CatchUp {
	/** This process holds the gateway from now on. Resolves when it is known until when everything was stored, or with the signal. */
	begin(signal: AbortSignal): Promise<void>;
	/** A new session has begun and its guilds are known: reads what came before it, in the background. */
	session(): void;
	connected(isConnected: boolean): void;
	/** An event of this time was given up: everything since is to be read again. */
	missed(happenedAtMs: number): void;
	/** Ends, and notes the present state unless another process holds the gateway already. */
	end(isStillOurs: boolean): Promise<void>;
}

export interface CatchUpDependencies {
	call: DiscordCall;
	state: AdapterState;
	clock: Clock;
	guilds: Pick<Guilds, 'talkedSince'>;
	/** Takes one message as if it had just arrived; resolves when that is done with. */
	takeMessage: (message: Json) => Promise<void>;
	oldestWaitingMs: () => number | null;
	onFailed: (error: BotError) => void;
}

/** Until when everything that was said is stored; ISO 8601. */
const seenUntilKey = 'seen-until';
const noteEveryMs = 5_000;
/**
 * A connection that died in silence is noticed at the second heartbeat of 41 s without an answer; until then we think that we hear. The rest is
 * for clocks that differ. What is read twice is stored once.
 */
const marginMs = 150_000;
/** Nobody waits for an answer to yesterday's question. */
const maxAgeMs = 24 * 3_600_000;
/** "Get Channel Messages": at most 100 a page. A channel with more than a thousand messages in that time is read no further. */
const pageSize = 100;
const maxPages = 10;
/** The whole bot has 50 calls a second, and answers come first. */
const concurrency = 4;
const pauses = { firstMs: 1_000, mostMs: 60_000 };

export function createCatchUp(deps: CatchUpDependencies): CatchUp {
	const { call, state, clock, guilds, takeMessage, onFailed } = deps;
	let ended = new AbortController();
	let isConnected = false;
	/** Everything before is stored; null when that was never noted. */
	let seenUntilMs: number | null = null;
	let isNoted = true;
	/** What was said since then is still to be read; null when nothing is. */
	let owedSinceMs: number | null = null;
	/** What is being read just now. */
	let readingSinceMs: number | null = null;
	let reading = Promise.resolve();
	let noting = Promise.resolve();

	async function load(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			try {
				const noted = Date.parse((await state.get(seenUntilKey)) ?? '');
				seenUntilMs = Number.isNaN(noted) ? null : noted;
				return;
			} catch (thrown) {
				onFailed(toBotError(thrown));
				await pause(clock, pauses.firstMs, signal);
			}
		}
	}

	function owe(sinceMs: number): void {
		owedSinceMs = Math.min(owedSinceMs ?? sinceMs, sinceMs);
	}

	function advance(): void {
		if (!isConnected) return;
		const open = [owedSinceMs, readingSinceMs, deps.oldestWaitingMs()].filter((sinceMs) => sinceMs !== null);
		seenUntilMs = Math.min(clock.now(), ...open);
		isNoted = false;
	}

	/** The very first session hears everything from now on; noted at once, for this process may die soon. */
	function beginNotes(): void {
		seenUntilMs = clock.now();
		isNoted = false;
		void note();
	}

	async function note(): Promise<void> {
		if (seenUntilMs === null || isNoted) return;
		isNoted = true;
		await state.set(seenUntilKey, new Date(seenUntilMs).toISOString()).catch((thrown) => {
			isNoted = false;
			onFailed(toBotError(thrown));
		});
	}

	async function noteNowAndThen(signal: AbortSignal): Promise<void> {
		while (!signal.aborted) {
			await pause(clock, noteEveryMs, signal);
			if (signal.aborted) return;
			advance();
			await note();
			// What was given up while the store was away is read once that is over.
			if (owedSinceMs !== null && readingSinceMs === null && deps.oldestWaitingMs() === null) read(signal);
		}
	}

	/** One at a time; what comes to be owed meanwhile is read after it. */
	function read(signal: AbortSignal): void {
		reading = reading.then(() => readOwed(signal));
	}

	async function readOwed(signal: AbortSignal): Promise<void> {
		for (let failures = 1; owedSinceMs !== null && isConnected && !signal.aborted; failures++) {
			const sinceMs = owedSinceMs;
			readingSinceMs = sinceMs;
			owedSinceMs = null;
			try {
				await readSince(Math.max(sinceMs - marginMs, clock.now() - maxAgeMs), signal);
			} catch (thrown) {
				owe(sinceMs);
				if (!signal.aborted) onFailed(toBotError(thrown));
				await pause(clock, growingPauseMs(failures, pauses), signal);
			} finally {
				readingSinceMs = null;
			}
		}
	}

	async function readSince(sinceMs: number, signal: AbortSignal): Promise<void> {
		const sinceId = idAt(sinceMs);
		const directs = await state.list(directPrefix);
		const channels = [
			...directs.map(({ key }) => ({ id: key.slice(directPrefix.length), guildId: null })),
			...guilds.talkedSince(sinceId).map(({ id, guildId }) => ({ id, guildId })),
		];
		const next = channels.values();
		const readNext = async () => {
			for (const channel of next) await readChannel(channel, sinceId, signal);
		};
		await Promise.all(Array.from({ length: concurrency }, readNext));
	}

	async function readChannel(channel: { id: string; guildId: string | null }, sinceId: string, signal: AbortSignal): Promise<void> {
		let after = sinceId;
		for (let page = 0; page < maxPages; page++) {
			const messages = await readPage(channel.id, after, signal);
			messages.sort((left, right) => compareIds(asId(left['id']), asId(right['id'])));
			// What is read bears no guild.
			const whole = messages.map((message) => (channel.guildId === null ? message : { ...message, guild_id: channel.guildId }));
			await Promise.all(whole.map(takeMessage));
			const last = asId(messages.at(-1)?.['id']);
			if (messages.length < pageSize || last === '') return;
			after = last;
		}
	}

	/** Empty for a channel that the bot may not read, or that is gone. */
	async function readPage(channelId: string, after: string, signal: AbortSignal): Promise<Json[]> {
		const route = `/channels/${channelId}/messages` as const;
		try {
			return asObjects(await call('get messages', { method: 'GET', route, query: { after, limit: String(pageSize) } }, signal));
		} catch (thrown) {
			const error = toBotError(thrown);
			if (error.code === 'PLATFORM_REJECTED') return [];
			if (error.code !== 'PLATFORM_RATE_LIMITED') throw error;
			await clock.wait(error.retryAfterMs ?? pauses.firstMs, signal);
			return await readPage(channelId, after, signal);
		}
	}

	return {
		async begin(signal) {
			ended = new AbortController();
			await load(signal);
			noting = noteNowAndThen(AbortSignal.any([ended.signal, signal]));
		},
		session() {
			if (seenUntilMs === null) beginNotes();
			else owe(seenUntilMs);
			read(ended.signal);
		},
		connected(next) {
			advance();
			isConnected = next;
		},
		missed: owe,
		async end(isStillOurs) {
			advance();
			ended.abort();
			isConnected = false;
			await Promise.all([reading, noting]);
			if (isStillOurs) await note();
			seenUntilMs = null;
			owedSinceMs = null;
		},
	};
}
