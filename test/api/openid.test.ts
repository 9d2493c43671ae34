/** Signing in through a chat platform's own OpenID provider, and every token that is not what it should be. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenIdProvider } from '#src/sessions/openid-provider.ts';
import { discordProvider, entraProvider, slackProvider } from '#src/sessions/openid-providers.ts';
import {
	clientId,
	clientSecret,
	type EmulatedProvider,
	startOpenIdProvider,
	type TokenChanges,
} from '#test/emulators/openid/openid-provider.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

const tenant = 'aaaaaaaa-1111-4111-8111-111111111111';
const session = '__Host-ccb';

describe('OpenID', () => {
	let opened: TestDatabase;
	let world: ApiWorld;
	let provider: EmulatedProvider;
	beforeAll(async () => {
		opened = await openServerDatabase();
		provider = await startOpenIdProvider('https://bot.example.com/api/v1/sign-in/from/teams');
		const { issuer } = provider;
		const entra = entraProvider({ clientId, clientSecret, tenantId: tenant });
		// The platform of the world is called otherwise than those that have a provider.
		const accountOf: OpenIdProvider['accountOf'] = (claims) => {
			const account = entra.accountOf(claims);
			return account === null ? null : { platform: 'fake', tenantId: 'T', accountId: account.accountId };
		};
		world = new ApiWorld(opened.database, [], { providers: [{ ...entra, issuer, accountOf }] });
	});
	afterAll(async () => {
		await world.close();
		await provider[Symbol.asyncDispose]();
		await opened.close();
	});

	/** Somebody whom the platform knows: what is refused is refused for its own sake. */
	async function member(): Promise<string> {
		const oid = `U${randomUUID()}`;
		await world.meet(oid);
		return oid;
	}
	const claimsOf = (oid: string) => ({ tid: tenant, oid });
	const navigation = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
	const open = async (visitor: Visitor) => {
		const { status, headers } = await visitor.call('GET', '/sign-in/with/teams', undefined, { 'sec-fetch-site': 'same-origin' });
		expect(status).toBe(302);
		return String(headers['location']);
	};
	const comeBack = async (visitor: Visitor, query: string, name = 'teams') =>
		await visitor.call('GET', `/sign-in/from/${name}?${query}`, undefined, navigation);
	async function signIn(oid: string, changes: TokenChanges = {}) {
		const visitor = world.visit();
		const query = provider.authorize(await open(visitor), claimsOf(oid), changes);
		return { visitor, query, answer: await comeBack(visitor, query) };
	}

	it('signs in the account that the platform knows by the same id, and writes it down', async () => {
		const oid = `U${randomUUID()}`;
		const ana = await world.meet(oid);
		expect((await world.visit().call('GET', '/sign-in/ways')).body).toEqual({
			providers: [{ platform: 'teams', title: null, address: '/api/v1/sign-in/with/teams' }],
			hasPasswords: false,
		});
		const { visitor, answer } = await signIn(oid);
		expect(answer).toMatchObject({ status: 302, headers: { location: '/' } });
		expect(await visitor.call('GET', '/me')).toMatchObject({ status: 200, body: { id: ana.userId } });
		const log = 'select details from audit_log where subject_user_id = $1 and action = $2';
		const noted = await opened.database.queryAs({ userId: ana.userId, role: 'ccb_admin' }, log, [ana.userId, 'web-sign-in']);
		expect(noted).toMatchObject([{ details: { identityId: ana.identityId, provider: 'teams' } }]);
	});

	it.each<[string, TokenChanges]>([
		['another nonce', { claims: { nonce: 'another' } }],
		['no nonce', { without: ['nonce'] }],
		['another issuer', { claims: { iss: 'https://login.microsoftonline.com/common/v2.0' } }],
		['another audience', { claims: { aud: 'another-client' } }],
		['no audience', { without: ['aud'] }],
		['a key that the provider does not publish', { isForged: true }],
		['an end that is over', { ageSeconds: 3_600 }],
		['another tenant', { claims: { tid: 'bbbbbbbb-1111-4111-8111-111111111111' } }],
		['no tenant', { without: ['tid'] }],
		['no account, but an e-mail address', { without: ['oid'], claims: { email: 'admin@example.com', email_verified: true } }],
		['a guest of the tenant', { claims: { acct: 1 } }],
	])('refuses a token with %s, and makes nothing', async (_name, changes) => {
		const people = async () => (await world.registrar<{ count: number }>('select count(*)::int as count from identities'))[0]?.count;
		const oid = await member();
		const before = await people();
		const { visitor, answer } = await signIn(oid, changes);
		expect(answer.status).toBe(403);
		expect(answer.text).toContain('https://bot.example.com/');
		expect(visitor.cookies.has(session)).toBe(false);
		expect(await people()).toBe(before);
	});

	it('goes by no e-mail address: whoever claims that of an administrator is who they are', async () => {
		const [admin, other] = [await world.meet(), await member()];
		await world.registrar("update users set role = 'ccb_admin' where id = $1", [admin.userId]);
		await world.registrar("update identities set email = 'admin@example.com' where id = $1", [admin.identityId]);
		const { visitor } = await signIn(other, {
			claims: { email: 'admin@example.com', email_verified: true, preferred_username: 'admin@example.com' },
		});
		const { body } = await visitor.call('GET', '/me');
		expect(body).toMatchObject({ isAdministrator: false });
		expect((body as { id: string }).id).not.toBe(admin.userId);
	});

	it('takes a code once, and from the browser that asked for it alone', async () => {
		const oid = await member();
		const [mine, other] = [world.visit(), world.visit()];
		const query = provider.authorize(await open(mine), claimsOf(oid));
		await open(other);
		for (const visitor of [other, world.visit()]) expect((await comeBack(visitor, query)).status).toBe(403);
		const kept = new Map(mine.cookies);
		expect((await comeBack(mine, query)).status).toBe(302);
		expect(mine.cookies.has('__Host-ccb-openid')).toBe(false);
		const again = world.visit();
		for (const [name, value] of kept) again.cookies.set(name, value);
		expect((await comeBack(again, query)).status).toBe(403);
		expect(again.cookies.has(session)).toBe(false);
	});

	it.each([
		['another state', (query: string) => query.replace(/state=[^&]+/, 'state=another')],
		['no state', (query: string) => query.replace(/&state=[^&]+/, '')],
		['no code', (query: string) => query.replace(/code=[^&]+&/, '')],
		['a code that was never given', (query: string) => query.replace(/code=[^&]+/, 'code=another')],
		['what was not allowed', (query: string) => query.replace(/code=[^&]+/, 'error=access_denied')],
	])('refuses %s', async (_name, change) => {
		const visitor = world.visit();
		const query = provider.authorize(await open(visitor), claimsOf(await member()));
		expect((await comeBack(visitor, change(query))).status).toBe(403);
		expect(visitor.cookies.has(session)).toBe(false);
	});

	it('asks the provider nothing for what no browser of ours asked, or asked for long ago', async () => {
		const visitor = world.visit();
		const query = provider.authorize(await open(visitor), claimsOf(await member()));
		const before = provider.redeemed;
		expect((await comeBack(world.visit(), query)).status).toBe(403);
		expect((await comeBack(visitor, query, 'slack')).status).toBe(403);
		const later = world.visit();
		const old = provider.authorize(await open(later), claimsOf(await member()));
		world.aheadMs += 11 * 60_000;
		expect((await comeBack(later, old)).text).toContain('ten minutes');
		expect(provider.redeemed).toBe(before);
	});

	it('lets nobody in whose account is locked', async () => {
		const oid = `U${randomUUID()}`;
		const ana = await world.meet(oid);
		await world.registrar('update users set deactivated_at = now() where id = $1', [ana.userId]);
		const { visitor, answer } = await signIn(oid);
		expect(answer.status).toBe(403);
		expect(visitor.cookies.has(session)).toBe(false);
	});

	it('says that the provider is away', async () => {
		world.aheadMs += 2 * 3_600_000;
		provider.isAway = true;
		const answer = await world.visit().call('GET', '/sign-in/with/teams');
		provider.isAway = false;
		expect(answer.status).toBe(503);
		expect((await world.visit().call('GET', '/sign-in/with/nobody')).status).toBe(404);
	});
});

