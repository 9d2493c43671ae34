/** What is told to Redis after an outage. */

import { expect, test } from 'vitest';
import { createRedisCache } from '#src/cache/redis-cache.ts';
import { createOutageLedger } from '#src/pacing/outage-ledger.ts';
import { createRecordingLogger } from '../redis/recording-logger.ts';

/** Never connected: the notes of these tests do not use it. */
const redis = createRedisCache({ url: 'redis://127.0.0.1:1', logger: createRecordingLogger() });

test('of several notes on one subject the newest is told, in the order of writing', async () => {
	const told: string[] = [];
	const ledger = createOutageLedger();
	ledger.write('a', async () => told.push('a, old'));
	ledger.write('b', async () => told.push('b'));
	ledger.write('a', async () => told.push('a, new'));
	await ledger.replay(redis);
	await ledger.replay(redis);
	expect(told).toEqual(['b', 'a, new']);
});

test('what is noted during the telling is told too', async () => {
	const told: string[] = [];
	const ledger = createOutageLedger();
	ledger.write('a', async () => {
		told.push('first');
		ledger.write('a', async () => told.push('second'));
	});
	await ledger.replay(redis);
	expect(told).toEqual(['first', 'second']);
});

test('nothing is forgotten when Redis goes away during the telling', async () => {
	const told: string[] = [];
	let isAway = true;
	const ledger = createOutageLedger();
	ledger.write('a', async () => {
		if (isAway) throw new Error('away');
		told.push('a');
	});
	await expect(ledger.replay(redis)).rejects.toThrow('away');
	isAway = false;
	await ledger.replay(redis);
	expect(told).toEqual(['a']);
});

test('the oldest notes go first when there are too many', async () => {
	const told: string[] = [];
	const ledger = createOutageLedger(2);
	for (const subject of ['a', 'b', 'c']) ledger.write(subject, async () => told.push(subject));
	await ledger.replay(redis);
	expect(told).toEqual(['b', 'c']);
});
