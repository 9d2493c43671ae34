import { readFile } from 'node:fs/promises';
import type { Receiver } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#src/clock.ts';
import { botDescription } from '#src/commands/description.ts';
import { english } from '#src/locales/english.ts';
import { languages } from '#src/locales/locales.ts';
import { quiet } from '#test/emulators/slack/test-client.ts';
import { createDirectory } from '../../adapters/slack/directory.ts';
import { createGroups } from '../../adapters/slack/groups.ts';
import { createIntake } from '../../adapters/slack/intake.ts';
import { createLookups } from '../../adapters/slack/lookups.ts';
import { createMembers } from '../../adapters/slack/members.ts';
import { createNames } from '../../adapters/slack/names.ts';
import { createOutbound } from '../../adapters/slack/outbound.ts';
import { emailScope } from '../../adapters/slack/scopes.ts';
import { takeFilesCallback } from '../../adapters/slack/shortcuts.ts';
import { createUploads } from '../../adapters/slack/uploads.ts';
import { slackManifest } from '../../scripts/generate/slack-manifest.ts';

/** The limits of Slack's "App manifest reference"; a member that it does not know makes Slack refuse the whole manifest. */
const prompt = z.strictObject({ title: z.string().min(1), message: z.string().min(1) });
const shortcut = z.strictObject({
	name: z.string().min(1).max(24),
	type: z.literal('message'),
	callback_id: z.string().min(1).max(255),
	description: z.string().min(1).max(150),
});
const slashCommand = z.strictObject({
	command: z
		.string()
		.regex(/^\/[a-z0-9_-]+$/)
		.max(32),
	url: z.url(),
	description: z.string().min(1).max(2_000),
	usage_hint: z.string().max(1_000),
	should_escape: z.literal(true),
});
const schema = z.strictObject({
	display_information: z.strictObject({
		name: z.string().min(1).max(35),
		description: z.string().max(140),
		background_color: z.string().regex(/^#[0-9a-f]{6}$/),
	}),
	features: z.strictObject({
		app_home: z.strictObject({
			home_tab_enabled: z.boolean(),
			messages_tab_enabled: z.literal(true),
			messages_tab_read_only_enabled: z.literal(false),
		}),
		bot_user: z.strictObject({
			display_name: z
				.string()
				.regex(/^[\w .-]+$/)
				.max(80),
			always_online: z.boolean(),
		}),
		agent_view: z.strictObject({ agent_description: z.string().max(300), suggested_prompts: z.array(prompt).max(4) }),
		slash_commands: z.array(slashCommand).min(1).max(50),
		shortcuts: z.array(shortcut).max(10),
	}),
	oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
	settings: z.strictObject({
		event_subscriptions: z.strictObject({ request_url: z.url(), bot_events: z.array(z.string()).max(100) }),
		interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: z.url() }),
		org_deploy_enabled: z.boolean(),
		socket_mode_enabled: z.boolean(),
		token_rotation_enabled: z.boolean(),
	}),
});

const identity = () => ({ teamId: 'T1', botUserId: 'UBOT', botId: 'B1' });
const manifest = schema.parse(slackManifest(botDescription, 'https://bot.example.com'));
const { bot: scopes } = manifest.oauth_config.scopes;
const { bot_events: events } = manifest.settings.event_subscriptions;