describe('whose account it is', () => {
	const registration = { clientId, clientSecret };
	const slack = slackProvider({ ...registration, teamId: 'T1' });
	const entra = entraProvider({ ...registration, tenantId: tenant.toUpperCase() });
	const discord = discordProvider(registration);
	const slackClaims = (team: unknown, user: unknown) => ({
		sub: 'U9',
		'https://slack.com/team_id': team,
		'https://slack.com/user_id': user,
	});

	it.each([
		[
			'Slack: by its own two claims, and not by sub',
			slack,
			slackClaims('T1', 'U1'),
			{ platform: 'slack', tenantId: 'T1', accountId: 'U1' },
		],
		['Slack: of another workspace', slack, slackClaims('T2', 'U1'), null],
		['Slack: of none', slack, { sub: 'U9' }, null],
		[
			'Entra: whatever the case of the tenant',
			entra,
			{ tid: tenant, oid: 'o' },
			{ platform: 'teams', tenantId: tenant.toUpperCase(), accountId: 'o' },
		],
		['Entra: an id that is none', entra, { tid: tenant, oid: 7 }, null],
		['Discord: by its id', discord, { sub: '123' }, { platform: 'discord', tenantId: 'discord', accountId: '123' }],
		['Discord: nobody', discord, { sub: '' }, null],
	])('%s', (_name, { accountOf }, claims, account) => {
		expect(accountOf(claims)).toEqual(account);
	});

	it('never asks a shared issuer, and sends a proof to whoever takes it', () => {
		expect(entra.issuer).toBe(`https://login.microsoftonline.com/${tenant}/v2.0`);
		expect([slack, entra, discord].map(({ takesProof }) => takesProof)).toEqual([false, true, true]);
		expect(slack.parameters).toEqual({ team: 'T1' });
	});
});
