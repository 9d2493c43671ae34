/** Downloads that do not go as they should. */

import { expect, test } from 'vitest';
import { download } from '#src/knowledge/ingest/download.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const place: Place = { platform: 'fake', tenantId: 'T1', channelId: 'D1', threadId: '', kind: 'direct' };
const attachment = { id: 'F1', name: 'a.txt', mediaType: 'text/plain', sizeBytes: null, source: 'there' };

/** A download in which the platform gives what `give` says, and whether it was told to stop. */
function begin(give: () => AsyncIterable<Uint8Array>, signal = new AbortController().signal) {
	const clock = createManualClock();
	const platform = createFakePlatform();
	const told = { isOver: false };
	platform.fetchFile = (_attachment, _place, _maxBytes, over) => {
		over.addEventListener('abort', () => (told.isOver = true));
		return give();
	};
	const parts = download(
		{ pacers: unpaced, clock },
		{ platform, place, fetching: { attachment, maxBytes: 100 }, priority: 'update' },
		signal,
	);
	return { parts, clock, told };
}

const never = () => new Promise<never>(() => {});

test('one that stalls is given up, and the platform is let go', async () => {
	const { parts, clock, told } = begin(async function* () {
		yield Buffer.from('a');
		await never();
	});
	expect(await parts.next()).toMatchObject({ value: Buffer.from('a') });
	const next = parts.next().catch((error: unknown) => error);
	await clock.advance(30_000);
	expect(await next).toMatchObject({ code: 'TIMEOUT', reason: 'stalled', retryable: true });
	expect(told.isOver).toBe(true);
});

test('one that drips is given up after five minutes', async () => {
	const { parts, clock } = begin(async function* () {
		for (;;) {
			await clock.wait(20_000);
			yield Buffer.from('a');
		}
	});
	const all = Array.fromAsync(parts).catch((error: unknown) => error);
	for (let passed = 0; passed < 16; passed++) await clock.advance(20_000);
	expect(await all).toMatchObject({ code: 'TIMEOUT' });
});

test('whoever leaves early waits for nothing', async () => {
	const { parts, told } = begin(async function* () {
		yield Buffer.from('a');
		await never();
	});
	await parts.next();
	await parts.return(undefined);
	expect(told.isOver).toBe(true);
});

test('the signal reaches the platform', async () => {
	const stop = new AbortController();
	const { parts, told } = begin(async function* () {
		yield Buffer.from('a');
		yield Buffer.from('b');
	}, stop.signal);
	await parts.next();
	stop.abort();
	expect(told.isOver).toBe(true);
});
