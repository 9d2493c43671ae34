/** People, channels, groups and files of the emulated workspace, and the ids they get. */

import type { Channel, NewChannel, NewFile, NewUser, OtherApp, StoredFile, User, UserGroup } from './types.ts';

export interface Workspace {
	addUser(user: NewUser): User;
	addChannel(channel: NewChannel): Channel;
	/** The direct conversation of this person with the bot; the same one each time. */
	openDirect(userId: string): Channel;
	addUserGroup(group: { id?: string; handle: string; name?: string; userIds: readonly string[] }): UserGroup;
	/** Another app, with the user that it posts as. */
	addApp(app: { name: string }): OtherApp;
	users(): User[];
	channels(): Channel[];
	userGroups(): UserGroup[];
	user(id: string): User | undefined;
	channel(id: string): Channel | undefined;
	addFile(file: NewFile, user: string, channel: string): StoredFile;
	file(id: string): StoredFile | undefined;
	removeFile(id: string): void;
	removeChannel(id: string): void;
	/** One of the other apps. */
	app(botId: string): OtherApp | undefined;
	/** The next id of a kind: `U00000001`, `Ev00000002`, … Never the same twice. */
	nextId(prefix: string): string;
	/** The next message timestamp: a string `epoch.6digits`, strictly rising. */
	nextTs(): string;
}

export interface WorkspaceSettings {
	teamId: string;
	botUserId: string;
	now: () => number;
}

/** Creates a workspace that holds only the bot, and Slackbot, which is everywhere. */
export function createWorkspace(settings: WorkspaceSettings): Workspace {
	const users = new Map<string, User>();
	const channels = new Map<string, Channel>();
	const directs = new Map<string, Channel>();
	const groups = new Map<string, UserGroup>();
	const files = new Map<string, StoredFile>();
	const apps = new Map<string, OtherApp>();
	let lastId = 0;
	let lastMicroseconds = 0;

	const nextId = (prefix: string) => {
		lastId += 1;
		return `${prefix}${String(lastId).padStart(10, '0')}`;
	};
	const workspace: Workspace = {
		addUser(input) {
			const user = completeUser(input, settings.teamId, nextId);
			users.set(user.id, user);
			return user;
		},
		addChannel(input) {
			for (const member of input.members) if (!users.has(member)) throw new TypeError(`no such user: ${member}`);
			const channel = completeChannel(input, nextId);
			channels.set(channel.id, channel);
			return channel;
		},
		openDirect(userId) {
			const known = directs.get(userId);
			if (known !== undefined) return known;
			if (!users.has(userId)) throw new TypeError(`no such user: ${userId}`);
			const direct: Channel = { ...completeChannel({ name: '', members: [userId], isPrivate: true, id: nextId('D') }, nextId), kind: 'im' };
			directs.set(userId, direct);
			channels.set(direct.id, direct);
			return direct;
		},
		addUserGroup(input) {
			const group: UserGroup = {
				id: input.id ?? nextId('S'),
				handle: input.handle,
				name: input.name ?? input.handle,
				userIds: [...input.userIds],
				disabledAt: 0,
				updatedAt: Math.floor(settings.now() / 1_000),
			};
			groups.set(group.id, group);
			return group;
		},
		addApp({ name }) {
			const { id: userId } = workspace.addUser({ name, isBot: true });
			const app = { botId: nextId('B'), appId: nextId('A'), userId, name };
			apps.set(app.botId, app);
			return app;
		},
		users: () => [...users.values()],
		channels: () => [...channels.values()],
		userGroups: () => [...groups.values()],
		user: (id) => users.get(id),
		channel: (id) => channels.get(id),
		addFile(input, user, channel) {
			const content = typeof input.content === 'string' ? Buffer.from(input.content) : input.content;
			const file = {
				id: input.id ?? nextId('F'),
				name: input.name,
				mimetype: input.mimetype,
				content,
				user,
				channel,
				createdAtMs: settings.now(),
			};
			files.set(file.id, file);
			return file;
		},
		file: (id) => files.get(id),
		removeFile: (id) => void files.delete(id),
		removeChannel: (id) => void channels.delete(id),
		app: (botId) => apps.get(botId),
		nextId,
		nextTs() {
			lastMicroseconds = Math.max(Math.floor(settings.now() * 1000), lastMicroseconds + 1);
			return `${Math.floor(lastMicroseconds / 1_000_000)}.${String(lastMicroseconds % 1_000_000).padStart(6, '0')}`;
		},
	};
	workspace.addUser({ id: settings.botUserId, name: 'openccb', realName: 'OpenCCB', isBot: true });
	// Slack itself does not call it a bot.
	workspace.addUser({ id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' });
	return workspace;
}

function completeUser(input: NewUser, teamId: string, nextId: (prefix: string) => string): User {
	const isStranger = input.isStranger ?? false;
	return {
		id: input.id ?? nextId('U'),
		name: input.name,
		realName: input.realName ?? input.name,
		locale: input.locale ?? 'en-US',
		timeZone: input.timeZone ?? 'Europe/Madrid',
		isGuest: input.isGuest ?? false,
		isStranger,
		isBot: input.isBot ?? false,
		deleted: input.deleted ?? false,
		teamId: input.teamId ?? (isStranger ? 'T0ELSEWHERE' : teamId),
		email: input.email ?? `${input.name.toLowerCase()}@example.test`,
		isEmailConfirmed: input.isEmailConfirmed ?? true,
		enterpriseTeams: input.enterpriseTeams ?? [],
	};
}

function completeChannel(input: NewChannel, nextId: (prefix: string) => string): Channel {
	const isPrivate = input.isPrivate ?? false;
	return {
		id: input.id ?? nextId(isPrivate && !input.isGroupDirect ? 'G' : 'C'),
		name: input.name,
		kind: input.isGroupDirect ? 'mpim' : isPrivate ? 'group' : 'channel',
		isPrivate,
		members: [...input.members],
		botIsMember: input.botIsMember ?? true,
		isExtShared: input.isExtShared ?? false,
		isArchived: input.isArchived ?? false,
		postingRefusal: null,
	};
}
