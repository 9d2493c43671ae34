import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createOwnRedis } from '#test/redis/own-redis.ts';
import { diagnoseRedis, judgeRedis } from '../../../scripts/doctor/redis.ts';
import { nowhere, patience } from './stub-server.ts';

/** A Redis of the test's own, set up by these commands. */
async function startRedis(...commands: string[][]) {
	const redis = await createOwnRedis();
	await redis.start();
	onTestFinished(() => redis.kill());
	const client = new Redis(redis.url);
	onTestFinished(() => client.disconnect());
	for (const [command = '', ...parameters] of commands) await client.call(command, ...parameters);
	return { redis, client, place: new URL(redis.url).host };
}

test('without a Redis all is well', async () => {
	expect(await diagnoseRedis(null, patience())).toEqual([{ level: 'good', code: 'no-redis' }]);
});

test('a sound Redis answers, is new enough and takes every command', async () => {
	const url = inject('redisUrl');
	const finding = { level: 'good', code: 'redis', place: new URL(url).host, version: expect.stringMatching(/^\d+\.\d+/) };
	expect(await diagnoseRedis(url, patience())).toEqual([finding]);
});

test('nothing stays behind', async () => {
	const { redis, client } = await startRedis();
	await diagnoseRedis(redis.url, patience());
	expect(await client.keys('*')).toEqual([]);
});

test('a Redis that nobody answers for is unreachable', async () => {
	const { host } = new URL(await nowhere());
	const findings = await diagnoseRedis(`redis://:top-secret-word@${host}`, patience());
	expect(findings).toEqual([{ level: 'bad', code: 'redis-unreachable', place: host, reason: 'ECONNREFUSED' }]);
});

test('a Redis that says nothing is given up on', async () => {
	const { redis, place } = await startRedis();
	redis.freeze();
	onTestFinished(() => redis.thaw());
	expect(await diagnoseRedis(redis.url, patience())).toMatchObject([{ code: 'redis-unreachable', place }]);
});

test.each([
	['no password', '', 'NOAUTH'],
	['a wrong password', ':wrong-password@', 'WRONGPASS'],
])('%s is refused', async (_what, login, reason) => {
	const { redis, place } = await startRedis(['CONFIG', 'SET', 'requirepass', 'top-secret-word']);
	const findings = await diagnoseRedis(redis.url.replace('redis://', `redis://${login}`), patience());
	expect(findings).toEqual([{ level: 'bad', code: 'redis-refuses-login', place, reason }]);
});

test.each([
	['write', ['+@all', '-set'], 'SET'],
	['run scripts', ['+@all', '-eval'], 'EVAL'],
	['publish', ['+@all', '-publish'], 'PUBLISH'],
])('a login that may not %s is told which command was refused', async (_what, rights, command) => {
	const { redis, place } = await startRedis(['ACL', 'SETUSER', 'bot', 'on', '>top-secret-word', '~*', '&*', ...rights]);
	const findings = await diagnoseRedis(redis.url.replace('redis://', 'redis://bot:top-secret-word@'), patience());
	expect(findings).toEqual([{ level: 'bad', code: 'redis-refuses', place, command, reason: 'NOPERM' }]);
});

test('a replica takes no writes', async () => {
	const port = new URL(await nowhere()).port;
	const { redis, place } = await startRedis(['REPLICAOF', '127.0.0.1', port]);
	const findings = await diagnoseRedis(redis.url, patience());
	expect(findings).toEqual([{ level: 'bad', code: 'redis-refuses', place, command: 'SET', reason: 'READONLY' }]);
});

test('what is no Redis is not taken for one', async () => {
	const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
	onTestFinished(() => void server.close());
	await new Promise((resolve) => server.once('listening', resolve));
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : 0;
	expect(await diagnoseRedis(`redis://127.0.0.1:${port}`, patience())).toMatchObject([{ level: 'bad', code: 'redis-unreachable' }]);
});

test.each([
	[{ version: '5.0.14', major: 5, refused: null }, 'redis-old'],
	[{ version: null, major: null, refused: null }, 'redis-version-unknown'],
])('a Redis with %o counts as %s', (facts, code) => {
	expect(judgeRedis('host', facts).map((finding) => finding.code)).toEqual([code]);
});
