import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Conversation, startTeamsEmulator, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, eventually, startTestEndpoint, type TestBot, type TestEndpoint } from '#test/emulators/teams/test-bot.ts';

let teams: TeamsEmulator;
let endpoint: TestEndpoint;
let bot: TestBot;
let ana: User;
let tom: User;
let chat: Conversation;
let channel: Conversation;

beforeEach(async () => {
	endpoint = await startTestEndpoint();
	teams = await startTeamsEmulator({
		limits: false,
		messagingEndpoint: endpoint.url,
		retryDelaysMs: [0, 0],
	});
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz', locale: 'es-ES' });
	tom = teams.tenant.addUser({ name: 'Tom Baker' });
	chat = teams.tenant.openPersonalChat(ana.id);
	channel = teams.tenant.addTeam({ name: 'Sales', channels: ['Offers'] }).channels[1] as Conversation;
});

afterEach(async () => {
	await teams.close();
	await endpoint.close();
});

/** The activities that arrived, once there are so many. */
async function received(count: number) {
	await eventually(() => expect(endpoint.received.length).toBeGreaterThanOrEqual(count));
	return endpoint.received.map(({ activity }) => activity);
}

describe('messages', () => {
	test('in a personal chat say who wrote what, where, and in which language', async () => {
		const { id } = await teams.say({ user: ana.id, conversation: chat.id, text: 'a < b & c' });
		const [activity] = await received(1);
		expect(activity).toMatchObject({
			type: 'message',
			id,
			channelId: 'msteams',
			serviceUrl: teams.serviceUrl,
			locale: 'es-ES',
			text: 'a &lt; b &amp; c',
			textFormat: 'plain',
			from: { id: ana.id, aadObjectId: ana.aadObjectId, name: 'Ana Ruiz', role: 'user' },
			recipient: { id: teams.botId, name: 'OpenCCB' },
			conversation: { id: chat.id, conversationType: 'personal', tenantId: teams.tenantId },
			channelData: { tenant: { id: teams.tenantId } },
			attachments: [{ contentType: 'text/html', content: '<p>a &lt; b &amp; c</p>' }],
		});
		expect(activity?.conversation).not.toHaveProperty('isGroup');
		expect(endpoint.received[0]?.headers.authorization).toMatch(/^Bearer \S+\.\S+\.\S+$/);
		expect(teams.message(chat.id, id)?.visibleText).toBe('a < b & c');
	});

	test('tell the time that Graph tells of the message; an edit tells its own', async () => {
		let minutes = 0;
		const later = () => Date.UTC(2026, 10, 30, 9, minutes++);
		await teams.close();
		teams = await startTeamsEmulator({ limits: false, messagingEndpoint: endpoint.url, now: later });
		ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
		chat = teams.tenant.openPersonalChat(ana.id);
		const { id } = await teams.say({ user: ana.id, conversation: chat.id, text: 'at nine' });
		const [activity] = await received(1);
		const token = await createTestBot(teams).token('https://graph.microsoft.com/.default');
		const listed = await fetch(`${teams.graphUrl}/v1.0/chats/${chat.id}/messages`, { headers: { authorization: `Bearer ${token}` } });
		expect(await listed.json()).toMatchObject({ value: [{ id, createdDateTime: activity?.timestamp }] });
		await teams.edit({ user: ana.id, conversation: chat.id, id, text: 'at ten' });
		const [first, second] = (await received(2)).map(({ timestamp }) => Date.parse(String(timestamp)));
		expect(second).toBeGreaterThan(first ?? Number.NaN);
	});

	test('in a channel arrive only when they mention the bot, in their thread', async () => {
		const { id: root } = await teams.say({ user: ana.id, conversation: channel.id, text: 'not for you' });
		const { id } = await teams.say({
			user: tom.id,
			conversation: channel.id,
			text: 'you',
			mentionBot: 'twice',
			mentions: [ana.id],
			threadRootId: root,
		});
		const [activity] = await received(1);
		expect(endpoint.received).toHaveLength(1);
		expect(activity).toMatchObject({
			id,
			text: '<at>OpenCCB</at> <at>Ana Ruiz</at> you <at>OpenCCB</at>',
			conversation: { id: `${channel.id};messageid=${root}`, isGroup: true, conversationType: 'channel', name: 'Offers' },
			channelData: { teamsChannelId: channel.id, teamsTeamId: channel.team?.id, team: { id: channel.team?.id } },
			entities: [
				{ type: 'mention', mentioned: { id: teams.botId }, text: '<at>OpenCCB</at>' },
				{ type: 'mention', mentioned: { id: ana.id } },
				{ type: 'mention', mentioned: { id: teams.botId } },
				{ type: 'clientInfo', locale: 'en-US', country: 'US' },
			],
		});
		expect(JSON.stringify(activity?.attachments)).toContain('http://schema.skype.com/Mention');
	});

	test('with resource-specific consent all of them arrive', async () => {
		const group = teams.tenant.addGroupChat([ana.id, tom.id]);
		group.resourceSpecificConsent = true;
		await teams.say({ user: ana.id, conversation: group.id, text: 'not for you' });
		expect((await received(1))[0]).toMatchObject({ text: 'not for you', conversation: { conversationType: 'groupChat', isGroup: true } });
	});

	test('of a federated person come from another tenant, of an anonymous one without an object id', async () => {
		const fay = teams.tenant.addUser({ name: 'Fay', tenantId: '11111111-2222-4333-8444-555555555555' });
		const someone = teams.tenant.addUser({ name: 'Someone', isAnonymous: true });
		await teams.say({ user: fay.id, conversation: teams.tenant.openPersonalChat(fay.id).id, text: 'Hello' });
		const [first] = await received(1);
		expect(first).toMatchObject({ conversation: { tenantId: fay.tenantId }, channelData: { tenant: { id: fay.tenantId } } });
		const meeting = teams.tenant.addGroupChat([someone.id]);
		await teams.say({ user: someone.id, conversation: meeting.id, text: 'Hello', mentionBot: true });
		expect((await received(2))[1]?.from).not.toHaveProperty('aadObjectId');
	});

	test('can be changed, removed and brought back', async () => {
		const place = { user: ana.id, conversation: chat.id };
		const { id } = await teams.say({ ...place, text: 'One' });
		await received(1);
		await teams.edit({ ...place, id, text: 'Two' });
		await received(2);
		await teams.remove({ ...place, id });
		await received(3);
		await teams.undelete({ ...place, id });
		const [, edited, removed, undeleted] = await received(4);
		expect(edited).toMatchObject({ type: 'messageUpdate', id, text: 'Two', channelData: { eventType: 'editMessage', tenant: {} } });
		expect(removed).toMatchObject({ type: 'messageDelete', id, channelData: { eventType: 'softDeleteMessage' } });
		expect(undeleted).toMatchObject({ type: 'messageUpdate', id, text: 'Two', channelData: { eventType: 'undeleteMessage' } });
		await expect(teams.edit({ ...place, user: tom.id, id, text: 'x' })).rejects.toThrow(TypeError);
	});

	test('tell where the clock of their author stands, as the client calls it', async () => {
		const [yuki, old] = [
			teams.tenant.addUser({ name: 'Yuki', timeZone: 'Asia/Tokyo' }),
			teams.tenant.addUser({ name: 'Old', timeZone: 'Tokyo Standard Time' }),
		];
		for (const { id } of [yuki, old]) await teams.say({ user: id, conversation: teams.tenant.openPersonalChat(id).id, text: 'Hello' });
		const [first, second] = await received(2);
		expect(first).toMatchObject({ localTimezone: 'Asia/Tokyo', entities: [{ type: 'clientInfo', timezone: 'Asia/Tokyo' }] });
		expect(String(first?.localTimestamp)).toMatch(/\+09:00$/);
		expect(Date.parse(String(first?.localTimestamp))).toBe(Date.parse(String(first?.timestamp)));
		expect(second).toMatchObject({ localTimezone: 'Tokyo Standard Time' });
	});

	test('that are formatted have no text where there is none, and the HTML as it was made', async () => {
		await teams.say({ user: ana.id, conversation: chat.id, text: '', html: '<ul><li>one</li></ul>' });
		const [activity] = await received(1);
		expect(activity).not.toHaveProperty('text');
		expect(activity?.attachments).toEqual([{ contentType: 'text/html', content: '<div><ul><li>one</li></ul></div>' }]);
	});

	test('that quote others have a marker, the beginning of their words in HTML, and an entity', async () => {
		const group = teams.tenant.addGroupChat([ana.id, tom.id]);
		const { id } = await teams.say({ user: tom.id, conversation: group.id, text: 'a < b' });
		const { id: gone } = await teams.say({ user: tom.id, conversation: group.id, text: 'oops' });
		await teams.remove({ user: tom.id, conversation: group.id, id: gone });
		await teams.say({ user: ana.id, conversation: group.id, text: 'why?', mentionBot: true, quotes: [id, gone] });
		const [activity] = await received(1);
		expect(activity?.text).toBe(`<quoted messageId="${id}"/><quoted messageId="${gone}"/><at>OpenCCB</at> why?`);
		const content = JSON.stringify(activity?.attachments);
		expect(content).toContain(JSON.stringify(`itemtype="http://schema.skype.com/Reply" itemid="${id}"`).slice(1, -1));
		expect(content).toContain('>Tom Baker</strong>');
		expect(content).toContain('a &lt; b</p>');
		const quotedReply = { messageId: id, senderId: tom.id, senderName: 'Tom Baker', preview: 'a < b', time: id };
		expect(activity?.entities).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'quotedReply', quotedReply })]));
		expect(activity?.entities).toEqual(
			expect.arrayContaining([{ type: 'quotedReply', quotedReply: { messageId: gone, isReplyDeleted: true } }]),
		);
		await expect(teams.say({ user: ana.id, conversation: group.id, text: 'x', quotes: ['1'] })).rejects.toThrow(TypeError);
	});

	test('that pass others on have their words below, and nobody’s name', async () => {
		const group = teams.tenant.addGroupChat([ana.id, tom.id]);
		const { id } = await teams.say({ user: tom.id, conversation: group.id, text: 'Orders fail' });
		await teams.say({ user: ana.id, conversation: chat.id, text: 'look', forwards: { conversation: group.id, id } });
		const [activity] = await received(1);
		expect(activity?.text).toBe('look\n\nOrders fail');
		const blockquote = '<blockquote itemtype="http://schema.skype.com/Forward">\n<p>Orders fail</p>\n</blockquote>';
		expect(activity?.attachments).toEqual([{ contentType: 'text/html', content: `<p>look</p>\n${blockquote}` }]);
		expect(JSON.stringify(activity)).not.toContain('Tom Baker');
		expect(teams.messages(chat.id)[0]?.forwarded).toEqual({ from: tom.id, visibleText: 'Orders fail', comment: 'look' });
		const unread = teams.tenant.addGroupChat([tom.id]);
		const secret = { conversation: unread.id, id: (await teams.say({ user: tom.id, conversation: unread.id, text: 'Secret' })).id };
		await expect(teams.say({ user: ana.id, conversation: chat.id, text: '', forwards: secret })).rejects.toThrow(TypeError);
	});

	test('of other apps reach the bot only when somebody passes them on', async () => {
		const app = teams.tenant.addApp({ name: 'Monitor' });
		const body = [
			{ type: 'TextBlock', text: 'Disk full' },
			{ type: 'Input.ChoiceSet', choices: [{ title: 'Mine', value: '1' }] },
		];
		const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', body } }];
		const { id } = await teams.sayAsApp({ app, conversation: channel.id, attachments });
		await expect(teams.sayAsApp({ app, conversation: chat.id, attachments })).rejects.toThrow(TypeError);
		await teams.say({ user: ana.id, conversation: chat.id, text: '', forwards: { conversation: channel.id, id } });
		const [activity] = await received(1);
		expect(activity?.text).toBe('Disk full\nMine');
	});

	test('of a slash command are for the bot alone', async () => {
		const { id } = await teams.slash({ user: ana.id, conversation: channel.id, text: 'help' });
		expect((await received(1))[0]).toMatchObject({ id, text: 'help', recipient: { id: teams.botId, isTargeted: true } });
		expect(teams.message(channel.id, id)).toMatchObject({ isTargeted: true, visibleTo: ana.id });
	});
});

