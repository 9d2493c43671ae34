/** New users, guilds, channels and threads, completed with what Discord gives them. */

import { combine, everyonePermissions } from './permissions.ts';
import type { Snowflakes } from './snowflake.ts';
import {
	type Channel,
	channelTypes,
	type Guild,
	type Member,
	type NewChannel,
	type NewThread,
	type NewUser,
	type Role,
	type User,
} from './types.ts';

export function completeUser(input: NewUser, snowflakes: Snowflakes): User {
	return {
		id: input.id ?? snowflakes.next(),
		name: input.name,
		globalName: input.globalName ?? null,
		locale: input.locale ?? 'en-US',
		isBot: input.isBot ?? false,
		acceptsDirects: input.acceptsDirects ?? true,
	};
}

/** What a chat bot asks for when it is invited. */
const defaultBotPermissions = combine([
	'viewChannel',
	'sendMessages',
	'sendMessagesInThreads',
	'createPublicThreads',
	'embedLinks',
	'attachFiles',
	'readMessageHistory',
	'useApplicationCommands',
	'addReactions',
]);

export function completeGuild(
	input: { name: string; ownerId: string; locale?: string; withBot?: boolean; botPermissions?: bigint },
	{ botUserId, now, snowflakes }: { botUserId: string; now: () => number; snowflakes: Snowflakes },
): Guild {
	const id = snowflakes.next();
	const everyone: Role = { id, name: '@everyone', permissions: everyonePermissions, mentionable: false, managed: false, position: 0 };
	const botRole: Role = {
		id: snowflakes.next(),
		name: 'OpenCCB',
		mentionable: false,
		managed: true,
		position: 1,
		permissions: input.botPermissions ?? defaultBotPermissions,
	};
	const member = (userId: string, roles: string[]): Member => ({
		userId,
		roles,
		nick: null,
		joinedAtMs: now(),
		timedOutUntilMs: null,
		isPending: false,
	});
	const members = new Map([[input.ownerId, member(input.ownerId, [])]]);
	if (input.withBot !== false) members.set(botUserId, member(botUserId, [botRole.id]));
	const roles = new Map([everyone, botRole].map((role) => [role.id, role]));
	const { name, ownerId, locale = 'en-US' } = input;
	return { id, name, ownerId, locale, roles, members, features: [], isUnavailable: false, blockedWords: [] };
}

export function completeChannel(
	input: NewChannel & { recipientId?: string },
	{ id, guildId, position }: { id: string; guildId: string | undefined; position: number },
): Channel {
	return {
		id,
		type: input.type ?? channelTypes.text,
		guildId,
		name: input.name,
		topic: input.topic ?? null,
		parentId: input.parentId ?? null,
		position,
		overwrites: (input.overwrites ?? []).map((overwrite) => ({ allow: 0n, deny: 0n, ...overwrite })),
		recipientId: input.recipientId,
		thread: undefined,
		lastMessageId: null,
	};
}

/** @throws TypeError where Discord knows no threads: in direct conversations and in threads. */
export function completeThread(input: NewThread, parent: Channel, { id, nowMs }: { id: string; nowMs: number }): Channel {
	if (parent.guildId === undefined || parent.thread !== undefined) throw new TypeError('no threads in direct conversations or threads');
	const publicType = parent.type === channelTypes.announcement ? channelTypes.announcementThread : channelTypes.publicThread;
	const type = input.isPrivate === true ? channelTypes.privateThread : publicType;
	return {
		...completeChannel({ name: input.name, type, parentId: parent.id }, { id, guildId: parent.guildId, position: 0 }),
		thread: {
			ownerId: input.ownerId,
			members: new Set([input.ownerId]),
			archived: false,
			locked: false,
			autoArchiveMinutes: input.autoArchiveMinutes ?? 1440,
			archiveChangedAtMs: nowMs,
		},
	};
}
