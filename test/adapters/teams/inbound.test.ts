/** What the adapter makes of activities, and of anything else that might come. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEnvelope, readPlace, teamsConversationId } from '../../../adapters/teams/activity.ts';
import { readActivity, readEvents } from '../../../adapters/teams/inbound.ts';

const bot = { id: '28:app', name: 'Bot' };
const mention = { type: 'mention', text: '<at>Bot</at>', mentioned: { id: '28:app' } };
const other = { type: 'mention', text: '<at>Ana</at>', mentioned: { id: '29:ana' } };
const tenantId = '0c9b8a79-6857-4463-92f1-e0dfcebdac9b';
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const base = {
	id: '1700000000001',
	type: 'message',
	channelId: 'msteams',
	serviceUrl,
	timestamp: '2026-11-23T10:00:00.000Z',
	locale: 'es-es',
	from: { id: '29:tom', name: 'Tom', aadObjectId: 'aad-tom', role: 'user' },
	recipient: bot,
	channelData: { tenant: { id: tenantId } },
};
const direct = { ...base, text: 'hi', conversation: { id: 'a:1xyz', conversationType: 'personal', tenantId } };
const group = {
	...base,
	text: '<at>Bot</at> hi',
	entities: [mention],
	conversation: { id: '19:g@thread.v2', conversationType: 'groupChat', tenantId },
};
const inChannel = (thread: string) => ({ id: `19:c@thread.tacv2;messageid=${thread}`, conversationType: 'channel', tenantId });
const channel = { ...base, text: '<at>Bot</at> hi', entities: [mention], conversation: inChannel(base.id) };
const reply = { ...channel, id: '1700000000009', text: 'and then?', entities: [] };

const read = (activity: Record<string, unknown>) => readActivity(activity, { hasGraph: false, homeTenantId: tenantId });

describe('a message', () => {
	it.each([
		[
			'in a personal chat',
			direct,
			{ addressedBy: 'direct', startsThread: false, place: { kind: 'direct', channelId: 'a:1xyz', threadId: '' } },
		],
		[
			'in a group chat',
			group,
			{ addressedBy: 'mention', startsThread: false, place: { kind: 'group', channelId: '19:g@thread.v2', threadId: '' } },
		],
		['that begins a thread', channel, { addressedBy: 'mention', startsThread: true, place: { kind: 'channel', threadId: base.id } }],
		[
			'between people in a channel',
			{ ...channel, entities: [], text: 'hi all' },
			{ addressedBy: 'talk', startsThread: true, place: { kind: 'channel' } },
		],
		['in a thread', reply, { addressedBy: 'thread', startsThread: false, place: { kind: 'channel', threadId: base.id } }],
	])('is read %s', (_name, activity, expected) => {
		expect(read(activity)).toMatchObject({
			type: 'message-received',
			platform: 'teams',
			tenantId,
			occurredAt: base.timestamp,
			locale: 'es-ES',
			author: { tenantId, accountId: 'aad-tom' },
			messageId: activity.id,
			attachments: [],
			...expected,
			place: { platform: 'teams', tenantId, route: serviceUrl, ...expected.place },
		});
	});

	it('has the same place as every other message of its thread', () => {
		const [first, second] = [readPlace(channel), readPlace(reply)];
		expect(first).toEqual(second);
		expect(first === null ? '' : teamsConversationId(first)).toBe(channel.conversation.id);
	});

	it.each([
		['between people in a group chat', { ...group, entities: [], text: 'hi all' }],
		['to somebody else in a thread', { ...reply, entities: [other], text: '<at>Ana</at> hi' }],
		['of a bot', { ...direct, from: { ...base.from, role: 'bot' } }],
		['of a skill', { ...direct, from: { ...base.from, role: 'skill' } }],
		['of a bot by its id', { ...direct, from: { ...base.from, id: '28:other' } }],
		['of the bot itself', { ...direct, from: { ...base.from, id: bot.id } }],
		['of somebody without an account', { ...direct, from: { name: 'Tom' } }],
		['without an author', { ...direct, from: null }],
		['in a place of an unknown kind', { ...direct, conversation: { id: 'b:1', tenantId } }],
		['whose id could not be stored', { ...direct, id: 'a\0b' }],
	])('is left alone %s', (_name, activity) => {
		expect(read(activity)).toBeNull();
	});

	it('that is formatted alone, or carries the words of others alone, is one all the same', () => {
		const twin = { contentType: 'text/html', content: '<p>hi<br>there</p>' };
		const card = { contentType: 'application/vnd.microsoft.card.hero', content: { title: 'An alert' } };
		const given = { ...direct, text: undefined, attachments: [card, twin] };
		expect(read(given)).toMatchObject({ type: 'message-received', text: 'hi\nthere', cited: [{ kind: 'shown', text: 'An alert' }] });
		expect(read({ ...given, value: { theirs: 1 } })).toMatchObject({ type: 'message-received', text: 'hi\nthere' });
	});

	it.each([
		['of the activity', { localTimezone: 'Asia/Tokyo' }, 'Asia/Tokyo'],
		['of the client', { entities: [mention, { type: 'clientInfo', timezone: 'America/Los_Angeles' }] }, 'America/Los_Angeles'],
		[
			'of the client, where the other is none',
			{ localTimezone: 'Tokyo Standard Time', entities: [{ type: 'clientInfo', timezone: 'Asia/Tokyo' }] },
			'Asia/Tokyo',
		],
		['of Windows', { localTimezone: 'Pacific Standard Time' }, undefined],
		['as a distance', { localTimezone: '+09:00' }, undefined],
		['of no kind', { localTimezone: ['Asia/Tokyo'], entities: [{ type: 'clientInfo', timezone: 'x'.repeat(9_999) }] }, undefined],
	])('tells where its author’s clock stands by a name %s', (_what, more, timeZone) => {
		expect(read({ ...direct, ...more })?.timeZone).toBe(timeZone);
		expect(
			read({ ...channel, ...more, type: 'messageUpdate', channelData: { ...base.channelData, eventType: 'editMessage' } })?.timeZone,
		).toBe(timeZone);
	});

	it('chosen from the commands is a command, seen by nobody else', () => {
		const targeted = { ...group, text: '<at>Bot</at> /status now', recipient: { ...bot, isTargeted: true } };
		expect(read(targeted)).toMatchObject({ type: 'command-invoked', text: 'status now', actor: { accountId: 'aad-tom' } });
		expect(read(targeted)?.key).not.toBe(read(group)?.key);
	});
});

describe('a file', () => {
	const file = {
		contentType: 'application/vnd.microsoft.teams.file.download.info',
		name: 'plan.xlsx',
		content: { downloadUrl: 'https://a.sharepoint.com/x', uniqueId: 'u1', fileType: 'xlsx' },
	};
	const image = { contentType: 'image/*', contentUrl: `${serviceUrl}v3/attachments/1/views/original`, name: 'cat.png' };
	const html = { contentType: 'text/html', content: '<p>hi</p><attachment id="f1"></attachment><attachment id="f1"></attachment>' };

	const attachmentsOf = (activity: Record<string, unknown>, hasGraph = false) => {
		const event = readActivity(activity, { hasGraph, homeTenantId: tenantId });
		return event?.type === 'message-received' ? event.attachments : [];
	};

	it('of a personal chat has an address, and the formatted twin of the text is none', () => {
		const attachments = attachmentsOf({ ...direct, attachments: [file, image, html] });
		expect(attachments.map(({ name, mediaType, sizeBytes }) => [name, mediaType, sizeBytes])).toEqual([
			['plan.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', null],
			['cat.png', 'image/*', null],
		]);
		for (const { source } of attachments) expect(source).toEqual(expect.any(String));
	});

	it('is none that stands for words: an emoji, a sticker, a GIF', () => {
		const emoji = { contentType: 'image/*', contentUrl: 'https://statics.teams.microsoft.com/evergreen-assets/skype/v2/smile/50.png' };
		const animation = { contentType: 'image/gif', contentUrl: 'https://media2.giphy.com/media/1/giphy.gif' };
		expect(attachmentsOf({ ...direct, attachments: [emoji, animation] })).toEqual([]);
	});

	it('is none that is attached as something else, and has the name that its reference has', () => {
		const content = '<attachment id="quoted"></attachment><attachment id="f1"></attachment>';
		const reference = { id: 'f1', contentType: 'reference', contentUrl: 'https://a.sharepoint.com/x', name: 'plan.docx' };
		const attachments = [
			{ id: 'quoted', contentType: 'messageReference', content: '{}' },
			reference,
			{ contentType: 'text/html', content },
		];
		expect(attachmentsOf({ ...channel, attachments }, true)).toEqual([
			expect.objectContaining({ id: 'f1', name: 'plan.docx', source: expect.stringContaining('graph') }),
		]);
		expect(attachmentsOf({ ...direct, attachments })).toEqual([expect.objectContaining({ id: 'f1', name: 'plan.docx', source: null })]);
	});

	it('of a channel is known by its tag, and can be had through Graph only', () => {
		const given = { ...channel, attachments: [html] };
		expect(attachmentsOf(given)).toEqual([expect.objectContaining({ id: 'f1', source: null })]);
		expect(attachmentsOf(given, true)).toEqual([expect.objectContaining({ id: 'f1', source: expect.stringContaining('graph') })]);
	});
});

describe('a change', () => {
	const update = { ...channel, type: 'messageUpdate', text: '<at>Bot</at> better' };

	it.each(['editMessage', 'undeleteMessage'])('of the kind %s gives the text as it is now', (eventType) => {
		const activity = { ...update, channelData: { ...base.channelData, eventType } };
		expect(read(activity)).toMatchObject({ type: 'message-edited', messageId: base.id, text: 'better', place: { threadId: base.id } });
	});

	it('has a key of its own each time', () => {
		const at = (timestamp: string) => read({ ...update, timestamp, channelData: { ...base.channelData, eventType: 'editMessage' } })?.key;
		expect(new Set([at('2026-11-23T10:00:01Z'), at('2026-11-23T10:00:02Z'), read(channel)?.key]).size).toBe(3);
	});

	it('that names the bot asks it, under the key that the message itself has, and is a change all the same', () => {
		const activity = { ...update, timestamp: '2026-11-23T11:00:00Z', channelData: { ...base.channelData, eventType: 'editMessage' } };
		const [asked, changed, ...others] = readEvents(activity, { hasGraph: false, homeTenantId: tenantId });
		expect(others).toEqual([]);
		expect(asked).toMatchObject({ type: 'message-received', byEdit: true, text: 'better', addressedBy: 'mention', startsThread: true });
		expect(asked?.key).toBe(read(channel)?.key);
		expect(changed).toMatchObject({ type: 'message-edited', text: 'better' });
	});

	it.each([
		['in a personal chat', { ...direct, type: 'messageUpdate' }],
		['without the name', { ...update, text: 'better', entities: [] }],
		['to a name in the thread of somebody else', { ...reply, type: 'messageUpdate', entities: [other], text: '<at>Ana</at> hi' }],
	])('%s asks nothing anew', (_what, activity) => {
		const edited = { ...activity, channelData: { ...base.channelData, eventType: 'editMessage' } };
		expect(readEvents(edited, { hasGraph: false, homeTenantId: tenantId }).map(({ type }) => type)).toEqual(['message-edited']);
	});

	it('that undoes a deletion brings the words back and asks nothing', () => {
		const activity = { ...update, channelData: { ...base.channelData, eventType: 'undeleteMessage' } };
		const events = readEvents(activity, { hasGraph: false, homeTenantId: tenantId });
		expect(events).toMatchObject([{ type: 'message-edited', restored: true, text: 'better' }]);
		expect(read({ ...update, channelData: { ...base.channelData, eventType: 'editMessage' } })).not.toHaveProperty('restored');
	});

	it('takes a message away', () => {
		const activity = { ...channel, type: 'messageDelete', text: '', channelData: { ...base.channelData, eventType: 'softDeleteMessage' } };
		expect(read(activity)).toMatchObject({ type: 'message-deleted', messageId: base.id, author: { accountId: 'aad-tom' } });
	});

	it('of another kind is left alone', () => {
		expect(read({ ...update, channelData: { ...base.channelData, eventType: 'reaction' } })).toBeNull();
		expect(read({ ...channel, type: 'messageDelete' })).toBeNull();
	});
});

describe('an installation', () => {
	const installed = { ...direct, type: 'installationUpdate', action: 'add', text: undefined };
	const joined = { ...direct, id: 'f:2', type: 'conversationUpdate', membersAdded: [{ id: bot.id }] };

	it('for one person opens their chat, once', () => {
		expect(read(installed)).toMatchObject({ type: 'direct-opened', place: { kind: 'direct' }, actor: { accountId: 'aad-tom' } });
		expect(read(joined)?.key).toBe(read(installed)?.key);
	});

	it.each([
		['its end', { ...installed, action: 'remove' }],
		['that of a team', { ...installed, conversation: inChannel(base.id) }],
		['somebody else who joined', { ...joined, membersAdded: [{ id: '29:ana' }] }],
		['nobody who joined', { ...joined, membersAdded: null }],
	])('leaves %s alone', (_name, activity) => {
		expect(read(activity)).toBeNull();
	});
});

describe('a press', () => {
	const data = { openccb: { name: 'retry', replyId: 'r1' } };
	const invoke = { ...direct, text: undefined, id: 'f:9', type: 'invoke', replyToId: '1700000000005' };
	const execute = { ...invoke, name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb: 'openccb', data } } };
	const rate = (actionValue: unknown) => ({ ...invoke, name: 'message/submitAction', value: { actionName: 'feedback', actionValue } });

	it.each([
		['of a button', execute],
		['of a button in an old client', { ...direct, text: undefined, value: data, replyToId: invoke.replyToId }],
	])('%s is read with its message and who did it', (_name, activity) => {
		expect(read(activity)).toMatchObject({
			type: 'button-pressed',
			button: { name: 'retry', replyId: 'r1' },
			messageId: '1700000000005',
			actor: { accountId: 'aad-tom' },
		});
	});

	it('of a thumb names the message, and the reason that somebody gave', () => {
		expect(read(rate({ reaction: 'like', feedback: '{"feedbackText":" so good "}' }))).toMatchObject({
			button: { name: 'feedback', replyId: null, rating: 'up', comment: 'so good' },
			messageId: '1700000000005',
		});
		expect(read(rate({ reaction: 'dislike', feedback: '{}' }))).toMatchObject({ button: { rating: 'down' } });
		expect(read(rate({ reaction: 'dislike', feedback: 'no JSON' }))).toMatchObject({ button: { rating: 'down' } });
	});

	it('has a key of its own each time, the same for each delivery', () => {
		expect(read({ ...execute })?.key).toBe(read(execute)?.key);
		expect(read({ ...execute, id: 'f:10' })?.key).not.toBe(read(execute)?.key);
	});

	it.each([
		['of somebody else', { ...execute, value: { action: { data: { other: 1 } } } }],
		['without a message', { ...execute, replyToId: undefined }],
		['without data', { ...execute, value: null }],
		['of an unknown reaction', rate({ reaction: 'shrug' })],
		['of an unknown invoke', { ...execute, name: 'composeExtension/query' }],
	])('%s is left alone', (_name, activity) => {
		expect(read(activity)).toBeNull();
	});
});

describe('the envelope', () => {
	const rules = { anonymous: false, serviceHosts: ['smba.trafficmanager.net'] };
	it.each([
		[direct, null],
		[channel, null],
		[{ ...direct, channelId: 'webchat' }, 'ignored'],
		[{ ...direct, channelId: 'AseChannel' }, 'ignored'],
		[{ ...direct, id: undefined }, 'ignored'],
		[{ ...direct, conversation: null }, 'ignored'],
		[{ ...direct, type: ['message'] }, 'ignored'],
		[{ ...direct, serviceUrl: undefined }, 'service-url'],
		[{ ...direct, serviceUrl: 'https://smba.trafficmanager.net/amer/' }, 'service-url'],
	])('%#: complete, and from the address that its token vouches for, or refused', (activity, refusal) => {
		expect(checkEnvelope(activity, serviceUrl, rules)).toBe(refusal);
	});

	it('from a host that is not on the list is refused, whatever its token says', () => {
		const elsewhere = 'https://evil.example/';
		expect(checkEnvelope({ ...direct, serviceUrl: elsewhere }, elsewhere, rules)).toBe('service-url');
		const plain = 'http://smba.trafficmanager.net/emea/';
		expect(checkEnvelope({ ...direct, serviceUrl: plain }, plain, rules)).toBe('service-url');
	});

	it('in anonymous mode comes from this machine', () => {
		const anonymous = { ...rules, anonymous: true };
		expect(checkEnvelope({ ...direct, serviceUrl: 'http://localhost:56150/_connector' }, null, anonymous)).toBeNull();
		expect(checkEnvelope(direct, null, anonymous)).toBe('service-url');
	});
});

describe('anything at all', () => {
	const names = [
		...Object.keys(base),
		'text',
		'conversation',
		'conversationType',
		'tenantId',
		'tenant',
		'aadObjectId',
		'entities',
		'value',
	];
	const more = [
		'mentioned',
		'attachments',
		'contentType',
		'content',
		'contentUrl',
		'eventType',
		'action',
		'data',
		'name',
		'membersAdded',
		'replyToId',
	];
	const word = fc.oneof(
		fc.constantFrom('message', 'messageUpdate', 'messageDelete', 'invoke', 'conversationUpdate', 'personal', 'channel', '28:app', '\0', ''),
		fc.constantFrom(
			'adaptiveCard/action',
			'message/submitAction',
			'editMessage',
			'softDeleteMessage',
			'text/html',
			'feedback',
			'mention',
			'<at>',
		),
		fc.string(),
	);
	const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			word,
			fc.double(),
			fc.boolean(),
			fc.constant(null),
			fc.array(tie('value'), { maxLength: 3 }),
			tie('object'),
		),
		object: fc.dictionary(fc.constantFrom(...names, ...more), tie('value'), { maxKeys: 8 }),
	})).object as fc.Arbitrary<unknown>;
	const whole = fc.constantFrom<Record<string, unknown>>(direct, group, channel, reply, {});

	it('is read or left alone, and never gives ids that the database could not take', () => {
		fc.assert(
			fc.property(whole, value, (activity, change) => {
				const given = { ...activity, ...(change as Record<string, unknown>) };
				expect(() => checkEnvelope(given, serviceUrl, { anonymous: false, serviceHosts: [] })).not.toThrow();
				const event = readActivity(given, { hasGraph: true, homeTenantId: tenantId });
				if (event === null) return;
				expect(`${event.key}${event.place.channelId}${event.place.threadId}${event.tenantId}`).not.toMatch(/[\0\s]/);
				expect('author' in event ? event.author.accountId : event.actor.accountId).not.toBe('');
				expect(event.occurredAt).toMatch(/^[+-]?\d{4,6}-\d{2}-\d{2}T/);
			}),
			{ numRuns: 3_000 },
		);
	});
});