describe('an activity', () => {
	test('comes again with the same id after silence and after errors, until it is answered', async () => {
		endpoint.nextStatuses.push(503, 500);
		await teams.say({ user: ana.id, conversation: chat.id, text: 'Hello' });
		const activities = await received(3);
		expect(new Set(activities.map(({ id }) => id)).size).toBe(1);
		await eventually(() =>
			expect(teams.deliveries.map(({ status, attempt }) => ({ status, attempt }))).toEqual([
				{ status: 503, attempt: 0 },
				{ status: 500, attempt: 1 },
				{ status: 200, attempt: 2 },
			]),
		);
	});

	test('comes again when no answer comes in time; an invoke has failed then', async () => {
		endpoint.answer = 'silence';
		const impatient = await startTeamsEmulator({
			messagingEndpoint: endpoint.url,
			ackTimeoutMs: 50,
			invokeTimeoutMs: 50,
			retryDelaysMs: [0, 0],
		});
		try {
			const user = impatient.tenant.addUser({ name: 'Ana' }).id;
			const conversation = impatient.tenant.openPersonalChat(user).id;
			await impatient.say({ user, conversation, text: 'Hello' });
			await eventually(() => expect(impatient.deliveries).toHaveLength(3));
			expect(impatient.deliveries.map(({ status }) => status)).toEqual([null, null, null]);
			const { body } = await createTestBot(impatient).post(conversation, { text: 'Answer', channelData: { feedbackLoopEnabled: true } });
			const feedback = { user, conversation, id: body.id ?? '', reaction: 'like' } as const;
			expect(await impatient.giveFeedback(feedback)).toMatchObject({ status: null, failure: 'no answer in time' });
			expect(impatient.deliveries).toHaveLength(4);
		} finally {
			await impatient.close();
		}
	});

	test('that was refused does not come again', async () => {
		endpoint.nextStatuses.push(401);
		await teams.say({ user: ana.id, conversation: chat.id, text: 'One' });
		await eventually(() => expect(teams.deliveries[0]?.status).toBe(401));
		await teams.say({ user: ana.id, conversation: chat.id, text: 'Two' });
		expect((await received(2)).map(({ text }) => text)).toEqual(['One', 'Two']);
	});

	test('can come twice at once, and its answer can get lost', async () => {
		teams.duplicateDeliveries(true);
		await teams.say({ user: ana.id, conversation: chat.id, text: 'One' });
		const [first, second] = await received(2);
		expect(first?.id).toBe(second?.id);
		// An answer that is still on its way would be the one that gets lost.
		await eventually(() => expect(teams.deliveries.map(({ status }) => status)).toEqual([200, 200]));
		teams.duplicateDeliveries(false);
		teams.dropAcks(1);
		await teams.say({ user: ana.id, conversation: chat.id, text: 'Two' });
		const [, , third, fourth] = await received(4);
		expect(third?.id).toBe(fourth?.id);
	});
});

