/** From the chat into a browser: the link that the bot gives, and what is there behind it. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { UploadedFileView } from '#src/api/contract/files.ts';
import type { ConversationMessage, TakenQuestion } from '#src/api/contract/messages.ts';
import { eventually } from './eventually.ts';
import { queryDatabase } from './observe.ts';
import { openBrowser, publicUrl, type WebBrowser } from './web-page.ts';
import { linkFromChat, signInFromChat } from './web-sign-in.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

describe('the web', () => {
	let workplace: Workplace;
	beforeAll(async () => {
		workplace = await openWorkplace({ environment: { OPENCCB_PUBLIC_URL: publicUrl } });
		workplace.ollama.answer('On Friday.');
	});
	afterAll(async () => await workplace.close());

	/** What stands behind the `#` of the link that somebody is given in their personal chat. */
	const linkFor = async (user: string) => (await linkFromChat(workplace.slack, user)).split('#')[1] ?? '';

	const browser = () => openBrowser(() => workplace.program.address);

	const signIn = (user: string) => signInFromChat(workplace.slack, user, () => workplace.program.address);

	const messagesOf = async ({ call }: WebBrowser, id: string) =>
		(await call<{ messages: ConversationMessage[] }>('GET', `/conversations/${id}/messages`)).body.messages;

	/** In a new conversation. @returns its answer, once it is over. */
	async function ask(asking: WebBrowser, fields: object): Promise<ConversationMessage> {
		const question = { clientId: randomUUID(), newConversation: randomUUID(), ...fields };
		const { body: ids } = await asking.call<TakenQuestion>('POST', '/messages', question);
		return await eventually(async () =>
			(await messagesOf(asking, ids.conversationId).catch(() => [])).find(({ id, status }) => id === ids.answerId && status === 'answered'),
		);
	}

	const lastPrompt = () => JSON.stringify(workplace.ollama.requests.findLast(({ path }) => path === '/api/chat')?.body);

	it('is entered by a link from the personal chat, and shows what was said in the chat as long as one is there', async () => {
		const { people, channels, ask: askInChat, answered } = workplace;
		const ts = await askInChat('When is the report due?');
		await answered(channels.general, ts);

		const secret = await linkFor(people.tom);
		const { call, ...tom } = browser();
		expect((await call('GET', '/me')).status).toBe(401);
		expect((await call('POST', '/sign-in/link/owner', { secret })).body).toEqual({ name: 'tom', platform: 'slack' });
		expect((await call('POST', '/sign-in/link', { secret })).status).toBe(204);
		expect((await call('GET', '/me')).body).toMatchObject({ name: 'tom', language: 'en' });

		const { conversations } = (await call<{ conversations: ConversationView[] }>('GET', '/conversations')).body;
		const [conversation] = conversations;
		expect(conversation).toMatchObject({ title: 'When is the report due?', platform: 'slack', kind: 'channel' });
		const said = await messagesOf({ call, ...tom }, conversation?.id ?? '');
		expect(said.map(({ text }) => text)).toEqual(['On Friday.', 'When is the report due?']);

		expect((await call('POST', '/sign-out', { everywhere: true })).status).toBe(204);
		expect((await call('GET', '/conversations')).status).toBe(401);
	});

	it('takes a file with a question, reads it for the answer, and keeps it as a document of whoever gave it', async () => {
		const tom = await signIn(workplace.people.tom);
		const content = Buffer.from('The blue pump is checked every fourteen months.');
		const { body: file } = await tom.call<UploadedFileView>('POST', '/files', content, { 'x-file-name': 'pump.txt' });
		const answer = await ask(tom, { text: 'How often is the pump checked?', files: [file.id] });
		expect(answer.text).toContain('On Friday.');
		expect(lastPrompt()).toContain('every fourteen months');
		await eventually(async () => (await queryDatabase(workplace, "select id from documents where status = 'ready'")).length === 1);
		await ask(tom, { text: 'How often is the blue pump checked?' });
		expect(lastPrompt()).toContain('every fourteen months');
	});

	it('answers from documents of the channels that its asker is in on Slack, and of no others', async () => {
		const { slack, people, channels } = workplace;
		const closed = slack.workspace.addChannel({ name: 'board', members: [people.lucia, slack.botUserId], isPrivate: true }).id;
		const text = (content: string) => [{ name: 'note.txt', mimetype: 'text/plain', content }];
		await slack.say({ user: people.lucia, channel: channels.general, text: 'for all', files: text('The red pump stands in hall seven.') });
		await slack.say({ user: people.lucia, channel: closed, text: 'for us', files: text('The red pump is sold next May.') });
		const ready = () => queryDatabase(workplace, "select id from documents where status = 'ready'");
		await eventually(async () => (await ready()).length === 3);
		const [tom, lucia] = [await signIn(people.tom), await signIn(people.lucia)];
		await ask(tom, { text: 'What about the red pump?' });
		expect(lastPrompt()).toContain('hall seven');
		expect(lastPrompt()).not.toContain('next May');
		await ask(lucia, { text: 'What about the red pump?' });
		expect(lastPrompt()).toMatch(/hall seven.*next May|next May.*hall seven/);
	});

	it('leaves no secret in what the program writes', () => {
		expect(workplace.program.output()).not.toMatch(/enter#|When is the report|fourteen/);
	});
});
