/** Few files are read at a time. */

import { expect, test } from 'vitest';
import { createReadingPlaces } from '#src/knowledge/ingest/reading-places.ts';

const never = new AbortController().signal;

test('those beyond the places wait in their order, and a place is given on whatever came of it', async () => {
	const places = createReadingPlaces(1);
	const first = Promise.withResolvers<void>();
	const order: string[] = [];
	const reads = [
		places.take(() => first.promise, never).catch(() => order.push('failed')),
		places.take(async () => order.push('second'), never),
		places.take(async () => order.push('third'), never),
	];
	first.reject(new Error('corrupt'));
	await Promise.all(reads);
	expect(order).toEqual(['failed', 'second', 'third']);
});

test('whoever stops waiting leaves no place behind', async () => {
	const places = createReadingPlaces(1);
	const first = Promise.withResolvers<void>();
	const reading = places.take(() => first.promise, never);
	const stop = new AbortController();
	const waiting = places.take(async () => 'read', stop.signal);
	stop.abort();
	await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
	first.resolve();
	await reading;
	expect(await places.take(async () => 'read', never)).toBe('read');
});
