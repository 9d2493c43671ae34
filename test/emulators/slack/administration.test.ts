import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SlackEmulator, startSlackEmulator, type User } from '#test/emulators/slack/index.ts';
import { defaultScopes } from '#test/emulators/slack/scopes.ts';
import { createTestClient, errorOf, eventually, startTestApp, type TestApp } from '#test/emulators/slack/test-client.ts';

let slack: SlackEmulator;
let app: TestApp;
let client: WebClient;
let ana: User;

beforeEach(async () => {
	app = await startTestApp();
	slack = await startSlackEmulator({ eventsUrl: app.url });
	client = createTestClient(slack);
	ana = slack.workspace.addUser({ name: 'ana', locale: 'es-ES' });
});

afterEach(async () => {
	await slack.close();
	await app.close();
});

const without = (scope: string) => defaultScopes.filter((one) => one !== scope);

test('a changed account is told with the whole user object, and of a closed one less is told', async () => {
	await slack.changeUser(ana.id, { isGuest: true });
	await slack.changeUser(ana.id, { deleted: true });
	await eventually(() => expect(app.events()).toHaveLength(2));
	const users = app.events().map(({ event }) => event.user as Record<string, unknown>);
	expect(users.find(({ deleted }) => deleted !== true)).toMatchObject({
		id: ana.id,
		team_id: slack.teamId,
		is_restricted: true,
		locale: 'es-ES',
	});
	expect(users.find(({ deleted }) => deleted === true)).not.toHaveProperty('is_restricted');
	expect((await client.users.info({ user: ana.id })).user).toMatchObject({ deleted: true });
});

test('groups are told when they are made, joined, left and disabled', async () => {
	const { id } = await slack.createUserGroup({ handle: 'staff', userIds: [ana.id] });
	await slack.setUserGroupMembers(id, []);
	await slack.disableUserGroup(id);
	await eventually(() => expect(app.events()).toHaveLength(4));
	const told = new Map(app.events().map(({ event }) => [JSON.stringify([event.type, event.added_users, event.removed_users]), event]));
	expect([...told.keys()].toSorted()).toEqual(
		[
			['subteam_created', null, null],
			['subteam_members_changed', [], [ana.id]],
			['subteam_members_changed', [ana.id], []],
			['subteam_updated', null, null],
		]
			.map((parts) => JSON.stringify(parts))
			.toSorted(),
	);
});

test('disabled groups are listed on request only, and members too', async () => {
	const { id } = await slack.createUserGroup({ handle: 'staff', userIds: [ana.id] });
	expect((await client.usergroups.list()).usergroups?.[0]).not.toHaveProperty('users');
	expect((await client.usergroups.list({ include_users: true })).usergroups?.[0]).toMatchObject({ id, users: [ana.id], date_delete: 0 });
	await slack.disableUserGroup(id);
	expect((await client.usergroups.list()).usergroups).toEqual([]);
	expect((await client.usergroups.list({ include_disabled: true })).usergroups).toHaveLength(1);
});

test('without the scope a method is refused with what it needs, and events are not sent', async () => {
	slack.setScopes(without('usergroups:read'));
	await slack.createUserGroup({ handle: 'staff', userIds: [ana.id] });
	const refused = await client.usergroups.list().catch((error: { data: unknown }) => error.data);
	expect(refused).toMatchObject({ error: 'missing_scope', needed: 'usergroups:read', provided: without('usergroups:read').join(',') });
	slack.setScopes(without('users:read'));
	await slack.changeUser(ana.id, { deleted: true });
	expect(await errorOf(client.users.info({ user: ana.id }))).toBe('missing_scope');
	expect(slack.deliveries).toEqual([]);
});

test('what may be read of a conversation depends on its kind', async () => {
	const secret = slack.workspace.addChannel({ name: 'secret', isPrivate: true, members: [ana.id] });
	const open = slack.workspace.addChannel({ name: 'open', members: [ana.id] });
	slack.setScopes(without('groups:history'));
	const read = (channel: string) => errorOf(client.conversations.history({ channel }));
	expect([await read(secret.id), await read(open.id)]).toEqual(['missing_scope', 'ok']);
	await slack.say({ user: ana.id, channel: secret.id, text: 'unheard' });
	await slack.say({ user: ana.id, channel: open.id, text: 'heard' });
	await eventually(() => expect(app.events().map(({ event }) => event.text)).toEqual(['heard']));
});

test('e-mail addresses are shown only with the scope for them', async () => {
	const email = async () => (await client.users.info({ user: ana.id })).user?.profile?.email;
	expect(await email()).toBeUndefined();
	slack.setScopes([...defaultScopes, 'users:read.email']);
	expect(await email()).toBe('ana@example.test');
});

test('nobody and no group that is not there can be changed', async () => {
	await expect(slack.changeUser('U0NOBODY', { deleted: true })).rejects.toThrow('no such user');
	await expect(slack.disableUserGroup('S0NONE')).rejects.toThrow('no such user group');
});
