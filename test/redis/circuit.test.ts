/** Who answers, call by call. Redis is played by two functions here; the real one is in open-cache.test.ts. */

import { expect, test } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createRedisCircuit } from '#src/redis/circuit.ts';
import { createRecordingLogger } from './recording-logger.ts';

const away = () => new BotError('STORE_UNAVAILABLE', 'away', { retryable: true, reason: 'ECONNREFUSED' });
const fromRedis = async () => 'Redis';
const fromMemory = () => 'memory';

function openCircuit({ connect = async () => undefined }: { connect?: () => Promise<undefined> } = {}) {
	const told: string[] = [];
	const logger = createRecordingLogger();
	const redis = { connect, probe: async () => void told.push('probe') };
	const circuit = createRedisCircuit({ redis, catchUp: async () => void told.push('catch up'), logger });
	return { circuit, logger, told };
}

test('the first calls wait for a connection that is about to stand', async () => {
	const connection = Promise.withResolvers<undefined>();
	const { circuit } = openCircuit({ connect: () => connection.promise });
	const answer = circuit.answer(fromRedis, fromMemory);
	connection.resolve(undefined);
	expect(await answer).toBe('Redis');
	circuit.stop();
});

test('the first calls do not wait long for a connection that is not', async () => {
	const { circuit } = openCircuit({ connect: () => new Promise(() => undefined) });
	expect(await circuit.answer(fromRedis, fromMemory)).toBe('memory');
	circuit.stop();
});

test('calls that fail together are all answered from memory and logged once', async () => {
	const { circuit, logger } = openCircuit();
	await circuit.answer(fromRedis, fromMemory);
	const failing = async () => {
		throw away();
	};
	const answers = await Promise.all([1, 2, 3].map(() => circuit.answer<string>(failing, fromMemory)));
	expect(answers).toEqual(['memory', 'memory', 'memory']);
	expect(logger.lines).toMatchObject([{ level: 'info' }, { level: 'warn', fields: { mode: 'degraded', reason: 'ECONNREFUSED' } }]);
	circuit.stop();
});

test('Redis is asked again only after a probe and after it was told what it missed', async () => {
	const { circuit, told } = openCircuit();
	await circuit.answer(fromRedis, fromMemory);
	await circuit.answer<string>(async () => Promise.reject(away()), fromMemory);
	expect(await circuit.answer(fromRedis, fromMemory)).toBe('memory');
	await expect.poll(() => circuit.mode()).toBe('shared');
	expect(told).toEqual(['catch up', 'probe', 'catch up']);
	circuit.stop();
});

test('a mistake of the caller is no outage', async () => {
	const { circuit } = openCircuit();
	const mistaken = async () => {
		throw new BotError('INTERNAL', 'a budget without windows');
	};
	await expect(circuit.answer<string>(mistaken, fromMemory)).rejects.toMatchObject({ code: 'INTERNAL' });
	expect(circuit.mode()).toBe('shared');
	circuit.stop();
});
