/** People, teams, channels, chats and files of the emulated tenant, and the ids they get. */

import { createHash } from 'node:crypto';
import { createDirectory, type Directory } from './directory.ts';
import type { Conversation, ConversationKind, NewFile, NewUser, OtherApp, StoredFile, Team, User } from './types.ts';

export interface Tenant {
	readonly tenantId: string;
	readonly directory: Directory;
	addUser(user: NewUser): User;
	/** With a channel named General, as every team has. Everybody who exists is a member unless `members` says otherwise. */
	addTeam(team: { name: string; members?: readonly string[]; channels?: readonly string[] }): Team;
	addChannel(team: Team, name: string): Conversation;
	addGroupChat(members: readonly string[], name?: string): Conversation;
	/** The chat of this person with the bot; the same one each time. */
	openPersonalChat(user: string): Conversation;
	/** Another app, which posts under its name. */
	addApp(app: { name: string }): OtherApp;
	app(id: string): OtherApp | undefined;
	users(): User[];
	teams(): Team[];
	conversations(): Conversation[];
	/** By `29:` id or by object id. */
	user(id: string): User | undefined;
	/** With or without `;messageid=`. */
	conversation(id: string): Conversation | undefined;
	team(id: string): Team | undefined;
	addFile(file: NewFile): StoredFile;
	file(id: string): StoredFile | undefined;
	files(): StoredFile[];
	/** The next message id: epoch milliseconds, strictly rising. */
	nextMessageId(): string;
	/** The next id that looks like nothing: 43 characters of base64url. */
	nextOpaqueId(): string;
	nextUuid(): string;
}

export interface TenantSettings {
	tenantId: string;
	/** Where OneDrive and SharePoint are. */
	filesUrl: string;
	/** Whether messages of groups and channels are delivered without a mention. */
	resourceSpecificConsent: boolean;
	now: () => number;
}

/** Creates an empty tenant. */
export function createTenant(settings: TenantSettings): Tenant {
	const users = new Map<string, User>();
	const teams = new Map<string, Team>();
	const conversations = new Map<string, Conversation>();
	const personalChats = new Map<string, Conversation>();
	const apps = new Map<string, OtherApp>();
	const files = new Map<string, StoredFile>();
	const ids = createIds(settings.now);

	const known = (members: readonly string[]) => {
		for (const member of members) if (!users.has(member)) throw new TypeError(`no such user: ${member}`);
		return [...members];
	};
	const addConversation = (id: string, kind: ConversationKind, name: string, members: readonly string[], team?: Team) => {
		const { resourceSpecificConsent } = settings;
		const conversation: Conversation = {
			id,
			kind,
			name,
			members: known(members),
			team,
			botIsMember: true,
			isBlocked: false,
			resourceSpecificConsent,
		};
		conversations.set(id, conversation);
		return conversation;
	};
	const tenant: Tenant = {
		tenantId: settings.tenantId,
		directory: createDirectory({
			tenantId: settings.tenantId,
			users: () => [...users.values()],
			teams: () => [...teams.values()],
			nextUuid: ids.nextUuid,
		}),
		...ids,
		addUser(input) {
			const user = completeUser(input, settings.tenantId, ids);
			users.set(user.id, user);
			return user;
		},
		addTeam({ name, members = [...users.keys()], channels = [] }) {
			const id = `19:${ids.nextOpaqueId()}@thread.tacv2`;
			const team: Team = { id, aadGroupId: ids.nextUuid(), name, channels: [] };
			teams.set(id, team);
			team.channels.push(addConversation(id, 'channel', 'General', members, team));
			for (const channel of channels) tenant.addChannel(team, channel);
			return team;
		},
		addChannel(team, name) {
			const channel = addConversation(`19:${ids.nextOpaqueId()}@thread.tacv2`, 'channel', name, team.channels[0]?.members ?? [], team);
			team.channels.push(channel);
			return channel;
		},
		addGroupChat: (members, name = '') => addConversation(`19:${ids.nextOpaqueId()}@thread.v2`, 'groupChat', name, members),
		openPersonalChat(user) {
			const chat = personalChats.get(user) ?? addConversation(`a:1${ids.nextOpaqueId()}`, 'personal', '', [user]);
			personalChats.set(user, chat);
			return chat;
		},
		addApp({ name }) {
			const app = { id: `28:${ids.nextUuid()}`, name };
			apps.set(app.id, app);
			return app;
		},
		app: (id) => apps.get(id),
		users: () => [...users.values()],
		teams: () => [...teams.values()],
		conversations: () => [...conversations.values()],
		user: (id) => users.get(id) ?? [...users.values()].find(({ aadObjectId }) => aadObjectId === id),
		conversation: (id) => conversations.get(id.split(';')[0] ?? ''),
		team: (id) => teams.get(id),
		addFile(input) {
			const id = ids.nextUuid();
			const content = typeof input.content === 'string' ? Buffer.from(input.content) : input.content;
			const contentUrl = `${settings.filesUrl}/sites/emulated/Shared%20Documents/${encodeURIComponent(input.name)}?d=${id}`;
			const file = { id, name: input.name, mimetype: input.mimetype, content, contentUrl };
			files.set(id, file);
			return file;
		},
		file: (id) => files.get(id),
		files: () => [...files.values()],
	};
	return tenant;
}

type Ids = Pick<Tenant, 'nextMessageId' | 'nextOpaqueId' | 'nextUuid'>;

/** Ids look like Teams' own, with characters that have to be escaped in a URL, and are the same in every run. */
function createIds(now: () => number): Ids {
	let lastId = 0;
	let lastMessageMs = 0;
	const next = () => {
		lastId += 1;
		return createHash('sha256').update(`emulated-${lastId}`);
	};
	return {
		nextMessageId() {
			lastMessageMs = Math.max(Math.floor(now()), lastMessageMs + 1);
			return String(lastMessageMs);
		},
		nextOpaqueId: () => next().digest('base64url'),
		nextUuid() {
			const hex = next().digest('hex');
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
		},
	};
}

function completeUser(input: NewUser, homeTenantId: string, ids: Ids): User {
	const email = input.email ?? `${input.name.toLowerCase().replaceAll(/\s+/g, '.')}@example.test`;
	const role = input.isAnonymous ? 'anonymous' : input.isGuest ? 'guest' : 'user';
	const guestName = `${email.replace('@', '_')}#EXT#@emulated.test`;
	return {
		id: `29:1${ids.nextOpaqueId()}`,
		aadObjectId: role === 'anonymous' ? undefined : ids.nextUuid(),
		name: input.name,
		email: role === 'anonymous' ? undefined : email,
		userPrincipalName: role === 'anonymous' ? undefined : role === 'guest' ? guestName : email,
		locale: input.locale ?? 'en-US',
		timeZone: input.timeZone ?? 'Etc/UTC',
		tenantId: input.tenantId ?? homeTenantId,
		role,
		hasApp: input.hasApp ?? role === 'user',
	};
}
