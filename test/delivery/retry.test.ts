import { describe, expect, it } from 'vitest';
import { retryPlatformCall } from '#src/delivery/retry.ts';
import { BotError } from '#src/errors.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const unavailable = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
const limited = new BotError('PLATFORM_RATE_LIMITED', 'slow');

describe('a platform call that is tried again', () => {
	it('gives what the first good try gives', async () => {
		const { done } = start([unavailable, limited, 'there']);
		expect(await done).toBe('there');
	});

	it('tries an unavailable platform again after pauses that double up to five seconds', async () => {
		const { atMs } = start([...Array.from({ length: 8 }, () => unavailable), 'there']);
		await expect.poll(() => atMs.length).toBe(9);
		expect(atMs.slice(1).map((time, index) => time - (atMs[index] ?? 0))).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
	});

	it('tries again at once after a rate limit, for the pacer holds the call back', async () => {
		const { done, atMs } = start([limited, limited, 'there']);
		await done;
		expect(new Set(atMs).size).toBe(1);
	});

	it('tells each try why the last one failed', async () => {
		const { done, told } = start([unavailable, limited, 'there']);
		await done;
		expect(told).toEqual([null, unavailable, limited]);
	});

	it.each(['PLATFORM_REJECTED', 'CANCELLED', 'STORE_UNAVAILABLE', 'INTERNAL'] as const)('does not try again after %s', async (code) => {
		const { done, atMs } = start([new BotError(code, 'no', { retryable: true }), 'never']);
		await expect(done).rejects.toMatchObject({ code });
		expect(atMs).toHaveLength(1);
	});

	it('makes a BotError of whatever is thrown', async () => {
		const { done } = start([new TypeError('a mistake of ours')]);
		await expect(done).rejects.toMatchObject({ code: 'INTERNAL' });
	});

	it('gives up after two minutes, with the last error', async () => {
		const { done, atMs } = start(Array.from({ length: 100 }, () => unavailable));
		await expect(done).rejects.toBe(unavailable);
		const tookMs = (atMs.at(-1) ?? 0) - (atMs[0] ?? 0);
		expect(tookMs).toBeGreaterThan(120_000);
		expect(tookMs).toBeLessThanOrEqual(125_000);
	});

	it('ends its pause when it is cancelled', async () => {
		const clock = createManualClock();
		const cancel = new AbortController();
		let tries = 0;
		const done = retryPlatformCall(clock, cancel.signal, async () => {
			tries++;
			throw unavailable;
		});
		done.catch(() => {});
		await clock.advance(300);
		cancel.abort();
		await expect(done).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(tries).toBe(2);
	});
});

/** Plays the results one try after the other, an error being thrown, on a clock that runs by itself. */
function start(results: (BotError | Error | string)[]) {
	const clock = createManualClock();
	const atMs: number[] = [];
	const told: (BotError | null)[] = [];
	let isDone = false;
	const done = retryPlatformCall(clock, new AbortController().signal, async (lastError) => {
		const result = results[atMs.length];
		atMs.push(clock.now());
		told.push(lastError);
		if (typeof result === 'string') return result;
		throw result;
	}).finally(() => {
		isDone = true;
	});
	done.catch(() => {});
	const running = clock.advanceUntil(() => isDone, 600_000);
	return { done: running.then(() => done), atMs, told };
}
