/** A document that is deleted, with what was said of it, while the program is killed: then no word of it is left, wherever the program keeps anything. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { keptRowsWith } from '#test/fakes/everything-kept.ts';
import { createOwnRedis } from '#test/redis/own-redis.ts';
import { eventually } from './eventually.ts';
import { queryDatabase } from './observe.ts';
import { openCompany, restart } from './platforms/company.ts';
import { openSlackStage } from './platforms/slack-stage.ts';
import { leaks } from './promises.ts';

const sentinel = 'Zyzzogeton';

it('leaves no word in any table, file, key of Redis or log, although the program is killed in the middle', async () => {
	const redis = await createOwnRedis();
	onTestFinished(() => redis.kill());
	await redis.start();
	const stage = await openSlackStage();
	const environment = { OLLAMA_EMBEDDING_MODEL: 'demo-embed', OPENCCB_LEASE_SECONDS: '3', REDIS_URL: redis.url };
	await using company = await openCompany(async () => stage, { environment });
	const dataFolder = company.environment['OPENCCB_DATA'] ?? '';
	const content = Buffer.from(`Si suena la sirena ${sentinel}, cierra la llave del gas y sal por la puerta norte.`);
	const room = stage.openRoom('direct');
	const shared = await stage.share({ room, text: 'El plan', files: [{ name: `${sentinel}.txt`, mediaType: 'text/plain', content }] });
	const isReady = `select id from documents where status = 'ready'`;
	await eventually(async () => (await queryDatabase(company, isReady)).length === 1);
	const asked = await stage.ask({ room, text: '¿Qué hago si suena la sirena?', after: shared });
	await eventually(() => stage.answers(asked).some(({ text, isOpen }) => !isOpen && text.includes(`sirena ${sentinel}`)));
	const kept = () => keptRowsWith(sentinel, { url: company.environment['DATABASE_URL'] ?? '', dataFolder });
	await eventually(async () => (await kept()).includes('public.messages'));

	await stage.remove(shared);
	// Taken in, and nothing more: Slack sends again for longer than the test waits.
	await eventually(async () => (await queryDatabase(company, isReady)).length === 0);
	await restart(company);
	await eventually(async () => {
		const left = [...(await kept()), ...(await filesWith(sentinel, dataFolder))];
		if (left.length > 0) throw new Error(`it still stands in ${left.join(', ')}`);
		return true;
	}, 20_000);
	expect(await keysWith(sentinel, redis.url)).toEqual([]);
	expect(leaks(company, [sentinel])).toEqual([]);
}, 180_000);

/** By their names or what is in them. */
async function filesWith(word: string, folder: string): Promise<string[]> {
	const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
	const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
	const contents = await Promise.all(paths.map((path) => readFile(path).catch(() => Buffer.alloc(0))));
	return paths.filter((path, at) => path.includes(word) || contents[at]?.includes(word));
}

async function keysWith(word: string, url: string): Promise<string[]> {
	const client = new Redis(url);
	onTestFinished(() => client.disconnect());
	const readers: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
		string: (key) => client.get(key),
		hash: (key) => client.hgetall(key),
		list: (key) => client.lrange(key, 0, -1),
		set: (key) => client.smembers(key),
		zset: (key) => client.zrange(key, '0', '-1'),
		stream: (key) => client.xrange(key, '-', '+'),
	};
	const keys = await client.keys('*');
	const contents = await Promise.all(keys.map(async (key) => JSON.stringify([key, await readers[await client.type(key)]?.(key)])));
	return contents.filter((content) => content.includes(word));
}
