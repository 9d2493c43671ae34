import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Conversation, startTeamsEmulator, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, type TestBot } from '#test/emulators/teams/test-bot.ts';

let teams: TeamsEmulator;
let bot: TestBot;
let ana: User;
let tom: User;
let chat: Conversation;
let channel: Conversation;

beforeEach(async () => {
	teams = await startTeamsEmulator({ limits: false });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz', locale: 'es-ES' });
	tom = teams.tenant.addUser({ name: 'Tom Baker' });
	chat = teams.tenant.openPersonalChat(ana.id);
	channel = teams.tenant.addTeam({ name: 'Sales', channels: ['Offers'] }).channels[1] as Conversation;
});

afterEach(() => teams.close());

describe('tokens', () => {
	test.each([
		['no token', {}],
		['a token from elsewhere', { authorization: 'Bearer stranger' }],
		['the password instead of a token', { authorization: 'Bearer emulated-app-password' }],
	])('%s is refused', async (_case, headers) => {
		expect((await bot.call('GET', `teams/${channel.team?.id}`, undefined, headers)).status).toBe(401);
	});

	test('a token for Graph is none for the connector', async () => {
		const token = await bot.token('https://graph.microsoft.com/.default');
		expect((await bot.call('GET', `teams/${channel.team?.id}`, undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
	});

	test('a token can be called expired once, and all of them revoked', async () => {
		teams.fail({ operation: 'post', kind: 'expired-token' });
		expect((await bot.post(chat.id, { text: 'Hello' })).status).toBe(401);
		expect((await bot.post(chat.id, { text: 'Hello' })).status).toBe(201);
		teams.revokeTokens();
		expect((await bot.post(chat.id, { text: 'Hello' })).status).toBe(401);
	});

	test.each([
		['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
		['another app', { client_id: 'another' }, 400, 'unauthorized_client'],
		['an unknown scope', { scope: 'https://example.test/.default' }, 400, 'invalid_scope'],
		['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
	])('%s gets no token', async (_case, change, status, error) => {
		const scope = 'https://api.botframework.com/.default';
		const form = { grant_type: 'client_credentials', client_id: teams.appId, client_secret: teams.appPassword, scope, ...change };
		const response = await fetch(`${teams.loginUrl}/${teams.tenantId}/oauth2/v2.0/token`, {
			method: 'POST',
			body: new URLSearchParams(form),
		});
		expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({ status, error });
		expect(JSON.stringify(teams.callsTo('token'))).not.toContain(teams.appPassword);
	});
});

test('posts, updates and deletes a message, and keeps the raw JSON', async () => {
	const posted = await bot.post(chat.id, { text: '**Hello** &amp; <b>welcome</b>', unknown: { kept: true } });
	expect(posted.status).toBe(201);
	const id = posted.body.id ?? '';
	expect(teams.message(chat.id, id)).toMatchObject({
		from: 'bot',
		text: '**Hello** &amp; <b>welcome</b>',
		visibleText: '**Hello** & welcome',
		edited: false,
	});
	expect(teams.callsTo('post')[0]).toMatchObject({ method: 'POST', status: 201, body: { unknown: { kept: true } } });
	expect(await bot.update(chat.id, id, { text: 'Bye' })).toMatchObject({ status: 200, body: { id } });
	expect(teams.message(chat.id, id)).toMatchObject({ visibleText: 'Bye', edited: true });
	expect((await bot.remove(chat.id, id)).status).toBe(200);
	expect(teams.message(chat.id, id)).toMatchObject({ visibleText: '', deleted: true });
	expect(await bot.update(chat.id, id, { text: 'Again' })).toMatchObject({
		status: 404,
		body: { error: { code: 'ActivityNotFoundInConversation' } },
	});
});

test('shows code as it is, and reads no references in it', async () => {
	const { body } = await bot.post(chat.id, { text: '`<b>` &amp; <i>x</i>\n\n```\n<p> &amp; &lt;\n```' });
	expect(teams.message(chat.id, body.id ?? '')?.visibleText).toBe('`<b>` & x\n\n```\n<p> &amp; &lt;\n```');
});

test('an update replaces text, attachments, entities and channel data as a whole', async () => {
	const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Card' }] };
	const { body } = await bot.post(chat.id, {
		attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
		channelData: { feedbackLoopEnabled: true },
	});
	expect(teams.message(chat.id, body.id ?? '')).toMatchObject({ visibleText: 'Card', feedbackEnabled: true });
	await bot.update(chat.id, body.id ?? '', { text: 'Text' });
	expect(teams.message(chat.id, body.id ?? '')).toMatchObject({ visibleText: 'Text', attachments: [], feedbackEnabled: false });
});

test('nobody may change the messages of others', async () => {
	const { id } = await teams.say({ user: ana.id, conversation: chat.id, text: 'Mine' });
	expect((await bot.update(chat.id, id, { text: 'Yours' })).status).toBe(403);
	expect((await bot.remove(chat.id, id)).status).toBe(403);
});

describe('places', () => {
	test('an answer in a channel goes to the thread that the conversation id names', async () => {
		const { id: root } = await teams.say({ user: ana.id, conversation: channel.id, text: 'Question', mentionBot: true });
		const { body } = await bot.post(`${channel.id};messageid=${root}`, { text: 'Answer' });
		expect(teams.message(channel.id, body.id ?? '')).toMatchObject({ threadRootId: root });
		const reply = await bot.call('POST', `conversations/${encodeURIComponent(channel.id)}/activities/${body.id}`, {
			type: 'message',
			text: 'More',
		});
		expect(teams.message(channel.id, reply.body.id ?? '')).toMatchObject({ threadRootId: root });
		const fresh = await bot.post(channel.id, { text: 'News' });
		expect(teams.message(channel.id, fresh.body.id ?? '')).toMatchObject({ threadRootId: undefined });
		expect(teams.messages(channel.id, { threadRootId: root }).map(({ text }) => text)).toEqual([
			'<at>OpenCCB</at> Question',
			'Answer',
			'More',
		]);
	});

	test('what is not there is not found', async () => {
		expect((await bot.post('19:nowhere@thread.v2', { text: 'Hello' })).body.error?.code).toBe('ConversationNotFound');
		expect((await bot.post(`${channel.id};messageid=17`, { text: 'Hello' })).status).toBe(404);
		expect((await bot.update(channel.id, '17', { text: 'Hello' })).status).toBe(404);
		expect((await bot.remove(channel.id, '17')).status).toBe(404);
		expect((await bot.call('GET', 'nothing/here')).status).toBe(404);
	});

	test('without the app, or blocked, nothing can be written', async () => {
		channel.botIsMember = false;
		expect(await bot.post(channel.id, { text: 'Hello' })).toMatchObject({
			status: 403,
			body: { error: { code: 'BotNotInConversationRoster' } },
		});
		chat.isBlocked = true;
		const { status, body } = await bot.post(chat.id, { text: 'Hello' });
		expect({ status, errorCode: body.errorCode }).toEqual({ status: 403, errorCode: 209 });
		expect(JSON.stringify(body)).toContain('MessageWritesBlocked');
	});
});

describe('content', () => {
	const root = {
		type: 'https://schema.org/Message',
		'@type': 'Message',
		'@context': 'https://schema.org',
		additionalType: ['AIGeneratedContent'],
	};
	const claim = (position: number) => ({
		'@type': 'Claim',
		position,
		appearance: { '@type': 'DigitalDocument', name: `Source ${position}`, abstract: 'About', url: 'https://docs.example.test' },
	});

	test('shows the mark of generated content and the citations whose number is in the text', async () => {
		const { body } = await bot.post(chat.id, { text: 'So it is [1].', entities: [{ ...root, citation: [claim(1), claim(2)] }] });
		expect(teams.message(chat.id, body.id ?? '')).toMatchObject({
			aiGenerated: true,
			citations: [{ position: 1, name: 'Source 1', abstract: 'About', url: 'https://docs.example.test' }],
		});
	});

	const cardOf = (body: object[], actions: object[] = []) => ({
		attachments: [
			{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.5', body, actions } },
		],
	});
	const input = { type: 'Input.Text', id: 'name' };
	const wideTable = {
		type: 'Table',
		columns: [{ width: 1 }],
		rows: [{ type: 'TableRow', cells: Array(2).fill({ type: 'TableCell', items: [] }) }],
	};

	test.each([
		['two root entities', { text: 'x', entities: [root, root] }, 400],
		['21 citations', { text: 'x', entities: [{ ...root, citation: Array.from({ length: 21 }, (_, index) => claim(index + 1)) }] }, 400],
		['a citation without a name', { text: 'x', entities: [{ ...root, citation: [{ ...claim(1), appearance: {} }] }] }, 400],
		['neither text nor attachments', { text: ' ' }, 400],
		['an unknown text format', { text: 'x', textFormat: 'html' }, 400],
		['a card that is none', { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }] }, 400],
		['a card with an unknown element', cardOf([{ type: 'Marquee', text: 'x' }]), 400],
		['a card with an element that says nothing', cardOf([{ type: 'Container', items: [{ type: 'TextBlock' }] }]), 400],
		['a card with an input without a name', cardOf([{ type: 'Input.Text' }]), 400],
		['a card with two inputs of one name', cardOf([input, input]), 400],
		['a card with a choice of nothing', cardOf([{ type: 'Input.ChoiceSet', id: 'role', choices: [] }]), 400],
		['a card with a row that is wider than its table', cardOf([wideTable]), 400],
		['a card with seven buttons', cardOf([], Array(7).fill({ type: 'Action.Submit', title: 'Go' })), 400],
		['an activity of another type', { type: 'song', text: 'x' }, 400],
		['more than 100 KB in UTF-16', { text: 'x'.repeat(51_200) }, 413],
	])('%s is refused', async (_case, activity, status) => {
		expect((await bot.post(chat.id, activity)).status).toBe(status);
		expect(teams.messages(chat.id)).toEqual([]);
	});

	test('a body that is not JSON is refused', async () => {
		expect(await bot.call('POST', `conversations/${chat.id}/activities`, 'not JSON')).toMatchObject({
			status: 400,
			body: { error: { code: 'BadSyntax' } },
		});
	});

	test('reads cards as a person does: text, code, tables, buttons', async () => {
		const cell = (text: string) => ({ type: 'TableCell', items: [{ type: 'TextBlock', text }] });
		const body = [
			{ type: 'TextBlock', text: '**Prices**' },
			{
				type: 'Table',
				columns: [{ width: 1 }, { width: 1 }],
				rows: [
					{ type: 'TableRow', cells: [cell('Item'), cell('Price')] },
					{ type: 'TableRow', cells: [cell('Pen'), cell('2')] },
				],
			},
			{ type: 'Container', items: [{ type: 'CodeBlock', codeSnippet: 'total = 2' }] },
			{ type: 'TextBlock', text: 'Hidden', isVisible: false },
			{ type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Retry', verb: 'retry', data: { reply: 7 } }] },
		];
		const actions = [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://docs.example.test' }];
		const card = { type: 'AdaptiveCard', version: '1.5', body, actions };
		const posted = await bot.post(chat.id, { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] });
		const message = teams.message(chat.id, posted.body.id ?? '');
		expect(message?.visibleText).toBe('**Prices**\nItem | Price\nPen | 2\ntotal = 2');
		expect(message?.buttons.map(({ title, verb, data }) => ({ title, verb, data }))).toEqual([
			{ title: 'Retry', verb: 'retry', data: { reply: 7 } },
			{ title: 'Open', verb: undefined, data: undefined },
		]);
	});

	test('a mention notifies only with a tag and an entity', async () => {
		const entity = { type: 'mention', mentioned: { id: tom.id, name: 'Tom' }, text: '<at>Tom</at>' };
		const notified = async (activity: Record<string, unknown>) => {
			const { body } = await bot.post(chat.id, activity);
			const message = teams.message(chat.id, body.id ?? '');
			return message === undefined ? [] : teams.notifies(message);
		};
		expect(await notified({ text: '<at>Tom</at>' })).toEqual([]);
		expect(await notified({ text: 'Tom', entities: [entity] })).toEqual([]);
		expect(await notified({ text: 'Hello <at>Tom</at>', entities: [entity] })).toEqual([tom.id]);
		expect(await notified({ text: 'Hello <at>Tom</at>', entities: [{ ...entity, mentioned: { id: tom.aadObjectId } }] })).toEqual([tom.id]);
	});
});

describe('targeted messages', () => {
	test('are seen by one member only and updated without naming the recipient', async () => {
		const { body, status } = await bot.post(
			channel.id,
			{ text: 'For you', recipient: { id: ana.id, isTargeted: true } },
			'?isTargetedActivity=true',
		);
		expect(status).toBe(201);
		const id = body.id ?? '';
		expect(teams.message(channel.id, id)).toMatchObject({ isTargeted: true, visibleTo: ana.id });
		expect((await bot.update(channel.id, id, { text: 'Changed', recipient: { id: ana.id } })).status).toBe(400);
		expect((await bot.update(channel.id, id, { text: 'Changed' })).status).toBe(200);
	});

	test('need a recipient who is a member, and a place with others', async () => {
		const outsider = teams.tenant.addUser({ name: 'Outsider' });
		expect((await bot.post(channel.id, { text: 'x' }, '?isTargetedActivity=true')).status).toBe(400);
		expect((await bot.post(channel.id, { text: 'x', recipient: { id: outsider.id } }, '?isTargetedActivity=true')).status).toBe(404);
		expect((await bot.post(chat.id, { text: 'x', recipient: { id: ana.id } }, '?isTargetedActivity=true')).status).toBe(400);
	});

	test('are gone after a day', async () => {
		let nowMs = Date.now();
		const timed = await startTeamsEmulator({ now: () => nowMs, tokenLifetimeMs: 48 * 3_600_000 });
		try {
			const timedBot = createTestBot(timed);
			const user = timed.tenant.addUser({ name: 'Ana' });
			const group = timed.tenant.addGroupChat([user.id]);
			const { body } = await timedBot.post(group.id, { text: 'For you', recipient: { id: user.id } }, '?isTargetedActivity=true');
			nowMs += 24 * 3_600_000 + 1;
			expect((await timedBot.update(group.id, body.id ?? '', { text: 'Changed' })).body.error?.code).toBe('ActivityNotFoundInConversation');
		} finally {
			await timed.close();
		}
	});

	test('without the query everybody sees it', async () => {
		const { body } = await bot.post(channel.id, { text: 'For you', recipient: { id: ana.id, isTargeted: true } });
		expect(teams.message(channel.id, body.id ?? '')).toMatchObject({ isTargeted: false });
	});
});

test('the typing sign shows in chats until the bot posts, or some seconds, and never in channels', async () => {
	let nowMs = Date.now();
	const timed = await startTeamsEmulator({ now: () => nowMs });
	try {
		const timedBot = createTestBot(timed);
		const user = timed.tenant.addUser({ name: 'Ana' });
		const direct = timed.tenant.openPersonalChat(user.id);
		const general = timed.tenant.addTeam({ name: 'Team' }).id;
		const sign = { type: 'typing' };
		expect((await timedBot.post(direct.id, sign)).status).toBe(201);
		expect(timed.typing(direct.id)).toBe(true);
		nowMs += 5_000;
		expect(timed.typing(direct.id)).toBe(false);
		await timedBot.post(direct.id, sign);
		await timedBot.post(direct.id, { text: 'Here I am' });
		expect(timed.typing(direct.id)).toBe(false);
		await timedBot.post(general, sign);
		expect(timed.typing(general)).toBe(false);
	} finally {
		await timed.close();
	}
});

describe('ordered failures', () => {
	test('happen as often as ordered and to the ordered operation', async () => {
		teams.fail({ operation: 'post', kind: '502', times: 2 });
		teams.fail({ operation: 'update', kind: '412' });
		expect((await bot.post(chat.id, { text: 'One' })).status).toBe(502);
		expect((await bot.post(chat.id, { text: 'Two' })).status).toBe(502);
		const { body } = await bot.post(chat.id, { text: 'Three' });
		expect((await bot.update(chat.id, body.id ?? '', { text: 'Four' })).body.error?.code).toBe('PreconditionFailed');
		expect(teams.messages(chat.id).map(({ text }) => text)).toEqual(['Three']);
	});

	test('429 comes with the time to wait, or without', async () => {
		teams.fail({ operation: '*', kind: '429', retryAfterSeconds: 3 });
		teams.fail({ operation: '*', kind: '429', retryAfterSeconds: null });
		expect((await bot.post(chat.id, { text: 'x' })).headers.get('retry-after')).toBe('3');
		const { status, headers } = await bot.post(chat.id, { text: 'x' });
		expect({ status, wait: headers.get('retry-after') }).toEqual({ status: 429, wait: null });
	});

	test('stored and lost: the message is there, the answer is not', async () => {
		teams.fail({ operation: 'post', kind: 'stored-then-502' });
		teams.fail({ operation: 'post', kind: 'stored-then-reset' });
		teams.fail({ operation: 'post', kind: 'reset' });
		expect((await bot.post(chat.id, { text: 'One' })).status).toBe(502);
		await expect(bot.post(chat.id, { text: 'Two' })).rejects.toThrow();
		await expect(bot.post(chat.id, { text: 'Three' })).rejects.toThrow();
		expect(teams.messages(chat.id).map(({ text }) => text)).toEqual(['One', 'Two']);
		expect(teams.callsTo('post').map(({ status }) => status)).toEqual([502, null, null]);
	});

	test('silence lasts until the caller gives up', async () => {
		teams.fail({ operation: 'post', kind: 'hang' });
		const token = await bot.token();
		const post = fetch(`${teams.serviceUrl}v3/conversations/${chat.id}/activities`, {
			method: 'POST',
			body: '{}',
			headers: { authorization: `Bearer ${token}` },
			signal: AbortSignal.timeout(100),
		});
		await expect(post).rejects.toThrow('aborted');
	});
});
