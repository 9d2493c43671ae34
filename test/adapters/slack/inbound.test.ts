/** What Slack sends, in the core's words; and that nothing it could send breaks the reading. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import { readAction, readCommand, readEvent } from '../../../adapters/slack/inbound.ts';
import { leftOut } from '../../../adapters/slack/readable-body.ts';

const identity = { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' };
const message = { type: 'message', channel: 'C1', channel_type: 'channel', user: 'U1', ts: '1700000000.000100', text: 'hi' };
const mention = { ...message, text: '<@UBOT> hi' };
const read = (event: unknown, more = {}) => readEvent({ type: 'event_callback', event_id: 'Ev1', event, ...more }, identity);

const words = (text: string) => ({ type: 'text', text });
const bot = { type: 'user', user_id: 'UBOT' };
const said = (...elements: unknown[]) => [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
const file = { id: 'F1', name: 'df.txt', mimetype: 'text/plain', size: 3 };
const passedOn = { is_share: true, author_name: 'Bea', ts: '1700000000.0001', text: 'Disk is full', files: [file] };

describe('a message', () => {
	it.each([
		['a mention', mention, { addressedBy: 'mention', startsThread: true, text: 'hi', place: { threadId: message.ts, kind: 'channel' } }],
		[
			'a mention in a thread',
			{ ...mention, thread_ts: '1.1' },
			{ addressedBy: 'mention', startsThread: false, place: { threadId: '1.1' } },
		],
		['a reply', { ...message, thread_ts: '1.1' }, { addressedBy: 'thread', startsThread: false }],
		['talk in a channel', message, { addressedBy: 'talk', startsThread: true, place: { threadId: message.ts } }],
		[
			'a mention in a message that is passed on',
			{ ...message, attachments: [{ ...passedOn, text: '<@UBOT> hi' }] },
			{ addressedBy: 'talk' },
		],
		['a reply that is shown in the channel too', { ...message, thread_ts: '1.1', subtype: 'thread_broadcast' }, { addressedBy: 'thread' }],
		['a direct message', { ...message, channel: 'D1', channel_type: 'im' }, { addressedBy: 'direct', place: { kind: 'direct' } }],
		['a mention among several people', { ...mention, channel_type: 'mpim' }, { addressedBy: 'mention', place: { kind: 'group' } }],
		[
			'files',
			{ ...mention, subtype: 'file_share', files: [{ id: 'F1', name: 'a.pdf', mimetype: 'application/pdf', size: 3 }] },
			{ attachments: [{ id: 'F1', name: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 3 }] },
		],
		['somebody of another company', { ...mention, user_team: 'T2' }, { author: { tenantId: 'T2', accountId: 'U1' } }],
		['a person whose bot id is empty', { ...mention, bot_id: null }, { author: { accountId: 'U1' } }],
		[
			'words in blocks alone',
			{ ...message, channel: 'D1', channel_type: 'im', text: undefined, blocks: said(words('hi there')) },
			{ addressedBy: 'direct', text: 'hi there' },
		],
		['a mention in blocks alone', { ...message, text: '', blocks: said(bot, words(' hi')) }, { addressedBy: 'mention', text: 'hi' }],
		[
			'a mention in blocks alone, in a thread',
			{ ...message, text: '', thread_ts: '1.1', blocks: said(bot, words(' hi')) },
			{ addressedBy: 'mention', text: 'hi' },
		],
		['a mention that only Slack can see', { ...message, type: 'app_mention', text: '', blocks: leftOut }, { addressedBy: 'mention' }],
		[
			'a message that is passed on without a word',
			{ ...message, channel: 'D1', channel_type: 'im', text: '', attachments: [passedOn] },
			{
				text: '',
				cited: [{ kind: 'forwarded', author: 'Bea', writtenAt: '2023-11-14T22:13:20.000Z', text: 'Disk is full\n[file: df.txt]' }],
				attachments: [{ id: 'F1', name: 'df.txt', mediaType: 'text/plain', sizeBytes: 3 }],
			},
		],
		[
			'a mention that an edit brought',
			{ ...mention, type: 'app_mention', edited: { user: 'U1', ts: '1700000001.0001' } },
			{ byEdit: true },
		],
		['what somebody does', { ...mention, subtype: 'me_message', text: '<@UBOT> waves' }, { text: 'waves' }],
		['a call for all, with a mention', { ...mention, text: '<@UBOT> <!here> hi' }, { addressedBy: 'mention', text: '@here hi' }],
	])('is taken: %s', (_name, event, expected) => {
		expect(read(event)).toMatchObject({ type: 'message-received', platform: 'slack', tenantId: 'T1', ...expected });
	});

	it('has one key as message and as mention', () => {
		expect(read({ ...mention, type: 'app_mention', channel_type: undefined })?.key).toBe(read(mention)?.key);
	});

	it.each([
		['talk to a person in a thread', { ...message, thread_ts: '1.1', text: '<@U2> hi' }],
		['talk to a person in a thread, in blocks alone', { ...message, thread_ts: '1.1', text: '', blocks: said({ ...bot, user_id: 'U2' }) }],
		['Slackbot', { ...mention, user: 'USLACKBOT' }],
		['Slackbot in a direct message', { ...message, user: 'USLACKBOT', channel: 'D1', channel_type: 'im' }],
		['whoever stands for a key that was taken back', { ...mention, user: 'UREVOKEDU' }],
		['talk to a group in a thread', { ...message, thread_ts: '1.1', text: '<!subteam^S1|@all> hi' }],
		['a bot', { ...mention, bot_id: 'B2' }],
		['a bot of the old kind', { ...mention, subtype: 'bot_message' }],
		['the bot itself', { ...mention, user: 'UBOT' }],
		['somebody who joined', { ...mention, subtype: 'channel_join' }],
		['a message without an author', { ...mention, user: undefined }],
		['a message whose author is empty', { ...mention, user: '' }],
		['a message whose author is no id', { ...mention, user: { id: 'U1' } }],
		['a message whose author is told elsewhere', { ...mention, user: null, username: 'U1', user_profile: { id: 'U1' } }],
		['a message without a time', { ...mention, ts: '' }],
		['an id that is none', { ...mention, channel: "C1'; drop" }],
	])('is left alone: %s', (_name, event) => {
		expect(read(event)).toBeNull();
	});
});

describe('a change', () => {
	const changed = { type: 'message', subtype: 'message_changed', channel: 'C1', channel_type: 'channel', ts: '9.1', event_ts: '9.1' };

	it('is an edit when the text changed, of the message in its thread', () => {
		const event = { ...changed, message: { ...message, thread_ts: '1.1', text: 'new &amp; better' }, previous_message: message };
		expect(read(event)).toMatchObject({
			type: 'message-edited',
			messageId: message.ts,
			text: 'new & better',
			place: { threadId: '1.1' },
			author: { tenantId: 'T1', accountId: 'U1' },
		});
	});

	it('is an edit when blocks alone changed', () => {
		const version = (text: string) => ({ ...message, text: '', blocks: said(words(text)) });
		expect(read({ ...changed, message: version('new'), previous_message: version('old') })).toMatchObject({
			type: 'message-edited',
			text: 'new',
		});
	});

	it('has a key of its own for each edit', () => {
		const edit = (at: string) => read({ ...changed, event_ts: at, message: { ...message, text: at }, previous_message: message })?.key;
		expect(new Set([edit('9.1'), edit('9.2'), read(mention)?.key]).size).toBe(3);
	});

	it.each([
		['deleted', { ...changed, subtype: 'message_deleted', deleted_ts: message.ts, previous_message: message }],
		['deleted while replies are left', { ...changed, message: { ...message, subtype: 'tombstone' }, previous_message: message }],
		[
			'deleted while replies are left, as Slackbot says',
			{
				...changed,
				message: { ...message, user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.' },
				previous_message: message,
			},
		],
	])('takes a message away: %s', (_name, event) => {
		expect(read(event)).toMatchObject({ type: 'message-deleted', messageId: message.ts, author: { accountId: 'U1' } });
	});

	it.each([
		['a preview of a link', { ...changed, message: { ...message, attachments: [{}] }, previous_message: message }],
		[
			'a preview of a message behind a link',
			{
				...changed,
				message: { ...message, attachments: [{ ...passedOn, is_share: undefined, is_msg_unfurl: true }] },
				previous_message: message,
			},
		],
		[
			'an edit by Slackbot',
			{ ...changed, message: { ...message, user: 'USLACKBOT', text: 'new' }, previous_message: { ...message, user: 'USLACKBOT' } },
		],
		[
			'a deletion of what Slackbot said',
			{ ...changed, subtype: 'message_deleted', deleted_ts: '1.1', previous_message: { ...message, user: 'USLACKBOT' } },
		],
		['our own edit', { ...changed, message: { ...message, bot_id: 'BBOT' }, previous_message: message }],
		['our own deletion', { ...changed, subtype: 'message_deleted', deleted_ts: '1.1', previous_message: { ...message, bot_id: 'BBOT' } }],
		['a deletion of nobody knows whose', { ...changed, subtype: 'message_deleted', deleted_ts: '1.1' }],
	])('is left alone: %s', (_name, event) => {
		expect(read(event)).toBeNull();
	});
});

describe('buttons, commands and the rest', () => {
	const press = {
		type: 'block_actions',
		user: { id: 'U1', team_id: 'T1' },
		channel: { id: 'C1' },
		container: { message_ts: '5.5', channel_id: 'C1', thread_ts: '1.1' },
		message: { ts: '5.5', thread_ts: '1.1' },
		response_url: 'https://hooks.example/1',
		trigger_id: '7.7.x',
		actions: [{ action_id: 'openccb_retry', value: 'retry:r1', action_ts: '6.6' }],
	};

	it('reads a press with its place, its author and the way to answer', () => {
		expect(readAction(press, identity)).toMatchObject({
			type: 'button-pressed',
			button: { name: 'retry', replyId: 'r1' },
			messageId: '5.5',
			place: { channelId: 'C1', threadId: '1.1' },
			actor: { tenantId: 'T1', accountId: 'U1' },
			replyHandle: 'https://hooks.example/1',
		});
	});

	it('reads a press on a message that is not sent along', () => {
		expect(readAction({ ...press, message: undefined }, identity)).toMatchObject({ messageId: '5.5', place: { threadId: '1.1' } });
	});

	it('tells two presses apart, and two deliveries of one press not', () => {
		const later = { ...press, actions: [{ ...press.actions[0], action_ts: '6.7' }] };
		expect(readAction(later, identity)?.key).not.toBe(readAction(press, identity)?.key);
		expect(readAction({ ...press }, identity)?.key).toBe(readAction(press, identity)?.key);
	});

	it.each([
		['of somebody else', { ...press, actions: [{ action_id: 'other', value: 'retry:r1' }] }],
		['without a person', { ...press, user: {} }],
		['without a message', { ...press, message: {}, container: {} }],
	])('leaves a press alone: %s', (_name, body) => {
		expect(readAction(body, identity)).toBeNull();
	});

	it('reads a command, which knows no thread', () => {
		const body = {
			command: '/ccb',
			text: ' stop ',
			channel_id: 'C1',
			user_id: 'U1',
			team_id: 'T1',
			trigger_id: '7.7',
			response_url: 'https://h.example',
		};
		expect(readCommand(body, identity)).toMatchObject({
			type: 'command-invoked',
			text: 'stop',
			place: { channelId: 'C1', threadId: '' },
			replyHandle: 'https://h.example',
		});
		expect(readCommand({ ...body, channel_id: '' }, identity)).toBeNull();
	});

	it('names people and groups in a command by what is theirs alone', () => {
		const body = { channel_id: 'C1', user_id: 'U1', team_id: 'T1', trigger_id: '7.7' };
		const textOf = (text: string) => {
			const event = readCommand({ ...body, text }, identity);
			return event?.type === 'command-invoked' ? event.text : null;
		};
		expect(textOf('link ABCD-EFGH')).toBe('link ABCD-EFGH');
		expect(textOf('admin grant <@U123|ada> admin')).toBe('admin grant slack:T1:U123 admin');
		expect(textOf('admin grant <@W123> &lt;b&gt; &amp; more')).toBe('admin grant slack:T1:W123 <b> & more');
		expect(textOf('admin map <!subteam^S123|@staff> finance')).toBe('admin map slack:T1:S123 finance');
		expect(textOf('admin <!here> <#C9|general> <https://a.example/?b=1&amp;c|a.example>')).toBe(
			'admin @here #general a.example (https://a.example/?b=1&c)',
		);
	});

	it('reads that somebody opened the conversation with the bot, but not its home', () => {
		const opened = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages', event_ts: '3.3' };
		expect(read(opened)).toMatchObject({ type: 'direct-opened', place: { channelId: 'D1', kind: 'direct' }, actor: { accountId: 'U1' } });
		expect(read({ ...opened, tab: 'home' })).toBeNull();
	});

	it("reads Slack's own Stop", () => {
		const stopped = {
			type: 'agent_session_stopped',
			channel: 'C1',
			user: 'U1',
			thread_ts: '1.1',
			streaming_message_ts: ['5.5'],
			event_ts: '3.3',
		};
		expect(read(stopped)).toMatchObject({
			type: 'stop-requested',
			place: { channelId: 'C1', threadId: '1.1' },
			actor: { accountId: 'U1' },
		});
	});
});

describe('anything at all', () => {
	const word = fc.oneof(
		fc.constantFrom('message', 'app_mention', 'message_changed', 'message_deleted', 'C1', 'U1', '1.1', '<@UBOT>', '\0', ''),
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
		object: fc.dictionary(
			fc.constantFrom(
				'event',
				'type',
				'subtype',
				'user',
				'channel',
				'ts',
				'event_ts',
				'thread_ts',
				'text',
				'files',
				'message',
				'previous_message',
				'actions',
				'id',
				'value',
				'action_id',
				'container',
				'tab',
				'bot_id',
				'deleted_ts',
				'user_id',
				'channel_id',
				'trigger_id',
				'team',
				'team_id',
				'user_team',
				'context_team_id',
			),
			tie('value'),
			{ maxKeys: 8 },
		),
	})).object as fc.Arbitrary<unknown>;

	it('is read or left alone, and never gives ids that the database could not take', () => {
		fc.assert(
			fc.property(value, fc.constantFrom(readEvent, readAction, readCommand), (body, reader) => {
				const event: PersonalEvent | null = reader(body as Record<string, unknown>, identity);
				if (event === null) return;
				expect(`${event.key} ${event.place.channelId} ${event.place.threadId}`).not.toContain('\0');
				const { accountId, tenantId } = 'author' in event ? event.author : event.actor;
				expect(accountId).toMatch(/^[\w.-]+$/);
				expect(tenantId).toMatch(/^[\w.-]+$/);
				expect(event.occurredAt).toMatch(/^\d{4}-\d{2}-\d{2}T/);
			}),
			{ numRuns: 2_000 },
		);
	});
});