describe('buttons and feedback', () => {
	const action = { type: 'Action.Execute', title: 'Retry', verb: 'retry', data: { reply: 7 } };
	const submit = { type: 'Action.Submit', title: 'Send', data: { form: 'a' } };
	const name = { type: 'Input.Text', id: 'name', label: 'Name', maxLength: 10 };
	const size = {
		type: 'Input.ChoiceSet',
		id: 'size',
		label: 'Size',
		isRequired: true,
		value: 'small',
		choices: [{ title: 'S', value: 'small' }],
	};
	const body = [{ type: 'TextBlock', text: 'Failed' }, name, size];
	const card = { type: 'AdaptiveCard', version: '1.5', body, actions: [action, submit] };

	async function postCard(): Promise<string> {
		const { body } = await bot.post(chat.id, { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] });
		return body.id ?? '';
	}

	test('a pressed button is an invoke whose answer the presser sees', async () => {
		const id = await postCard();
		endpoint.answer = { status: 200, body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Trying again' } };
		const result = await teams.pressCard({ user: ana.id, conversation: chat.id, id, verb: 'retry' });
		expect(result).toMatchObject({ status: 200, shown: 'Trying again' });
		expect((await received(1))[0]).toMatchObject({
			type: 'invoke',
			name: 'adaptiveCard/action',
			replyToId: id,
			value: { action: { ...action, data: { reply: 7, name: '', size: 'small' } }, trigger: 'manual' },
		});
		expect(teams.deliveries[0]).toMatchObject({ type: 'invoke:adaptiveCard/action', status: 200 });
	});

	test('an invoke that is refused has failed, and does not come again', async () => {
		const press = { user: ana.id, conversation: chat.id, id: await postCard(), title: 'Retry' };
		endpoint.answer = { status: 501 };
		expect(await teams.pressCard(press)).toMatchObject({ status: 501, failure: 'answered 501' });
		endpoint.answer = { status: 200, body: { statusCode: 403, type: 'application/vnd.microsoft.error', value: {} } };
		expect(await teams.pressCard(press)).toMatchObject({ status: 200, failure: 'answered 403' });
		expect(endpoint.received).toHaveLength(2);
	});

	test('a submitted form is a message with a value and no text', async () => {
		const id = await postCard();
		await teams.pressCard({ user: ana.id, conversation: chat.id, id, title: 'Send', inputs: { name: 'Ana' } });
		const [activity] = await received(1);
		expect(activity).toMatchObject({ type: 'message', value: { form: 'a', name: 'Ana', size: 'small' }, replyToId: id });
		expect(activity).not.toHaveProperty('text');
	});

	test.each([{ other: 'x' }, { name: 'x'.repeat(11) }, { size: 'large' }, { size: '' }])('nobody can send %j', async (inputs) => {
		const id = await postCard();
		const press = { user: ana.id, conversation: chat.id, id, title: 'Send', inputs };
		await expect(teams.pressCard(press)).rejects.toThrow(TypeError);
		expect(endpoint.received).toEqual([]);
	});

	test('only buttons that are there can be pressed, by those who see them', async () => {
		const id = await postCard();
		const press = { user: ana.id, conversation: chat.id, id };
		await expect(teams.pressCard({ ...press, verb: 'other' })).rejects.toThrow(TypeError);
		await expect(teams.pressCard({ ...press, user: tom.id, verb: 'retry' })).rejects.toThrow(TypeError);
		await bot.remove(chat.id, id);
		await expect(teams.pressCard({ ...press, verb: 'retry' })).rejects.toThrow(TypeError);
	});

	test('feedback is JSON within JSON, and needs the message to ask for it', async () => {
		const { body } = await bot.post(chat.id, { text: 'Answer', channelData: { feedbackLoop: { type: 'default' } } });
		const feedback = { user: ana.id, conversation: chat.id, id: body.id ?? '', reaction: 'dislike', text: 'too long' } as const;
		expect(await teams.giveFeedback(feedback)).toMatchObject({ status: 200 });
		const actionValue = { reaction: 'dislike', feedback: '{"feedbackText":"too long"}' };
		expect((await received(1))[0]).toMatchObject({
			name: 'message/submitAction',
			replyToId: body.id,
			value: { actionName: 'feedback', actionValue },
		});
		const plain = await bot.post(chat.id, { text: 'Answer' });
		await expect(teams.giveFeedback({ ...feedback, id: plain.body.id ?? '' })).rejects.toThrow(TypeError);
	});
});

