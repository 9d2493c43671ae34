/** People, guilds, roles, members, channels and threads, and what each may do where. */

import { directPermissions, type Permission, permissions, permissionsIn } from './permissions.ts';
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
import { completeChannel, completeGuild, completeThread, completeUser } from './world-parts.ts';

/** What the gateway tells about. Threads are channels. */
export type Happening =
	| { type: 'guild-added' | 'guild-removed' | 'guild-lost' | 'guild-back'; guild: Guild }
	| { type: 'channel-added' | 'channel-changed' | 'channel-removed'; channel: Channel; couldView: boolean }
	| { type: 'thread-joined'; channel: Channel; couldView: boolean }
	| { type: 'role-added' | 'role-changed'; guild: Guild; role: Role }
	| { type: 'member-added' | 'member-changed' | 'member-removed'; guild: Guild; member: Member };

export interface NewGuild {
	name: string;
	/** A person of the world; a new one when not given. */
	ownerId?: string;
	locale?: string;
	/** Whether the bot is in it; true when not given. */
	withBot?: boolean;
	/** What the bot's own role may do; the least that a chat bot needs when not given. */
	botPermissions?: bigint;
}

export interface ChannelChange {
	name?: string;
	topic?: string | null;
	overwrites?: NewChannel['overwrites'];
	/** Threads only, like `locked`. */
	archived?: boolean;
	locked?: boolean;
}

/** Everything throws TypeError when a thing that is named does not exist. */
export interface World {
	addUser(user: NewUser): User;
	addGuild(guild: NewGuild): Guild;
	addRole(guildId: string, role: { name: string; permissions?: bigint; mentionable?: boolean }): Role;
	updateRole(guildId: string, roleId: string, change: Partial<Pick<Role, 'name' | 'permissions' | 'mentionable'>>): void;
	addMember(guildId: string, userId: string, member?: { roles?: readonly string[]; nick?: string; isPending?: boolean }): Member;
	updateMember(guildId: string, userId: string, change: Partial<Pick<Member, 'roles' | 'nick' | 'timedOutUntilMs' | 'isPending'>>): void;
	/** Removing the bot's own member is how it is thrown out. */
	removeMember(guildId: string, userId: string): void;
	addChannel(guildId: string, channel: NewChannel): Channel;
	updateChannel(channelId: string, change: ChannelChange): void;
	removeChannel(channelId: string): void;
	/** Only the thread itself: people start one with `startThread`, which leaves the messages that go with it. */
	addThread(thread: NewThread): Channel;
	/** Those who write in a thread or are mentioned there join it by themselves. */
	joinThread(threadId: string, userId: string): void;
	/** The direct conversation of this person with the bot; the same one each time. */
	openDirect(userId: string): Channel;
	/** An outage: the guild's events stop, and the bot is told that it is unavailable. `false` ends it. */
	setUnavailable(guildId: string, isUnavailable: boolean): void;

	users(): User[];
	guilds(): Guild[];
	/** Threads too. With an id, those of that guild. */
	channels(guildId?: string): Channel[];
	user(id: string): User | undefined;
	guild(id: string): Guild | undefined;
	channel(id: string): Channel | undefined;
	/** What the person may do there; nothing when not a member. */
	permissionsOf(userId: string, channel: Channel): bigint;
	may(userId: string, channel: Channel, ...needed: Permission[]): boolean;
	/** Ids of those who can see the channel, the bot included. */
	readersOf(channel: Channel): string[];
	/** Whether the bot and this person share a guild. */
	isAcquainted(userId: string): boolean;
}

export interface WorldSettings {
	botUserId: string;
	now: () => number;
	snowflakes: Snowflakes;
	announce: (happening: Happening) => void;
}

