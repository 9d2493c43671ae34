/** `npm run bench -- queue`: fairness and speed of the queue for model slots, over a Redis of its own. */

import { createOwnRedis } from '#test/redis/own-redis.ts';
import { measureManyBesideOne, measureUnequalAnswers } from './fairness.ts';
import { measureCancel, measureOperations } from './speed.ts';

const operationsHead = [
	'| book | waiting | enter ms p50 / p95 | leave ms p50 / p95 | enters/s, many at once | places of all, ms |',
	'| --- | --- | --- | --- | --- | --- |',
];

/** Returns what it found, as Markdown. */
export async function measureQueue(): Promise<string> {
	const redis = await createOwnRedis();
	await redis.start();
	const lines = [
		...(await measureManyBesideOne(redis.url)),
		...(await measureUnequalAnswers(redis.url, 30)),
		...(await measureCancel(redis.url, 100)),
		'',
		...operationsHead,
		...(await measureOperations(redis.url, 1_000)),
		...(await measureOperations(redis.url, 10_000)),
	];
	await redis.kill();
	return lines.join('\n');
}
