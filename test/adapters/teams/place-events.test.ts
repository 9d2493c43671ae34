import { describe, expect, it } from 'vitest';
import type { Place } from '#src/platform/place.ts';
import type { PlaceChanged } from '#src/platform/place-event.ts';
import { concernsPlace, readPlaceEvents } from '../../../adapters/teams/place-events.ts';
import { routeTo } from '../../../adapters/teams/route.ts';

const homeTenantId = '0c9b8a79-6857-4463-92f1-e0dfcebdac9b';
const options = { hasGraph: true, homeTenantId };
const team = '19:team@thread.tacv2';
const activity = {
	id: 'f:1',
	channelId: 'msteams',
	serviceUrl: 'https://smba.example/emea/',
	timestamp: '2030-01-01T00:00:00Z',
	from: { id: '29:tom', aadObjectId: 'tom', name: 'Tom' },
	recipient: { id: '28:bot' },
	conversation: { id: team, conversationType: 'channel', tenantId: homeTenantId },
	channelData: { tenant: { id: homeTenantId }, team: { id: team } },
};
const update = (more: object, data: object = {}) =>
	readPlaceEvents({ ...activity, type: 'conversationUpdate', ...more, channelData: { ...activity.channelData, ...data } }, options);

describe('what happens in teams and chats', () => {
	it('is people who come to all channels of a team, and go', () => {
		const added = [{ id: '29:ana', aadObjectId: 'ana' }, { id: '29:x' }, { id: '28:bot' }];
		expect(update({ membersAdded: added, membersRemoved: [{ id: '29:luis', aadObjectId: 'luis' }] })).toMatchObject([
			{ type: 'member-joined', member: { tenantId: homeTenantId, accountId: 'ana' }, isSelf: false, isWholeTeam: true },
			{ type: 'member-joined', member: null, isSelf: false },
			{ type: 'member-joined', member: null, isSelf: true },
			{ type: 'member-left', member: { accountId: 'luis' }, place: { channelId: team, threadId: '' } },
		]);
	});

	it('is not a whole team in a group chat', () => {
		const conversation = { id: '19:a@thread.v2', conversationType: 'groupChat', tenantId: homeTenantId };
		const [event] = update({ conversation, membersAdded: [{ id: '29:ana', aadObjectId: 'ana' }] });
		expect(event).not.toHaveProperty('isWholeTeam');
	});

	it('is the app that comes and goes, and that somebody takes it away from their own chat', () => {
		const installed = (action: string, more: object = {}) =>
			readPlaceEvents({ ...activity, type: 'installationUpdate', action, ...more }, options);
		expect(installed('add')).toMatchObject([{ type: 'member-joined', isSelf: true, isWholeTeam: true }]);
		expect(installed('remove')).toMatchObject([{ type: 'member-left', isSelf: true }]);
		const conversation = { id: 'a:1', conversationType: 'personal', tenantId: homeTenantId };
		expect(installed('remove', { conversation })).toMatchObject([{ type: 'member-left', isSelf: true, place: { kind: 'direct' } }]);
		expect([installed('add', { conversation }), installed('add-upgrade'), installed('remove-upgrade')]).toEqual([[], [], []]);
	});

	it.each<[string, object, object]>([
		['channelRenamed', { channel: { id: '19:c', name: 'New' } }, { type: 'place-renamed', name: 'New', place: { channelId: '19:c' } }],
		['channelDeleted', { channel: { id: '19:c', name: 'Old' } }, { type: 'place-deleted', place: { channelId: '19:c' } }],
		['teamArchived', {}, { type: 'place-archived', isWholeTeam: true, place: { channelId: team } }],
		['teamUnarchived', {}, { type: 'place-unarchived', isWholeTeam: true }],
		['teamDeleted', {}, { type: 'place-deleted', isWholeTeam: true }],
	])('is what becomes of a channel or a team: %s', (eventType, data, expected) => {
		expect(update({}, { ...data, eventType })).toMatchObject([expected]);
	});

	it('holds for the channels of the same team when it is about a whole team, and for no others', () => {
		const placeIn = (teamId: string): Place => {
			return {
				platform: 'teams',
				tenantId: homeTenantId,
				channelId: '19:c',
				threadId: '',
				kind: 'channel',
				route: routeTo('https://a', teamId),
			};
		};
		const [gone, renamed] = [
			update({}, { eventType: 'teamDeleted', team: { id: team } })[0],
			update({}, { eventType: 'channelDeleted', team: { id: team }, channel: { id: '19:d' } })[0],
		] as PlaceChanged[];
		if (gone === undefined || renamed === undefined) throw new Error('nothing was told');
		expect([team, '19:other@thread.tacv2', ''].map((id) => concernsPlace(gone, placeIn(id)))).toEqual([true, false, false]);
		expect(concernsPlace(renamed, placeIn(team))).toBe(false);
	});

	it('is a file with the language and zone of whoever shared it, who may be met by it first', () => {
		const attachments = [{ contentType: 'text/html', content: '<div><attachment id="F1"></attachment></div>' }];
		const said = { ...activity, id: '17', type: 'message', attachments, locale: 'es-ES', localTimezone: 'Europe/Madrid' };
		expect(readPlaceEvents(said, options)).toMatchObject([{ type: 'file-shared', locale: 'es-ES', timeZone: 'Europe/Madrid' }]);
	});

	it('is files in messages, and what edits and deletions left of them', () => {
		const attachments = [{ contentType: 'text/html', content: '<div><attachment id="F1"></attachment></div>' }];
		const said = { ...activity, id: '17', type: 'message', attachments };
		const [shared, ...others] = readPlaceEvents(said, options);
		expect(shared).toMatchObject({
			type: 'file-shared',
			messageId: '17',
			place: { threadId: '17' },
			sharedBy: { tenantId: homeTenantId, accountId: 'tom' },
			file: { id: 'F1' },
		});
		expect(others).toEqual([]);
		const edited = readPlaceEvents({ ...said, type: 'messageUpdate' }, options);
		expect(edited).toMatchObject([{ key: shared?.key }, { type: 'message-files-left', messageId: '17', fileIds: ['F1'] }]);
		const data = { ...activity.channelData, eventType: 'softDeleteMessage' };
		const deleted = readPlaceEvents({ ...said, type: 'messageDelete', channelData: data }, options);
		expect(deleted).toMatchObject([{ type: 'message-files-left', fileIds: [] }]);
	});

	it('is nothing in another tenant, by a bot, or of another kind', () => {
		const foreign = { ...activity.conversation, tenantId: 'elsewhere' };
		expect(update({ conversation: foreign, membersAdded: [{ id: '29:ana' }] })).toEqual([]);
		expect(update({}, { eventType: 'channelCreated' })).toEqual([]);
		expect(readPlaceEvents({ ...activity, type: 'message', from: { id: '28:other' } }, options)).toEqual([]);
		expect(readPlaceEvents({ ...activity, type: 'typing' }, options)).toEqual([]);
	});
});
