import { describe, expect, it } from 'vitest';
import { readPlaceEvents } from '../../../adapters/slack/place-events.ts';

const identity = { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' };
const file = { id: 'F1', name: 'a.csv', mimetype: 'text/csv', size: 3, url_private_download: 'https://files.slack.com/a', mode: 'hosted' };
const shared = {
	type: 'message',
	subtype: 'file_share',
	channel: 'C1',
	channel_type: 'channel',
	user: 'U1',
	ts: '5.000100',
	files: [file],
};

function read(event: object, more: object = {}) {
	return readPlaceEvents({ event_id: 'Ev1', event: { event_ts: '6.000100', ...event }, ...more }, identity);
}

describe('what happens in channels of Slack', () => {
	it('is a file with whoever shared it, in its thread, and with one key however it is told', () => {
		const [event] = read({ ...shared, thread_ts: '4.000100' });
		expect(event).toEqual({
			type: 'file-shared',
			key: 'slack:T1:C1:5.000100:file:F1',
			platform: 'slack',
			tenantId: 'T1',
			occurredAt: '1970-01-01T00:00:06.000Z',
			place: { platform: 'slack', tenantId: 'T1', channelId: 'C1', threadId: '4.000100', kind: 'channel' },
			messageId: '5.000100',
			sharedBy: { tenantId: 'T1', accountId: 'U1' },
			file: { id: 'F1', name: 'a.csv', mediaType: 'text/csv', sizeBytes: 3, source: 'https://files.slack.com/a' },
		});
		expect(read(shared, { event_id: 'Ev2' })[0]?.key).toBe('slack:T1:C1:5.000100:file:F1');
	});

	it('is the files that an edit or a deletion left, when any of them went', () => {
		const other = { ...file, id: 'F2' };
		const before = { user: 'U1', ts: '5.000100', files: [file, other] };
		const edited = (files: object[]) =>
			read({ type: 'message', subtype: 'message_changed', channel: 'C1', previous_message: before, message: { ...before, files } });
		expect(edited([file, other])).toEqual([]);
		expect(edited([file])).toMatchObject([{ type: 'message-files-left', messageId: '5.000100', fileIds: ['F1'] }]);
		expect(edited([file, { ...other, mode: 'tombstone' }])).toMatchObject([{ fileIds: ['F1'] }]);
		const deleted = read({ type: 'message', subtype: 'message_deleted', channel: 'C1', deleted_ts: '5.000100', previous_message: before });
		expect(deleted).toMatchObject([{ type: 'message-files-left', fileIds: [], place: { threadId: '5.000100' } }]);
	});

	it.each<[object, object]>([
		[
			{ type: 'file_change', file_id: 'F1' },
			{ type: 'file-changed', place: null, fileId: 'F1' },
		],
		[
			{ type: 'file_deleted', file_id: 'F1' },
			{ type: 'file-removed', place: null, fileId: 'F1' },
		],
		[
			{ type: 'member_joined_channel', user: 'U1', channel: 'C1', team: 'T1' },
			{ type: 'member-joined', isSelf: false },
		],
		[
			{ type: 'member_joined_channel', user: 'UBOT', channel: 'C1', team: 'T1' },
			{ type: 'member-joined', isSelf: true },
		],
		[
			{ type: 'member_left_channel', user: 'U9', channel: 'C1', team: 'T9' },
			{ type: 'member-left', member: { tenantId: 'T9', accountId: 'U9' } },
		],
		[
			{ type: 'group_left', channel: 'G1', actor_id: 'U1' },
			{ type: 'member-left', isSelf: true, place: { channelId: 'G1' } },
		],
		[{ type: 'channel_archive', channel: 'C1' }, { type: 'place-archived' }],
		[{ type: 'group_unarchive', channel: 'G1' }, { type: 'place-unarchived' }],
		[{ type: 'group_deleted', channel: 'G1' }, { type: 'place-deleted' }],
		[
			{ type: 'channel_rename', channel: { id: 'C1', name: 'r&amp;d' } },
			{ type: 'place-renamed', name: 'r&d', place: { channelId: 'C1' } },
		],
		[{ type: 'channel_shared', channel: 'C1', connected_team_id: 'T2' }, { type: 'place-shared' }],
		[{ type: 'channel_unshared', channel: 'C1', is_ext_shared: false }, { type: 'place-unshared' }],
		[{ type: 'message', subtype: 'channel_convert_to_private', channel: 'C1' }, { type: 'place-made-private' }],
		[{ type: 'message', subtype: 'channel_convert_to_public', channel: 'C1' }, { type: 'place-made-public' }],
	])('is read from %o', (event, expected) => {
		expect(read(event)).toMatchObject([{ key: 'slack:T1:event:Ev1', ...expected }]);
	});

	it('is the app that is taken out of the workspace', () => {
		expect(read({ type: 'app_uninstalled' })).toMatchObject([{ type: 'app-removed', tenantId: 'T1', place: null }]);
	});

	it.each<[string, object]>([
		['a message without files', { ...shared, files: undefined }],
		['the bot’s own file', { ...shared, user: 'UBOT' }],
		['an app’s file', { ...shared, bot_id: 'B9' }],
		['a file that is gone', { ...shared, files: [{ ...file, mode: 'tombstone' }] }],
		['a file without an id', { ...shared, files: [{ ...file, id: '<x>' }] }],
		['a channel that is shared with others still', { type: 'channel_unshared', channel: 'C1', is_ext_shared: true }],
		['a channel without an id', { type: 'channel_archive', channel: { id: 'C1' } }],
		['a name that is none', { type: 'channel_rename', channel: { id: 'C1', name: 7 } }],
		['tokens that are revoked, for whatever reason', { type: 'tokens_revoked', tokens: { bot: ['UBOT'] } }],
		['something else', { type: 'channel_created', channel: { id: 'C1' } }],
	])('is nothing for %s', (_name, event) => {
		expect(read(event)).toEqual([]);
	});
});
