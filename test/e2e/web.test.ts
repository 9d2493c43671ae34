/** From the chat into a browser: the link that the bot gives, and what is there behind it. */

import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import { eventually } from './eventually.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

const publicUrl = 'https://bot.example.com';

describe('the web', () => {
	let workplace: Workplace;
	let cookie = '';
	beforeAll(async () => {
		workplace = await openWorkplace({ database: 'server', environment: { OPENCCB_PUBLIC_URL: publicUrl } });
		workplace.ollama.answer('On Friday.');
	});
	afterAll(async () => await workplace.close());

	/** As a browser does behind a proxy that speaks https for us. */
	async function call<Body>(method: string, path: string, body?: object): Promise<{ status: number; body: Body | null }> {
		const headers = { host: 'bot.example.com', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', cookie };
		const url = new URL(`/api/v1${path}`, workplace.program.address);
		return await new Promise((resolve, reject) => {
			const sent = request(url, { method, headers }, async (response) => {
				const [kept] = response.headers['set-cookie'] ?? [];
				if (kept !== undefined) cookie = kept.split(';', 1)[0] ?? '';
				const text = (await response.toArray()).join('');
				resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) });
			});
			sent.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
		});
	}

	it('is entered by a link from the personal chat, and shows what was said in the chat as long as one is there', async () => {
		const { slack, people, channels, ask, answered, answers } = workplace;
		const ts = await ask('When is the report due?');
		await answered(channels.general, ts);

		const chat = slack.workspace.openDirect(people.tom).id;
		const { ts: said } = await slack.say({ user: people.tom, channel: chat, text: 'web' });
		const told = await eventually(() => answers(chat, said)[0]);
		const [, secret] = /https:\/\/bot\.example\.com\/enter#([\w-]{43})/.exec(told.text) ?? [];
		expect((await call('GET', '/me')).status).toBe(401);
		expect((await call('POST', '/sign-in/link/owner', { secret })).body).toEqual({ name: 'tom', platform: 'slack' });
		expect((await call('POST', '/sign-in/link', { secret })).status).toBe(204);
		expect((await call('GET', '/me')).body).toMatchObject({ name: 'tom', language: 'en' });

		const listed = async () => (await call<{ conversations: ConversationView[] }>('GET', '/conversations')).body?.conversations ?? [];
		const [conversation] = await listed();
		expect(conversation).toMatchObject({ title: 'When is the report due?', platform: 'slack', kind: 'channel' });
		const page = await call<{ messages: ConversationMessage[] }>('GET', `/conversations/${conversation?.id}/messages`);
		expect(page.body?.messages.map(({ text }) => text)).toEqual(['On Friday.', 'When is the report due?']);

		expect((await call('POST', '/sign-out', { everywhere: true })).status).toBe(204);
		expect((await call('GET', '/conversations')).status).toBe(401);
	});

	it('leaves no secret in what the program writes', () => {
		expect(workplace.program.output()).not.toMatch(/enter#|When is the report/);
	});
});
