/** Coming into the web from the chat of each platform, and the way back to it. */

import { describe, expect, it } from 'vitest';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import type { Me } from '#src/api/contract/people.ts';
import type { CodeState, LinkOwner, ShownCode } from '#src/api/contract/sign-in.ts';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { question } from '../promises.ts';
import { openBrowser, type WebBrowser } from '../web-page.ts';
import { answerTo, type Colleague, colleague, command, type Everywhere, employee, platformNames, usualAnswer } from './everywhere.ts';

export function describeSigningIn(everywhere: () => Everywhere): void {
	const browser = () => openBrowser(() => everywhere().program.address);

	async function signIn(person: Colleague): Promise<WebBrowser> {
		const opened = browser();
		const [, secret] = /https:\/\/bot\.example\.com\/enter#([\w-]{43})/.exec(await command(person, 'web')) ?? [];
		const { body } = await opened.call<LinkOwner>('POST', '/sign-in/link/owner', { secret });
		expect(body).toMatchObject({ platform: person.stage.name });
		expect((await opened.call('POST', '/sign-in/link', { secret })).status).toBe(204);
		// It works once.
		expect((await browser().call('POST', '/sign-in/link', { secret })).status).toBe(404);
		return opened;
	}

	describe.each(platformNames)('the web from %s', (name) => {
		it('is entered by a link, and shows the thread of a channel with its way back', async () => {
			const { stage } = everywhere().administrators[name];
			const room = stage.openRoom('channel');
			const person = colleague(stage, room.asker, stage.chatOf(room.asker));
			const asked = await stage.ask({ room, text: question('what is on the web') });
			expect(await answerTo(person, asked)).toBe(usualAnswer);
			const { call } = await signIn(person);
			expect((await call<Me>('GET', '/me')).body.accounts).toEqual([expect.objectContaining({ platform: name })]);
			const { body } = await call<{ conversations: ConversationView[] }>('GET', '/conversations');
			const [conversation] = body.conversations;
			expect(conversation).toMatchObject({ platform: name, kind: 'channel', permalink: expect.stringMatching(/^https:/) });
			// An answer is kept a moment after it is shown.
			const links = await eventually(async () => {
				const { messages } = (await call<{ messages: ConversationMessage[] }>('GET', `/conversations/${conversation?.id}/messages`)).body;
				const known = messages.flatMap(({ permalink }) => (permalink === null ? [] : [new URL(permalink).pathname]));
				return known.length === 2 ? known : null;
			});
			expect(links[1]).toBe(new URL(stage.linkTo(asked)).pathname);
			expect(links[0]).toBe(new URL(conversation?.permalink ?? '').pathname);
		});

		it('is entered by a code that the chat confirms, by whoever sits in front of the browser', async () => {
			const person = employee(everywhere().administrators[name].stage);
			const { call } = browser();
			const { code } = (await call<ShownCode>('POST', '/sign-in/code')).body;
			expect((await call<CodeState>('POST', '/sign-in/code/use')).body).toEqual({ state: 'waiting' });
			expect(await command(person, `web ${code}`)).toContain(`web ${code} yes`);
			expect((await call<CodeState>('POST', '/sign-in/code/use')).body).toEqual({ state: 'waiting' });
			expect(await command(person, `web ${code} yes`)).toBe(english.web.confirmed);
			expect((await call<CodeState>('POST', '/sign-in/code/use')).body).toEqual({ state: 'signed-in' });
			expect((await call<Me>('GET', '/me')).body.accounts).toEqual([expect.objectContaining({ platform: name })]);
		});
	});
}
