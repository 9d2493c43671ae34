/** From the chat into a browser: the link that the bot gives, and what is there behind it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { openBrowser, publicUrl } from './web-page.ts';
import { linkFromChat } from './web-sign-in.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('the web', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ database: 'server', environment: { OPENCCB_PUBLIC_URL: publicUrl } });
		workplace.ollama.answer('On Friday.');
	});
	afterAll(async () => await workplace.close());

	it('is entered by a link from the personal chat, and shows what was said in the chat as long as one is there', async () => {
		const { slack, people, channels, ask, answered } = workplace;
		const ts = await ask('When is the report due?');
		await answered(channels.general, ts);

		const [page, secret] = (await linkFromChat(slack, people.tom)).split('#');
		expect(page).toBe(`${publicUrl}/enter`);
		const { call } = openBrowser(() => workplace.program.address);
		expect((await call('GET', '/me')).status).toBe(401);
		expect((await call('POST', '/sign-in/link/owner', { secret })).body).toEqual({ name: 'tom', platform: 'slack' });
		expect((await call('POST', '/sign-in/link', { secret })).status).toBe(204);
		expect((await call('GET', '/me')).body).toMatchObject({ name: 'tom', language: 'en' });

		const listed = async () => (await call<{ conversations: ConversationView[] }>('GET', '/conversations')).body.conversations;
		const [conversation] = await listed();
		expect(conversation).toMatchObject({ title: 'When is the report due?', platform: 'slack', kind: 'channel' });
		const { body } = await call<{ messages: ConversationMessage[] }>('GET', `/conversations/${conversation?.id}/messages`);
		expect(body.messages.map(({ text }) => text)).toEqual(['On Friday.', 'When is the report due?']);

		expect((await call('POST', '/sign-out', { everywhere: true })).status).toBe(204);
		expect((await call('GET', '/conversations')).status).toBe(401);
	});

	it('leaves no secret in what the program writes', () => {
		expect(workplace.program.output()).not.toMatch(/enter#|When is the report/);
	});
});