/** The bot events of Slack that such an app could ask for, each as it arrives (docs.slack.dev, "Events"). */
const message = { type: 'message', user: 'U1', ts: '2.0', text: '<@UBOT> hello' };
const arrivals: Record<string, Record<string, unknown>> = {
	'message.channels': { ...message, channel: 'C1', channel_type: 'channel' },
	'message.groups': { ...message, channel: 'C1', channel_type: 'group' },
	'message.im': { ...message, channel: 'D1', channel_type: 'im' },
	'message.mpim': { ...message, channel: 'G1', channel_type: 'mpim' },
	app_mention: { ...message, type: 'app_mention', channel: 'C1' },
	app_home_opened: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages', event_ts: '2.0' },
	agent_session_stopped: { type: 'agent_session_stopped', user: 'U1', channel: 'D1', thread_ts: '1.0', event_ts: '2.0' },
	app_context_changed: { type: 'app_context_changed', user: 'U1', channel: 'D1', event_ts: '2.0' },
	agent_session_title_changed: { type: 'agent_session_title_changed', channel: 'D1', thread_ts: '1.0', title: 'x' },
	file_shared: { type: 'file_shared', file_id: 'F1', user_id: 'U1', channel_id: 'C1' },
	file_change: { type: 'file_change', file_id: 'F1', file: { id: 'F1' } },
	file_deleted: { type: 'file_deleted', file_id: 'F1' },
	file_unshared: { type: 'file_unshared', file_id: 'F1', file: { id: 'F1' } },
	channel_archive: { type: 'channel_archive', channel: 'C1', user: 'U1' },
	channel_created: { type: 'channel_created', channel: { id: 'C1', name: 'new', creator: 'U1' } },
	channel_deleted: { type: 'channel_deleted', channel: 'C1' },
	channel_left: { type: 'channel_left', channel: 'C1' },
	channel_rename: { type: 'channel_rename', channel: { id: 'C1', name: 'new' } },
	channel_shared: { type: 'channel_shared', channel: 'C1', connected_team_id: 'T2' },
	channel_unarchive: { type: 'channel_unarchive', channel: 'C1', user: 'U1' },
	channel_unshared: { type: 'channel_unshared', channel: 'C1', previously_connected_team_id: 'T2' },
	group_archive: { type: 'group_archive', channel: 'G1' },
	group_deleted: { type: 'group_deleted', channel: 'G1' },
	group_left: { type: 'group_left', channel: 'G1' },
	group_rename: { type: 'group_rename', channel: { id: 'G1', name: 'new' } },
	group_unarchive: { type: 'group_unarchive', channel: 'G1' },
	member_joined_channel: { type: 'member_joined_channel', user: 'U1', channel: 'C1', channel_type: 'C', team: 'T1' },
	member_left_channel: { type: 'member_left_channel', user: 'U1', channel: 'C1', channel_type: 'C', team: 'T1' },
	user_change: { type: 'user_change', user: { id: 'U1', team_id: 'T1' } },
	subteam_created: { type: 'subteam_created', subteam: { id: 'S1' } },
	subteam_members_changed: { type: 'subteam_members_changed', subteam_id: 'S1' },
	subteam_updated: { type: 'subteam_updated', subteam: { id: 'S1' } },
	subteam_self_added: { type: 'subteam_self_added', subteam_id: 'S1' },
	team_join: { type: 'team_join', user: { id: 'U1', team_id: 'T1' } },
	app_uninstalled: { type: 'app_uninstalled' },
	tokens_revoked: { type: 'tokens_revoked', tokens: {} },
	reaction_added: { type: 'reaction_added', user: 'U1', item: { channel: 'C1', ts: '2.0' } },
};

/** The scopes that each method wants (docs.slack.dev, the page of each method). */
const scopesOfMethod: Record<string, string[]> = {
	'chat.postMessage': ['chat:write'],
	'chat.postEphemeral': ['chat:write'],
	'chat.update': ['chat:write'],
	'chat.delete': ['chat:write'],
	'chat.startStream': ['chat:write'],
	'chat.appendStream': ['chat:write'],
	'chat.stopStream': ['chat:write'],
	'assistant.threads.setStatus': ['chat:write'],
	'assistant.threads.setSuggestedPrompts': ['assistant:write'],
	'agents.sessions.setStatus': ['assistant:write'],
	'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
	'conversations.info': ['channels:read'],
	'conversations.open': ['im:write'],
	'files.completeUploadExternal': ['files:write'],
	'files.getUploadURLExternal': ['files:write'],
	'conversations.members': ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
	'usergroups.list': ['usergroups:read'],
	'users.info': ['users:read'],
	'users.list': ['users:read'],
};

const scopeOfEvent: Record<string, string | null> = {
	'message.channels': 'channels:history',
	'message.groups': 'groups:history',
	'message.im': 'im:history',
	'message.mpim': 'mpim:history',
	app_mention: 'app_mentions:read',
	app_home_opened: null,
	app_uninstalled: null,
	agent_session_stopped: 'assistant:write',
	channel_archive: 'channels:read',
	channel_deleted: 'channels:read',
	channel_left: 'channels:read',
	channel_rename: 'channels:read',
	channel_shared: 'channels:read',
	channel_unarchive: 'channels:read',
	channel_unshared: 'channels:read',
	file_change: 'files:read',
	file_deleted: 'files:read',
	group_archive: 'groups:read',
	group_deleted: 'groups:read',
	group_left: 'groups:read',
	group_rename: 'groups:read',
	group_unarchive: 'groups:read',
	member_joined_channel: 'channels:read',
	member_left_channel: 'channels:read',
	subteam_created: 'usergroups:read',
	subteam_members_changed: 'usergroups:read',
	subteam_updated: 'usergroups:read',
	team_join: 'users:read',
	user_change: 'users:read',
};

