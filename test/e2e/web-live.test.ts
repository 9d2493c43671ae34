/** An answer in the browser while it is written: over a reload, in two tabs, stopped, and with its person signed out. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TakenQuestion } from '#src/api/contract/messages.ts';
import { eventually } from './eventually.ts';
import { type LivePage, openBrowser, publicUrl, type WebBrowser } from './web-page.ts';
import { signInFromChat } from './web-sign-in.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('an answer in the browser', () => {
	let workplace: Workplace;
	let browser: WebBrowser;
	beforeAll(async () => {
		workplace = await openWorkplace({
			ollama: { tokensPerSecond: 100 },
			environment: { OPENCCB_PUBLIC_URL: publicUrl },
		});
		browser = await signIn();
	});
	afterAll(async () => await workplace.close());

	const signIn = () => signInFromChat(workplace.slack, workplace.people.tom, () => workplace.program.address);

	/** Asks in a new conversation that a tab has open. */
	async function ask(text = 'Tell me.') {
		const newConversation = randomUUID();
		const page = await browser.listen({ newConversation });
		const asked = await browser.call<TakenQuestion>('POST', '/messages', { clientId: randomUUID(), text, newConversation });
		expect(asked.status).toBe(202);
		return { page, newConversation, ...asked.body };
	}

	const textOf = ({ answers }: LivePage) => [...answers.values()][0]?.text ?? '';

	async function ended(page: LivePage, answerId: string) {
		return await eventually(() => {
			const row = page.rows.get(answerId);
			return page.heard.some(({ name, data }) => name === 'ended' && (data as { id: string }).id === answerId) ? row : undefined;
		});
	}

	it('grows as it is written, and ends as its row', async () => {
		const text = plainText(120);
		workplace.ollama.answer(text);
		const { page, answerId, questionId, conversationId } = await ask();
		await eventually(() => textOf(page).length > 20);
		expect(text.startsWith(textOf(page))).toBe(true);
		const row = await ended(page, answerId);
		expect(row).toMatchObject({ text, status: 'answered', inReplyTo: questionId });
		expect(page.rows.get(questionId)).toMatchObject({ text: 'Tell me.', role: 'user' });
		expect(page.answers.size).toBe(0);
		const grown = page.heard.filter(({ name }) => name === 'answer') as { data: { from: number; text: string } }[];
		expect(grown.length).toBeGreaterThan(5);
		// No character was sent twice.
		expect(grown.reduce((length, { data }) => length + data.text.length, 0)).toBe(text.length);
		await eventually(() =>
			page.heard.some(({ name, data }) => name === 'list' && (data as { ids: string[] }).ids.includes(conversationId)),
		);
		page.leave();
	});

	it('goes on where it was after a reload, and is the same in another tab', async () => {
		const text = plainText(200);
		workplace.ollama.answer(text);
		const { page, answerId, newConversation } = await ask();
		await eventually(() => textOf(page).length > 50);
		page.leave();
		const [again, other] = await Promise.all([browser.listen({ newConversation }, page), browser.listen({ newConversation })]);
		const [first, second] = await Promise.all([ended(again, answerId), ended(other, answerId)]);
		expect([first?.text, second?.text]).toEqual([text, text]);
		const [resumed] = again.heard.filter(({ name }) => name === 'answer') as { data: { from: number } }[];
		expect(resumed?.data.from).toBeGreaterThan(0);
		again.leave();
		other.leave();
	});

	it('is stopped from another tab, and goes on when everybody leaves', async () => {
		workplace.ollama.answer(plainText(2_000));
		const { page, answerId, newConversation } = await ask();
		await eventually(() => textOf(page).length > 20);
		page.leave();
		const other = await browser.listen({ newConversation });
		await eventually(() => textOf(other).length > 60);
		expect((await browser.call('POST', `/answers/${answerId}/stop`)).status).toBe(204);
		expect(await ended(other, answerId)).toMatchObject({ status: 'stopped' });
		other.leave();
	});

	it('of a chat is heard of too, by whoever has its conversation open', async () => {
		const { slack, people, channels, answered } = workplace;
		workplace.ollama.answer('Once.');
		const ts = await workplace.ask('say it once');
		await answered(channels.general, ts);
		const list = await browser.call<{ conversations: { id: string; platform: string }[] }>('GET', '/conversations');
		const conversation = list.body.conversations.find(({ platform }) => platform === 'slack')?.id ?? '';
		const page = await browser.listen({ conversation });
		workplace.ollama.answer('Twice.');
		await slack.say({ user: people.tom, channel: channels.general, threadTs: ts, text: 'and again' });
		await eventually(() => [...page.rows.values()].some(({ text, status }) => text === 'Twice.' && status === 'answered'));
		page.leave();
	});

	it('is nobody else’s', async () => {
		const { status } = await browser.listen({ conversation: randomUUID() });
		expect(status).toBe(404);
		expect((await openBrowser(() => workplace.program.address).listen({})).status).toBe(401);
	});

	it('ends with the session, in every tab', async () => {
		const [one, other] = await Promise.all([browser.listen({}), browser.listen({ newConversation: randomUUID() })]);
		await eventually(() => [one, other].every(({ heard }) => heard.length > 0));
		await browser.call('POST', '/sign-out', { everywhere: true });
		await eventually(() => [one, other].every(({ heard, isOver }) => isOver && heard.at(-1)?.name === 'signed-out'));
	});

	it('says good-bye when the program stops', async () => {
		browser = await signIn();
		const page = await browser.listen({});
		await eventually(() => page.heard.length > 0);
		await workplace.program.terminate();
		await eventually(() => page.isOver);
		expect(page.heard.at(-1)).toMatchObject({ name: 'bye', data: { retryMs: expect.any(Number) } });
	});
});

/** Without marks: it only ever goes on. */
function plainText(words: number): string {
	return Array.from({ length: words }, (_, index) => `word${index}`).join(' ');
}