test('tells when the app comes and goes, and when people do', async () => {
	const place = { user: ana.id, conversation: channel.id };
	await teams.installationUpdate({ ...place, action: 'remove' });
	const [removed] = await received(1);
	expect(removed).toMatchObject({ type: 'installationUpdate', action: 'remove', conversation: { id: channel.team?.id } });
	expect((await bot.post(channel.id, { text: 'x' })).status).toBe(403);
	await teams.installationUpdate({ ...place, action: 'add' });
	await received(2);
	await teams.conversationUpdate({ ...place, membersRemoved: [tom.id] });
	expect((await received(3))[2]).toMatchObject({
		type: 'conversationUpdate',
		membersRemoved: [{ id: tom.id, aadObjectId: tom.aadObjectId }],
		channelData: { eventType: 'teamMemberRemoved', team: { name: 'Sales', aadGroupId: channel.team?.aadGroupId } },
	});
	await expect(teams.say({ user: tom.id, conversation: channel.id, text: 'x' })).rejects.toThrow(TypeError);
});

test('whoever looks on is told of every change until he looks away', async () => {
	const changes: string[] = [];
	const end = teams.onChange(({ type }) => changes.push(type));
	const { body } = await bot.post(chat.id, { text: 'One' });
	await bot.update(chat.id, body.id ?? '', { text: 'Two' });
	await bot.post(chat.id, { type: 'typing' });
	await bot.remove(chat.id, body.id ?? '');
	end();
	await bot.post(chat.id, { text: 'Three' });
	expect(changes).toEqual(['posted', 'changed', 'typing', 'deleted']);
});