/** Creates a world that holds only the bot. */
export function createWorld(settings: WorldSettings): World {
	const { snowflakes, announce, now, botUserId } = settings;
	const users = new Map<string, User>();
	const guilds = new Map<string, Guild>();
	const channels = new Map<string, Channel>();
	const user = (id: string) => users.get(id) ?? missing('user', id);
	const guild = (id: string) => guilds.get(id) ?? missing('guild', id);
	const channel = (id: string) => channels.get(id) ?? missing('channel', id);
	const member = (guildId: string, userId: string) => guild(guildId).members.get(userId) ?? missing('member', userId);
	const world: World = {
		...createQueries({ users, guilds, channels, botUserId, now }),
		addUser(input) {
			const added = completeUser(input, snowflakes);
			users.set(added.id, added);
			return added;
		},
		addGuild(input) {
			const ownerId = input.ownerId ?? world.addUser({ name: 'owner' }).id;
			const added = completeGuild({ ...input, ownerId: user(ownerId).id }, settings);
			guilds.set(added.id, added);
			if (added.members.has(botUserId)) announce({ type: 'guild-added', guild: added });
			return added;
		},
		addRole(guildId, { name, permissions: bits = 0n, mentionable = false }) {
			const { roles } = guild(guildId);
			const role: Role = { id: snowflakes.next(), name, permissions: bits, mentionable, managed: false, position: roles.size };
			roles.set(role.id, role);
			announce({ type: 'role-added', guild: guild(guildId), role });
			return role;
		},
		updateRole(guildId, roleId, change) {
			const role = guild(guildId).roles.get(roleId) ?? missing('role', roleId);
			Object.assign(role, change);
			announce({ type: 'role-changed', guild: guild(guildId), role });
		},
		addMember(guildId, userId, { roles = [], nick, isPending = false } = {}) {
			const joined = { joinedAtMs: now(), timedOutUntilMs: null, isPending };
			const added: Member = { userId: user(userId).id, roles: [...roles], nick: nick ?? null, ...joined };
			guild(guildId).members.set(userId, added);
			announce(
				userId === botUserId
					? { type: 'guild-added', guild: guild(guildId) }
					: { type: 'member-added', guild: guild(guildId), member: added },
			);
			return added;
		},
		updateMember(guildId, userId, change) {
			announce({ type: 'member-changed', guild: guild(guildId), member: Object.assign(member(guildId, userId), change) });
		},
		removeMember(guildId, userId) {
			const removed = member(guildId, userId);
			guild(guildId).members.delete(userId);
			announce(
				userId === botUserId
					? { type: 'guild-removed', guild: guild(guildId) }
					: { type: 'member-removed', guild: guild(guildId), member: removed },
			);
		},
		addChannel(guildId, input) {
			const position = world.channels(guild(guildId).id).length;
			const added = completeChannel(input, { id: snowflakes.next(), guildId, position });
			channels.set(added.id, added);
			announce({ type: 'channel-added', channel: added, couldView: false });
			return added;
		},
		updateChannel(channelId, change) {
			const changed = channel(channelId);
			const couldView = world.may(botUserId, changed, 'viewChannel');
			applyChange(changed, change, now());
			announce({ type: 'channel-changed', channel: changed, couldView });
		},
		removeChannel(channelId) {
			const removed = channel(channelId);
			const couldView = world.may(botUserId, removed, 'viewChannel');
			for (const { id, parentId } of [...channels.values()]) if (parentId === channelId) channels.delete(id);
			channels.delete(channelId);
			announce({ type: 'channel-removed', channel: removed, couldView });
		},
		addThread(input) {
			const added = completeThread(input, channel(input.channelId), { id: input.messageId ?? snowflakes.next(), nowMs: now() });
			channels.set(added.id, added);
			announce({ type: 'channel-added', channel: added, couldView: false });
			return added;
		},
		joinThread(threadId, userId) {
			const joined = channel(threadId);
			if (joined.thread === undefined) throw new TypeError(`${threadId} is not a thread`);
			const couldView = world.may(botUserId, joined, 'viewChannel');
			joined.thread.members.add(userId);
			if (userId === botUserId) announce({ type: 'thread-joined', channel: joined, couldView });
		},
		openDirect(userId) {
			const known = [...channels.values()].find(({ recipientId }) => recipientId === userId);
			if (known !== undefined) return known;
			const input = { name: '', type: channelTypes.direct, recipientId: user(userId).id };
			const added = completeChannel(input, { id: snowflakes.next(), guildId: undefined, position: 0 });
			channels.set(added.id, added);
			return added;
		},
		setUnavailable(guildId, isUnavailable) {
			const changed = guild(guildId);
			changed.isUnavailable = isUnavailable;
			announce({ type: isUnavailable ? 'guild-lost' : 'guild-back', guild: changed });
		},
	};
	return world;
}

type Queries = Pick<
	World,
	'users' | 'guilds' | 'channels' | 'user' | 'guild' | 'channel' | 'permissionsOf' | 'may' | 'readersOf' | 'isAcquainted'
>;

interface Contents {
	users: ReadonlyMap<string, User>;
	guilds: ReadonlyMap<string, Guild>;
	channels: ReadonlyMap<string, Channel>;
	botUserId: string;
	now: () => number;
}

function createQueries({ users, guilds, channels, botUserId, now }: Contents): Queries {
	const queries: Queries = {
		users: () => [...users.values()],
		guilds: () => [...guilds.values()],
		channels: (guildId) => [...channels.values()].filter((channel) => guildId === undefined || channel.guildId === guildId),
		user: (id) => users.get(id),
		guild: (id) => guilds.get(id),
		channel: (id) => channels.get(id),
		permissionsOf(userId, channel) {
			if (channel.guildId === undefined) return [channel.recipientId, botUserId].includes(userId) ? directPermissions : 0n;
			const guild = guilds.get(channel.guildId);
			const member = guild?.members.get(userId);
			if (guild === undefined || member === undefined) return 0n;
			const parent = channel.thread === undefined ? undefined : channels.get(channel.parentId ?? '');
			return permissionsIn({ guild, channel, parent }, member, now());
		},
		may(userId, channel, ...needed) {
			const granted = queries.permissionsOf(userId, channel);
			return needed.every((name) => (granted & permissions[name]) !== 0n);
		},
		readersOf(channel) {
			const candidates =
				channel.guildId === undefined ? [channel.recipientId ?? '', botUserId] : [...(guilds.get(channel.guildId)?.members.keys() ?? [])];
			return candidates.filter((userId) => queries.may(userId, channel, 'viewChannel'));
		},
		isAcquainted: (userId) => [...guilds.values()].some(({ members }) => members.has(userId) && members.has(botUserId)),
	};
	return queries;
}

function applyChange(channel: Channel, { overwrites, archived, locked, ...rest }: ChannelChange, nowMs: number): void {
	Object.assign(channel, rest);
	if (overwrites !== undefined) channel.overwrites = overwrites.map((overwrite) => ({ allow: 0n, deny: 0n, ...overwrite }));
	const { thread } = channel;
	if (thread === undefined) {
		if (archived !== undefined || locked !== undefined) throw new TypeError(`${channel.id} is not a thread`);
		return;
	}
	if (archived !== undefined && archived !== thread.archived) Object.assign(thread, { archived, archiveChangedAtMs: nowMs });
	if (locked !== undefined) thread.locked = locked;
}

function missing(kind: string, id: string): never {
	throw new TypeError(`no such ${kind}: ${id}`);
}