describe("the Slack app's manifest", () => {
	it('is within the limits of the manifest reference', () => {
		expect(schema.safeParse(slackManifest(botDescription, 'https://openccb.example.com')).success).toBe(true);
	});

	it('sends everything to where the adapter listens', () => {
		const { interactivity, event_subscriptions: subscriptions } = manifest.settings;
		const urls = [interactivity.request_url, subscriptions.request_url, ...manifest.features.slash_commands.map(({ url }) => url)];
		expect(new Set(urls)).toEqual(new Set(['https://bot.example.com/slack/events']));
	});

	it('has the entry of a message’s menu that the adapter listens to', () => {
		expect(manifest.features.shortcuts).toMatchObject([{ type: 'message', callback_id: takeFilesCallback, name: english.app.takeFiles }]);
	});

	it('hints at every command of the registry', () => {
		const hint = manifest.features.slash_commands[0]?.usage_hint.split(' | ');
		for (const { command } of Object.values(languages)) expect(hint).toEqual(Object.keys(command.about));
	});

	it('asks for nothing twice', () => {
		expect(new Set(scopes).size).toBe(scopes.length);
		expect(new Set(events).size).toBe(events.length);
	});

	it.each(Object.entries(arrivals))('asks for %s exactly when the adapter understands it', async (name, event) => {
		expect(events.includes(name)).toBe(await isUnderstood(event));
	});

	it('asks for no event that these tests do not know', () => {
		expect(events.filter((name) => !(name in arrivals))).toEqual([]);
	});

	it('asks for the scopes of the events and of every method that the adapter calls', async () => {
		const methods = await calledMethods();
		expect(methods.filter((method) => !(method in scopesOfMethod))).toEqual([]);
		const needed = [...methods.flatMap((method) => scopesOfMethod[method] ?? []), ...events.map((name) => scopeOfEvent[name]), 'commands'];
		expect(needed.filter((scope) => typeof scope === 'string' && !scopes.includes(scope))).toEqual([]);
	});

	it('asks for e-mail addresses only on demand', () => {
		expect(scopes).not.toContain(emailScope);
		const demanded = schema.parse(slackManifest(botDescription, 'https://bot.example.com', { readsEmails: true }));
		expect(demanded.oauth_config.scopes.bot).toEqual([...scopes, emailScope]);
	});

	it('is the file in the repository', async () => {
		const file: unknown = JSON.parse(await readFile('manifests/slack.json', 'utf8'));
		expect(file).toEqual(slackManifest(botDescription, 'https://openccb.example.com'));
	});
});

/** Whether anything comes of this event. */
async function isUnderstood(event: Record<string, unknown>): Promise<boolean> {
	let isHeard = false;
	const hear = async () => {
		isHeard = true;
	};
	let app: Parameters<Receiver['init']>[0] | undefined;
	const receiver: Receiver = {
		init: (value) => {
			app = value;
		},
		start: async () => {},
		stop: async () => {},
	};
	const enterprise = { identity, learn: async () => false };
	const names = createNames({ call: async () => ({ ok: true }), identity, directory: { nameOf: () => null }, clock: systemClock });
	const forms = { open: async () => false, check: () => null, read: () => null };
	const takers = { enterprise, forms, names, sink: hear, profiles: hear, onPersonChanged: () => {}, onGroupsChanged: () => void hear() };
	createIntake({ receiver, token: 'xoxb-1', apiUrl: 'http://127.0.0.1:9/api/', command: '/ccb', logger: quiet, ...takers });
	await app?.processEvent({ body: { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event }, ack: async () => {} });
	return isHeard;
}

/** What the adapter asks Slack for when the core uses all of it. */
async function calledMethods(): Promise<string[]> {
	const called = new Set<string>();
	const call = async (method: string) => {
		called.add(method);
		const members = [{ id: 'U1', team_id: 'T1' }];
		return { ok: true, ts: '1.0', user: { id: 'U1' }, members, messages: [{ user: 'U1', ts: '1.0', text: 'x' }] };
	};
	const place = { platform: 'slack', tenantId: 'T1', channelId: 'C1', threadId: '1.0', kind: 'channel' as const };
	const reference = { place, messageId: '2.0' };
	const shown = { text: 'x', buttons: [], replyId: 'r' };
	const actor = { tenantId: 'T1', accountId: 'U1' };
	const { signal } = new AbortController();
	const outbound = createOutbound(call, { sessions: true });
	const names = createNames({ call, identity, directory: { nameOf: () => null }, clock: systemClock });
	const lookups = createLookups(call, identity, names);
	await createMembers(call).fetchMembers(place, actor, signal);
	await lookups.readMessage(reference, signal);
	await lookups.openPersonalChat(actor, null, signal);
	const file = { name: 'a.csv', mediaType: 'text/csv', bytes: new Uint8Array(1) };
	// There is no address to send the bytes to, and so no end of it.
	await createUploads(call, 'http://127.0.0.1:9/api/')
		.sendFile(place, file, '', signal)
		.catch(() => {});
	called.add('files.completeUploadExternal');
	await outbound.post(place, shown, signal);
	await outbound.edit(reference, shown, signal);
	await outbound.remove(reference, signal);
	await outbound.appendStream(await outbound.openStream(place, actor, 'x', signal), { delta: 'y', text: 'xy' }, signal);
	await outbound.closeStream(reference, '', shown, signal);
	await outbound.showActivity(place, 'x', signal);
	await outbound.sendPrivately(place, actor, ['x'], undefined, signal);
	await outbound.suggestPrompts(place, { greeting: '', prompts: [] }, signal);
	await createGroups({ call, identity, clock: systemClock, logger: { warn: () => {} } }).fetchGroups(actor, place, signal);
	const directory = createDirectory({ call, identity, clock: systemClock, logger: { warn: () => {} } });
	directory.start();
	await directory.arrival(actor, 60_000, signal);
	directory.stop();
	await lookups.fetchProfile(actor, place, signal);
	await names.fill((known) => ['C2', 'S1', 'U2'].map((id) => known.get(id)));
	await lookups.readThread(place, { before: '9.0', limit: 10 }, signal);
	await lookups.findOwnMessages(place, '0.0', signal);
	return [...called];
}
