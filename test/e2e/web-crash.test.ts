/** What readers in the browser see when the process that writes their answer is killed, and when Redis is: every text that is shown is a beginning of the answer. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TakenQuestion } from '#src/api/contract/messages.ts';
import { createOwnRedis, type OwnRedis } from '#test/redis/own-redis.ts';
import { eventually } from './eventually.ts';
import type { Program } from './program.ts';
import { answerText, settled } from './promises.ts';
import { type LivePage, publicUrl, type WebBrowser } from './web-page.ts';
import { signInFromChat } from './web-sign-in.ts';
import { openWorkplace, type Workplace, type WorkplaceOptions } from './workplace.ts';

/** Processes that die are missed sooner than usual. */
const environment = { OPENCCB_PUBLIC_URL: publicUrl, OPENCCB_LEASE_SECONDS: '3' };
const halfOfIt = { kind: 'stall-between-tokens', afterTokens: 40 } as const;

async function open(options: WorkplaceOptions): Promise<Workplace> {
	return await openWorkplace({ ollama: { tokensPerSecond: 100 }, ...options, environment: { ...environment, ...options.environment } });
}

/** One browser, which comes to whichever process a balancer gives it. */
type Reader = (program: Program) => WebBrowser;

async function signIn({ slack, people, program }: Workplace): Promise<Reader> {
	let met = program;
	const browser = await signInFromChat(slack, people.tom, () => met.address);
	return (next) => {
		met = next;
		return browser;
	};
}

async function ask(browser: WebBrowser, newConversation: string): Promise<TakenQuestion> {
	const question = { clientId: randomUUID(), text: 'Tell me.', newConversation };
	return (await browser.call<TakenQuestion>('POST', '/messages', question)).body;
}

const textOf = ({ answers }: LivePage) => [...answers.values()].at(-1)?.text ?? '';

async function ended(page: LivePage, answerId: string) {
	return await eventually(() => {
		const isOver = page.heard.some(({ name, data }) => name === 'ended' && (data as { id: string }).id === answerId);
		return isOver ? page.rows.get(answerId) : undefined;
	});
}

/** Nothing was lost, doubled or exchanged at any moment. */
function expectBeginnings({ shown }: LivePage, text: string): void {
	expect(shown.filter((one) => !text.startsWith(one))).toEqual([]);
}

async function isWriting(program: Program): Promise<boolean> {
	return (await program.metric('openccb_running_turns')) > 0;
}

/** Which of the two writes the answer, and which other does not. */
async function findWriter(one: Program, other: Program): Promise<[Program, Program]> {
	return await eventually(async () => {
		if (await isWriting(one)) return [one, other] as [Program, Program];
		return (await isWriting(other)) ? ([other, one] as [Program, Program]) : undefined;
	});
}

describe.each([
	{ name: 'with Redis', withRedis: true },
	{ name: 'without Redis', withRedis: false },
])('two processes $name', ({ withRedis }) => {
	let redis: OwnRedis | null = null;
	let workplace: Workplace;
	let first: Program;
	let second: Program;
	let reader: Reader;
	beforeAll(async () => {
		redis = withRedis ? await createOwnRedis() : null;
		await redis?.start();
		workplace = await open({ environment: redis === null ? {} : { REDIS_URL: redis.url } });
		first = workplace.program;
		second = await workplace.start();
		reader = await signIn(workplace);
	});
	afterAll(async () => {
		await workplace.close();
		await redis?.kill();
	});

	it('show an answer alike to whoever reads along in either of them', async () => {
		const text = answerText(120);
		workplace.ollama.answer(text);
		const newConversation = randomUUID();
		const pages = [await reader(first).listen({ newConversation }), await reader(second).listen({ newConversation })];
		const { answerId, questionId } = await ask(reader(first), newConversation);
		for (const page of pages) {
			expect(await ended(page, answerId)).toMatchObject({ text, status: 'answered', inReplyTo: questionId });
			expect(page.rows.get(questionId)?.text).toBe('Tell me.');
			expectBeginnings(page, text);
			page.leave();
		}
		// Where it cannot be heard, it is read from the database when it is over.
		expect(pages.filter(({ shown }) => shown.length > 0)).toHaveLength(withRedis ? 2 : 1);
		await Promise.all([settled(first), settled(second)]);
	});

	if (withRedis) {
		it('go on where they were when Redis is lost in the middle of an answer and comes back empty', async () => {
			const text = answerText(3_000);
			workplace.ollama.answer(text);
			const newConversation = randomUUID();
			const pages = new Map([
				[first, await reader(first).listen({ newConversation })],
				[second, await reader(second).listen({ newConversation })],
			]);
			const { answerId } = await ask(reader(first), newConversation);
			const [writer, other] = await findWriter(first, second);
			const [near, far] = [writer, other].map((program) => pages.get(program)) as [LivePage, LivePage];
			await eventually(() => textOf(far).length > 20);
			await redis?.kill();
			const cutAt = textOf(near).length;
			// Whoever reads where it is written misses nothing meanwhile.
			await eventually(() => textOf(near).length > cutAt + 100);
			await redis?.start();
			const backAt = textOf(near).length;
			await eventually(() => textOf(far).length > backAt);
			for (const page of pages.values()) expectBeginnings(page, text);
			await reader(other).call('POST', `/answers/${answerId}/stop`);
			const [one, two] = [await ended(near, answerId), await ended(far, answerId)];
			expect(one.status).toBe('stopped');
			expect(two).toEqual(one);
			expect(text.startsWith(one.text)).toBe(true);
			for (const page of pages.values()) page.leave();
			await Promise.all([settled(first), settled(second)]);
		});
	}

	it('lose nothing when the one that writes is killed: the other one takes over and ends the answer', async () => {
		const text = answerText(120);
		workplace.ollama.answer(text);
		workplace.ollama.fail(halfOfIt);
		const newConversation = randomUUID();
		const pages = new Map([
			[first, await reader(first).listen({ newConversation })],
			[second, await reader(second).listen({ newConversation })],
		]);
		const { answerId, questionId, conversationId } = await ask(reader(first), newConversation);
		const [writer, other] = await findWriter(first, second);
		const [near, far] = [writer, other].map((program) => pages.get(program)) as [LivePage, LivePage];
		await eventually(() => textOf(near).length > 100);
		if (withRedis) await eventually(() => textOf(far) === textOf(near));
		await writer.kill();
		await eventually(() => near.isOver);
		const again = await reader(other).listen({ newConversation }, near);
		for (const page of [again, far]) {
			expect(await ended(page, answerId)).toMatchObject({ text, status: 'answered', inReplyTo: questionId });
			expect(page.answers.size).toBe(0);
		}
		for (const page of [near, again, far]) {
			expectBeginnings(page, text);
			page.leave();
		}
		const { body } = await reader(other).call<{ messages: { text: string }[] }>('GET', `/conversations/${conversationId}/messages`);
		expect(body.messages.map((message) => message.text)).toEqual([text, 'Tell me.']);
	});
});
