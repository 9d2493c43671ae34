/** Postgres and Redis go away, at the start and in the middle of an answer, and come back: nobody restarts anything. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createServerDatabase } from '#test/fakes/database.ts';
import { createOwnRedis, type OwnRedis } from '#test/redis/own-redis.ts';
import { eventually } from './eventually.ts';
import { modelRequests } from './observe.ts';
import { answerText, expectOneAnswer, leaks, question } from './promises.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/** A workplace whose way to its database can be cut. */
async function openCuttable() {
	const server = await createServerDatabase();
	const url = new URL(server.url);
	const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
	url.port = String(proxy.port);
	const workplace = await openWorkplace({
		environment: { DATABASE_URL: url.href },
		slack: { retryDelaysMs: Array.from({ length: 60 }, () => 500) },
		ollama: { tokensPerSecond: 60 },
		start: false,
	});
	const close = async () => {
		await workplace.close();
		await proxy.close();
		await server.drop();
	};
	return { workplace, proxy, close };
}

describe('Postgres', () => {
	let workplace: Workplace;
	let proxy: TcpProxy;
	let close: () => Promise<void>;
	beforeAll(async () => {
		({ workplace, proxy, close } = await openCuttable());
		await proxy.cut();
	});
	afterEach(async () => {
		await proxy.restore();
		expect(leaks(workplace)).toEqual([]);
	});
	afterAll(async () => await close());

	const statusesOf = (threadTs: string) =>
		workplace.slack.deliveries.filter((delivery) => delivery.key.endsWith(`:${threadTs}`)).map((delivery) => delivery.httpStatus);

	it('away at the start: the process lives and says why it is not ready, and begins when it can', async () => {
		const program = await workplace.start({ ready: false });
		const { status, body } = await eventually(async () => {
			const readiness = await program.readiness();
			return readiness.body.parts['database']?.reason?.includes('ECONNREFUSED') ? readiness : undefined;
		});
		expect({ status, ready: body.ready }).toEqual({ status: 503, ready: false });
		workplace.ollama.answer(answerText(10));
		const threadTs = await workplace.ask(question('anybody there'));
		await eventually(() => statusesOf(threadTs).includes(503));
		await proxy.restore();
		await expectOneAnswer(workplace, threadTs, answerText(10));
		expect((await program.readiness()).status).toBe(200);
		expect(program.log.filter((line) => line.msg === 'the database is away')).toHaveLength(1);
	});

	it('away when a question comes: it is not acknowledged, and answered once after it was sent again', async () => {
		workplace.ollama.answer(answerText(10));
		await proxy.cut();
		const threadTs = await workplace.ask(question('and now'));
		await eventually(() => statusesOf(threadTs).filter((status) => status === 503).length >= 2);
		expect((await workplace.program.readiness()).status).toBe(503);
		await proxy.restore();
		await expectOneAnswer(workplace, threadTs, answerText(10));
		expect(statusesOf(threadTs)).not.toContain(null);
		expect(workplace.programs).toHaveLength(1);
	});

	it('away in the middle of an answer: the reader gets the final text all the same, and only once', async () => {
		const asked = modelRequests(workplace).length;
		workplace.ollama.answer(answerText(60));
		const threadTs = await workplace.ask(question('how many'));
		await eventually(() => workplace.answers(workplace.channels.general, threadTs)[0]?.streaming === 'in_progress');
		await proxy.cut();
		const shown = await workplace.answered(workplace.channels.general, threadTs);
		expect(shown.visibleText).toBe(answerText(60));
		expect((await workplace.program.readiness()).status).toBe(503);
		await proxy.restore();
		await expectOneAnswer(workplace, threadTs, answerText(60));
		expect(modelRequests(workplace).length - asked).toBe(1);
	});
});

describe('Redis', () => {
	let redis: OwnRedis;
	let workplace: Workplace;
	beforeAll(async () => {
		redis = await createOwnRedis();
		workplace = await openWorkplace({ environment: { REDIS_URL: redis.url }, ollama: { tokensPerSecond: 60 } });
	});
	afterEach(() => expect(leaks(workplace)).toEqual([]));
	afterAll(async () => {
		await workplace.close();
		await redis.kill();
	});

	const cacheState = async () => (await workplace.program.readiness()).body.parts['cache'];
	const linesOf = (text: string) => workplace.program.log.filter((line) => line.msg.startsWith(text));

	it('away at the start: the program is ready, says what is degraded, and shares again when Redis is there', async () => {
		const { status, body } = await workplace.program.readiness();
		expect(status).toBe(200);
		expect(body.parts['cache']).toEqual({ state: 'degraded', reason: expect.stringContaining('REDIS_URL') });
		workplace.ollama.answer(answerText(10));
		await expectOneAnswer(workplace, await workplace.ask(question('without Redis')), answerText(10));
		await redis.start();
		await eventually(async () => (await cacheState())?.state === 'up');
		expect(linesOf('Redis is away')).toHaveLength(1);
		// What it says may come later than what it answers.
		await eventually(() => linesOf('the cache is in Redis').length === 1);
	});

	it.each([
		['killed', () => redis.kill(), () => redis.start()],
		['frozen', async () => redis.freeze(), async () => redis.thaw()],
	])('%s in the middle of an answer: the answer goes on', async (_how, take, giveBack) => {
		const linesBefore = linesOf('Redis is away').length;
		workplace.ollama.answer(answerText(60));
		const threadTs = await workplace.ask(question('go on'));
		await eventually(() => workplace.answers(workplace.channels.general, threadTs)[0]?.streaming === 'in_progress');
		await take();
		await expectOneAnswer(workplace, threadTs, answerText(60));
		expect((await workplace.program.readiness()).status).toBe(200);
		expect((await cacheState())?.state).toBe('degraded');
		await giveBack();
		await eventually(async () => (await cacheState())?.state === 'up');
		expect(linesOf('Redis is away')).toHaveLength(linesBefore + 1);
	});
});
