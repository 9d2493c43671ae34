/** What happens in teams and chats beside talk with the bot, in the core's words. Pure: an activity whose sender was checked in, events out. */

import type { Actor } from '#src/platform/chat-event.ts';
import type { EventBase } from '#src/platform/event-base.ts';
import type { Place } from '#src/platform/place.ts';
import type { FileShared, MemberChanged, PlaceChanged, PlaceEvent } from '#src/platform/place-event.ts';
import { readPlace } from './activity.ts';
import { readAttachments } from './attachments.ts';
import { inThread, occurredAt, type ReadingOptions, readScene, type Scene, senderDetails } from './inbound.ts';
import { asObject, asObjects, idOf, type Json, textOf } from './json.ts';
import { teamIn } from './route.ts';

/** "Conversation events in your Teams bot": what becomes of a channel, and of a team with all its channels. */
const changes: Readonly<Record<string, PlaceChanged['type']>> = {
	channelDeleted: 'place-deleted',
	teamArchived: 'place-archived',
	teamUnarchived: 'place-unarchived',
	teamDeleted: 'place-deleted',
	teamHardDeleted: 'place-deleted',
};

/** What happens to a team is told in its first channel: it holds for all of which it is known that they are of that team. */
export function concernsPlace({ isWholeTeam, place: told }: MemberChanged | PlaceChanged, { route = '' }: Place): boolean {
	const teamId = teamIn(route);
	return isWholeTeam === true && teamId !== '' && teamId === teamIn(told.route ?? '');
}

/** An activity about a place of the tenant that is served. */
interface Happening {
	activity: Json;
	place: Place;
	base: Omit<EventBase, 'key'>;
	/** The same for every delivery of the activity. */
	key: string;
}

/** None for what is of no interest, or of another tenant. */
export function readPlaceEvents(activity: Json, options: ReadingOptions): PlaceEvent[] {
	const { type } = activity;
	if (type === 'message' || type === 'messageUpdate' || type === 'messageDelete') return readFiles(activity, options);
	const happening = readHappening(activity, options);
	if (happening === null) return [];
	if (type === 'installationUpdate') return readInstallation(happening);
	return type === 'conversationUpdate' ? [...readMembers(happening, options), ...readChange(happening)] : [];
}

function readHappening(activity: Json, { homeTenantId }: ReadingOptions): Happening | null {
	const place = readPlace(activity);
	const activityId = idOf(activity['id']);
	if (place === null || activityId === '' || (homeTenantId !== null && place.tenantId !== homeTenantId)) return null;
	const base = { platform: 'teams', tenantId: place.tenantId, occurredAt: occurredAt(activity) };
	// Who comes to a channel's thread comes to the channel.
	return { activity, place: { ...place, threadId: '' }, base, key: `teams:${place.tenantId}:${place.channelId}:${activityId}` };
}

function readFiles(activity: Json, options: ReadingOptions): PlaceEvent[] {
	const scene = readScene(activity, options);
	const happening = readHappening(activity, options);
	if (scene === null || happening === null) return [];
	const { eventType } = asObject(activity['channelData']);
	const isDeleted = activity['type'] === 'messageDelete';
	if (isDeleted && eventType !== 'softDeleteMessage') return [];
	const shared = isDeleted ? [] : readShared(scene, happening, options.hasGraph);
	if (activity['type'] === 'message') return shared;
	const { base, key } = happening;
	const about = { place: inThread(scene.place, scene.activityId), messageId: scene.activityId };
	const at = idOf(activity['timestamp']) || base.occurredAt;
	const left = {
		type: 'message-files-left',
		...base,
		key: `${key}:files:${at}`,
		...about,
		fileIds: shared.map(({ file }) => file.id),
	} as const;
	return [...shared, left];
}

/** An edit tells again of the files that were there. */
function readShared({ activity, place, actor, activityId }: Scene, { base, key }: Happening, hasGraph: boolean): FileShared[] {
	const about = { place: inThread(place, activityId), messageId: activityId, sharedBy: actor };
	return readAttachments(activity, place, hasGraph).map((file) => ({
		type: 'file-shared',
		...base,
		...senderDetails(activity),
		key: `${key}:file:${file.id}`,
		...about,
		file,
	}));
}

function readMembers({ activity, place, base, key }: Happening, { homeTenantId }: ReadingOptions): MemberChanged[] {
	const botId = idOf(asObject(activity['recipient'])['id']);
	const tenantId = homeTenantId ?? place.tenantId;
	return (['membersAdded', 'membersRemoved'] as const).flatMap((field) =>
		asObjects(activity[field]).map((account) => {
			const isSelf = account['id'] === botId;
			return {
				type: field === 'membersAdded' ? 'member-joined' : 'member-left',
				...base,
				key: `${key}:${field}:${idOf(account['id'])}`,
				place,
				member: isSelf ? null : memberOf(account, tenantId),
				isSelf,
				// A team has its members in all of its channels but the private ones, which the bot is not in.
				...(place.kind === 'channel' ? { isWholeTeam: true } : {}),
			};
		}),
	);
}

/** Whoever has no object id is in no directory, or Teams leaves it out. */
function memberOf(account: Json, tenantId: string): Actor | null {
	const accountId = idOf(account['aadObjectId']);
	return accountId === '' ? null : { tenantId, accountId };
}

function readInstallation({ activity, place, base, key }: Happening): MemberChanged[] {
	const { action } = activity;
	// Who gets the app opens their chat with it by that; who takes it away leaves the chat behind.
	if (action !== 'remove' && (place.kind === 'direct' || action !== 'add')) return [];
	const type = action === 'add' ? 'member-joined' : 'member-left';
	const isWholeTeam = place.kind === 'channel' ? ({ isWholeTeam: true } as const) : {};
	return [{ type, ...base, key: `${key}:${action}`, place, member: null, isSelf: true, ...isWholeTeam }];
}

/** The activity comes from the team's first channel, and names the channel that it is about. */
function readChange({ activity, place, base, key }: Happening): PlaceEvent[] {
	const data = asObject(activity['channelData']);
	const eventType = textOf(data['eventType']);
	const channel = asObject(data['channel']);
	const isOfChannel = eventType.startsWith('channel');
	const about = isOfChannel ? { ...place, channelId: idOf(channel['id']) || place.channelId } : place;
	const name = textOf(channel['name']);
	if (eventType === 'channelRenamed' && name !== '') return [{ type: 'place-renamed', ...base, key: `${key}:renamed`, place: about, name }];
	const type = changes[eventType];
	if (type === undefined) return [];
	return [{ type, ...base, key: `${key}:${eventType}`, place: about, ...(isOfChannel ? {} : { isWholeTeam: true }) }];
}
