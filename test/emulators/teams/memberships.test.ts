import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Json, startTeamsEmulator, type TeamsEmulator, type User } from '#test/emulators/teams/index.ts';
import { createTestBot, type TestBot } from '#test/emulators/teams/test-bot.ts';

let teams: TeamsEmulator;
let bot: TestBot;
let ana: User;

beforeEach(async () => {
	teams = await startTeamsEmulator({ limits: false });
	bot = createTestBot(teams);
	ana = teams.tenant.addUser({ name: 'Ana Ruiz' });
});

afterEach(() => teams.close());

async function ask(address: string, scope = 'https://graph.microsoft.com/.default') {
	const url = address.startsWith('http') ? address : `${teams.graphUrl}/v1.0/${address}`;
	const response = await fetch(url, { headers: { authorization: `Bearer ${await bot.token(scope)}` } });
	const body = (await response.json()) as { value?: Json[]; '@odata.nextLink'?: string; error?: { code: string } };
	return { status: response.status, body };
}

const membershipsOf = (id: string | undefined, query = '') => ask(`users/${id}/transitiveMemberOf${query}`);

test('tells of groups, teams, directory roles and units, directly and through groups', async () => {
	const { directory } = teams.tenant;
	const inner = directory.addGroup({ name: 'Inner', members: [ana.id] });
	const outer = directory.addGroup({ name: 'Outer', members: [inner.id] });
	directory.addGroup({ name: 'Others' });
	const role = directory.addGroup({ name: 'Reader', type: 'directoryRole', members: [ana.id] });
	const team = teams.tenant.addTeam({ name: 'Sales', members: [ana.id] });
	const { body } = await membershipsOf(ana.aadObjectId, '?$select=id');
	const typed = (type: string, id: string) => ({ '@odata.type': `#microsoft.graph.${type}`, id });
	const expected = [typed('group', inner.id), typed('group', outer.id), typed('directoryRole', role.id), typed('group', team.aadGroupId)];
	expect(body.value?.toSorted(byId)).toEqual(expected.toSorted(byId));
	expect((await membershipsOf(ana.userPrincipalName)).body.value).toContainEqual({ ...typed('group', inner.id), displayName: 'Inner' });
	inner.members = [];
	expect((await membershipsOf(ana.aadObjectId)).body.value).toHaveLength(2);
});

test('comes in pages, each with the address of the next', async () => {
	const groups = Array.from({ length: 250 }, (_, index) => teams.tenant.directory.addGroup({ name: `Group ${index}`, members: [ana.id] }));
	const first = await membershipsOf(ana.aadObjectId, '?$select=id');
	expect(first.body.value).toHaveLength(100);
	const second = await ask(first.body['@odata.nextLink'] ?? '');
	const third = await ask(second.body['@odata.nextLink'] ?? '');
	expect(third.body['@odata.nextLink']).toBeUndefined();
	const all = [first, second, third].flatMap(({ body }) => body.value ?? []);
	expect(all.map(({ id }) => id)).toEqual(groups.map(({ id }) => id));
	expect((await membershipsOf(ana.aadObjectId, '?$top=999')).body.value).toHaveLength(250);
	expect((await membershipsOf(ana.aadObjectId, '?$top=1000')).body.error?.code).toBe('Request_BadRequest');
});

test('knows guests, and nobody of another tenant, none without an account, and nobody who is not there', async () => {
	const guest = teams.tenant.addUser({ name: 'Gus', isGuest: true });
	expect((await membershipsOf(guest.aadObjectId)).body.value).toEqual([]);
	const federated = teams.tenant.addUser({ name: 'Fay', tenantId: '11111111-2222-4333-8444-555555555555' });
	for (const id of [federated.aadObjectId, ana.id, 'nobody'])
		expect(await membershipsOf(encodeURIComponent(id ?? ''))).toMatchObject({
			status: 404,
			body: { error: { code: 'Request_ResourceNotFound' } },
		});
});

test('is refused without the right, before anything else is looked at, and with a token for the connector', async () => {
	teams.grantGraph({ groups: false });
	expect(await membershipsOf('nobody')).toMatchObject({ status: 403, body: { error: { code: 'Authorization_RequestDenied' } } });
	const connector = 'https://api.botframework.com/.default';
	expect((await ask(`users/${ana.aadObjectId}/transitiveMemberOf`, connector)).status).toBe(401);
});

function byId(left: Json, right: Json): number {
	return String(left['id']).localeCompare(String(right['id']));
}
