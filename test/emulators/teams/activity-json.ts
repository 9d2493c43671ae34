/** Activities as Teams sends them to a bot. */

import type { Core } from './core.ts';
import { isJson } from './json.ts';
import type { Conversation, Json, StoredMessage, User } from './types.ts';

export interface Occasion {
	user: User;
	conversation: Conversation;
	/** The message that began the thread, in a channel. */
	threadRootId?: string | undefined;
	/** When it happened, since 1970; now when not given. */
	atMs?: number;
}

/** What every activity says: who, where, when. `channelData` of the additions is merged with the place's own. */
export function toActivity(core: Core, { user, conversation, threadRootId, atMs = core.now() }: Occasion, additions: Json): Json {
	const time = new Date(atMs);
	const { botId, botName, serviceUrl } = core.identity;
	const ownData = isJson(additions.channelData) ? additions.channelData : {};
	return {
		id: `f:${core.tenant.nextUuid()}`,
		channelId: 'msteams',
		serviceUrl,
		timestamp: time.toISOString(),
		...localTime(time, user.timeZone),
		locale: user.locale,
		from: { id: user.id, name: user.name, ...(user.aadObjectId !== undefined && { aadObjectId: user.aadObjectId }), role: 'user' },
		recipient: { id: botId, name: botName },
		conversation: toConversation(core, user, conversation, threadRootId),
		...additions,
		channelData: { ...toChannelData(core, user, conversation), ...ownData },
	};
}

/** A message of a person: a new one with its own time, a changed one with that of its change. */
export function toMessageActivity(core: Core, message: StoredMessage, user: User, additions: Json = {}): Json {
	const conversation = core.tenant.conversation(message.conversation);
	if (conversation === undefined) throw new TypeError(`no such conversation: ${message.conversation}`);
	const threadRootId = conversation.kind === 'channel' ? (message.threadRootId ?? message.id) : undefined;
	const { id, text, attachments, entities } = message;
	// What is formatted or attached alone has no text.
	const content = { type: 'message', id, ...(text !== '' && { text }), textFormat: 'plain', attachments, entities };
	const isNew = additions.type === undefined;
	return toActivity(core, { user, conversation, threadRootId, ...(isNew && { atMs: message.atMs }) }, { ...content, ...additions });
}

/** The time by the person's clock: for a name that nobody knows, that of the service. */
function localTime(time: Date, timeZone: string): Json {
	const offset = isKnown(timeZone) ? offsetAt(time, timeZone) : '+00:00';
	const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
	const shiftMs = (hours * 60 + minutes) * 60_000 * (offset.startsWith('-') ? -1 : 1);
	return { localTimestamp: new Date(time.getTime() + shiftMs).toISOString().replace('Z', offset), localTimezone: timeZone };
}

function isKnown(timeZone: string): boolean {
	return Intl.supportedValuesOf('timeZone').includes(timeZone);
}

/** `+09:00` */
function offsetAt(time: Date, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(time);
	const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
	return name.slice('GMT'.length) || '+00:00';
}

/** A chat of two belongs to the tenant of the person, every other conversation to the one where it was made. */
function tenantOf(core: Core, user: User, { kind }: Conversation): string {
	return kind === 'personal' ? user.tenantId : core.identity.tenantId;
}

function toConversation(core: Core, user: User, conversation: Conversation, threadRootId: string | undefined): Json {
	const { id, kind, name } = conversation;
	return {
		...(kind !== 'personal' && { isGroup: true }),
		conversationType: kind,
		tenantId: tenantOf(core, user, conversation),
		id: threadRootId === undefined ? id : `${id};messageid=${threadRootId}`,
		...(name !== '' && { name }),
	};
}

function toChannelData(core: Core, user: User, conversation: Conversation): Json {
	const tenant = { id: tenantOf(core, user, conversation) };
	const { id, team } = conversation;
	if (team === undefined) return { tenant };
	return { teamsChannelId: id, teamsTeamId: team.id, channel: { id }, team: { id: team.id }, tenant };
}
