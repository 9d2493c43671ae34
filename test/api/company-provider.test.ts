/** Signing in through an OpenID provider of the company: whose account it is, what its groups give, and all that is refused. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingFor } from '#src/api/asking.ts';
import { webPlaceOf } from '#src/identity/account.ts';
import type { Person } from '#src/identity/person.ts';
import { type CompanyProvider, companyProvider } from '#src/sessions/company-provider.ts';
import { entraProvider } from '#src/sessions/openid-providers.ts';
import { webTenantsOf } from '#src/sessions/web-tenants.ts';
import { type CertifiedProvider, startCertifiedProvider } from '#test/emulators/openid/certified-provider.ts';
import {
	clientId,
	clientSecret,
	type EmulatedProvider,
	startOpenIdProvider,
	type TokenChanges,
} from '#test/emulators/openid/openid-provider.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

const session = '__Host-ccb';
const returnAddress = 'https://bot.example.com/api/v1/sign-in/from/openid';
const registration = { clientId, clientSecret };
const usual = {
	...{ ...registration, title: 'Company', scope: 'openid profile', accountClaim: 'sub', groupsClaim: 'groups', required: [], roles: null },
};
const roles: CompanyProvider['roles'] = [
	{ groupId: 'staff', role: 'ccb_employee' },
	{ groupId: 'it', role: 'ccb_admin' },
];

async function open(visitor: Visitor, name = 'openid'): Promise<string> {
	const { headers } = await visitor.call('GET', `/sign-in/with/${name}`, undefined, { 'sec-fetch-site': 'same-origin' });
	return String(headers['location']);
}

async function comeBack(visitor: Visitor, query: string, name = 'openid') {
	return await visitor.call('GET', `/sign-in/from/${name}?${query}`, undefined, { 'sec-fetch-site': 'cross-site' });
}

interface Me {
	id: string;
	name: string;
	role: string;
	isAdministrator: boolean;
	language: string;
	accounts: { platform: string }[];
}

async function me(visitor: Visitor): Promise<Me> {
	return (await visitor.call('GET', '/me')).body;
}

describe('a certified provider', () => {
	let opened: TestDatabase;
	let world: ApiWorld;
	let provider: CertifiedProvider;
	beforeAll(async () => {
		opened = await openServerDatabase();
		provider = await startCertifiedProvider(returnAddress);
		const company = { ...usual, issuer: provider.issuer, roles };
		world = new ApiWorld(opened.database, [], {
			providers: [companyProvider(company)],
			webTenants: webTenantsOf({ company, hasPasswords: false }),
		});
	});
	afterAll(async () => {
		await world.close();
		await provider[Symbol.asyncDispose]();
		await opened.close();
	});

	async function signIn(sub: string) {
		const visitor = world.visit();
		return { visitor, answer: await comeBack(visitor, await provider.signIn(await open(visitor), sub)) };
	}

	it('signs somebody in, called as it calls them, with what their groups give', async () => {
		expect((await world.visit().call('GET', '/sign-in/ways')).body).toEqual({
			providers: [{ platform: 'openid', title: 'Company', address: '/api/v1/sign-in/with/openid' }],
			hasPasswords: false,
		});
		provider.people.set('ana', { name: 'Ana Gil', locale: 'es-ES', groups: ['staff', 'other'] });
		const { visitor, answer } = await signIn('ana');
		expect(answer).toMatchObject({ status: 302, headers: { location: '/' } });
		expect(await me(visitor)).toMatchObject({ name: 'Ana Gil', role: 'employee', language: 'es', accounts: [{ platform: 'web' }] });
	});

	it('gives a role with a group, and takes it with the group, in every browser at once', async () => {
		provider.people.set('luis', { name: 'Luis', groups: ['staff', 'it'] });
		const { visitor: first } = await signIn('luis');
		expect(await me(first)).toMatchObject({ role: 'admin', isAdministrator: true });
		provider.people.set('luis', { name: 'Luis', groups: ['staff'] });
		const { visitor: second } = await signIn('luis');
		for (const visitor of [first, second]) expect(await me(visitor)).toMatchObject({ role: 'employee' });
		provider.people.set('luis', { name: 'Luis', groups: [] });
		const { visitor: third, answer } = await signIn('luis');
		expect(answer.status).toBe(403);
		expect(answer.text).toContain('An administrator can let you in');
		expect(third.cookies.has(session)).toBe(false);
		expect((await first.call('GET', '/me')).status).toBe(403);
	});

	it('leaves alone what an administrator gave by hand', async () => {
		provider.people.set('eva', { name: 'Eva', groups: ['staff'] });
		const { id } = await me((await signIn('eva')).visitor);
		await world.registrar("update users set role = 'ccb_admin' where id = $1", [id]);
		provider.people.set('eva', { name: 'Eva', groups: [] });
		expect(await me((await signIn('eva')).visitor)).toMatchObject({ id, role: 'admin' });
	});

	it('takes a code once', async () => {
		provider.people.set('ana', { name: 'Ana Gil', groups: ['staff'] });
		const visitor = world.visit();
		const query = await provider.signIn(await open(visitor), 'ana');
		const again = world.visit();
		for (const [name, value] of visitor.cookies) again.cookies.set(name, value);
		expect((await comeBack(visitor, query)).status).toBe(302);
		expect((await comeBack(again, query)).status).toBe(403);
		expect(again.cookies.has(session)).toBe(false);
	});
});

describe('an emulated provider, beside another one', () => {
	const tenant = 'aaaaaaaa-1111-4111-8111-111111111111';
	let opened: TestDatabase;
	let world: ApiWorld;
	let provider: EmulatedProvider;
	let other: EmulatedProvider;
	beforeAll(async () => {
		opened = await openServerDatabase();
		provider = await startOpenIdProvider(returnAddress);
		other = await startOpenIdProvider('https://bot.example.com/api/v1/sign-in/from/teams');
		const company = { ...usual, issuer: provider.issuer, required: [{ name: 'hd', value: 'example.com' }] };
		const entra = { ...entraProvider({ ...registration, tenantId: tenant }), issuer: other.issuer };
		world = new ApiWorld(opened.database, [], {
			providers: [companyProvider(company), entra],
			webTenants: webTenantsOf({ company, hasPasswords: false }),
		});
	});
	afterAll(async () => {
		await world.close();
		await Promise.all([provider[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
		await opened.close();
	});

	const claimsOf = (sub: string) => ({ sub, hd: 'example.com', name: 'Ana', groups: ['it'] });
	async function signIn(sub: string, changes: TokenChanges = {}) {
		const visitor = world.visit();
		return { visitor, answer: await comeBack(visitor, provider.authorize(await open(visitor), claimsOf(sub), changes)) };
	}
	const identities = async () => (await world.registrar<{ count: number }>('select count(*)::int as count from identities'))[0]?.count;

	it.each<[string, TokenChanges]>([
		['another nonce', { claims: { nonce: 'another' } }],
		['no nonce', { without: ['nonce'] }],
		['another issuer', { claims: { iss: 'https://login.example.org' } }],
		['another audience', { claims: { aud: 'another-client' } }],
		['several audiences, and none of them the one that it was made for', { claims: { aud: [clientId, 'another'], azp: 'another' } }],
		['an end that is over', { ageSeconds: 3_600 }],
		['a key that is not published', { isForged: true }],
		['no signature', { algorithm: 'none' }],
		['the secret for its key', { algorithm: 'HS256' }],
		['another domain', { claims: { hd: 'example.org' } }],
		['a domain that only looks like it', { claims: { hd: ['example.com', 'example.org'] } }],
		['no domain, but an address of it', { without: ['hd'], claims: { email: 'ana@example.com', email_verified: true } }],
		['no account', { without: ['sub'] }],
		['an account that is no text', { claims: { sub: 7 } }],
		['an account with a space in it', { claims: { sub: 'an a' } }],
	])('refuses a token with %s, and makes nothing', async (_name, changes) => {
		const before = await identities();
		const { visitor, answer } = await signIn(randomUUID(), changes);
		expect(answer.status).toBe(403);
		expect(visitor.cookies.has(session)).toBe(false);
		expect(await identities()).toBe(before);
	});

	it('makes an account of its own, whatever address it says: verified, not verified, and an administrator’s', async () => {
		const admin = await world.meet();
		await world.registrar("update users set role = 'ccb_admin' where id = $1", [admin.userId]);
		await world.registrar("update identities set email = 'admin@example.com' where id = $1", [admin.identityId]);
		for (const verified of [true, false]) {
			const said = { email: 'admin@example.com', email_verified: verified, preferred_username: admin.displayName };
			const { visitor } = await signIn(randomUUID(), { claims: said });
			const found = await me(visitor);
			expect(found).toMatchObject({ isAdministrator: false, role: 'employee' });
			expect(found.id).not.toBe(admin.userId);
		}
	});

	it('takes no code of another provider, nor under the other’s address', async () => {
		const visitor = world.visit();
		const theirs = other.authorize(await open(visitor, 'teams'), { tid: tenant, oid: 'U1' });
		expect((await comeBack(visitor, theirs)).status).toBe(403);
		const ours = provider.authorize(await open(visitor), claimsOf('U1'));
		expect((await comeBack(visitor, ours, 'teams')).status).toBe(403);
		expect(visitor.cookies.has(session)).toBe(false);
	});

	it('asks for what the token leaves out, and takes no answer about somebody else', async () => {
		world.aheadMs += 2 * 3_600_000;
		try {
			provider.userInfo = { sub: 'asked', hd: 'example.com', name: 'Asked' };
			const { visitor } = await signIn('asked', { without: ['hd', 'name', 'groups'] });
			expect(await me(visitor)).toMatchObject({ name: 'Asked' });
			const { answer } = await signIn('somebody-else', { without: ['hd'] });
			expect(answer.status).toBe(403);
		} finally {
			provider.userInfo = null;
		}
	});

	it('is linked with an account of the chat as any other is, and unlinked', async () => {
		const { signal } = new AbortController();
		const ana = await world.meet();
		const { visitor } = await signIn('to-be-linked');
		const web: Person = (await world.room.signedIn.byToken(visitor.cookies.get(session) ?? '', signal))?.person ?? ana;
		expect(web.userId).not.toBe(ana.userId);
		expect(await world.links.redeem(web, await world.links.issue(ana))).toMatchObject({ linked: true });
		expect((await me(visitor)).accounts).toHaveLength(2);
		expect((await signIn('to-be-linked').then(async (again) => await me(again.visitor))).id).toBe(ana.userId);
		// Whoever came with the chat's account reads on the web what that one may read.
		const chat = world.visit();
		await chat.call('POST', '/sign-in/link', { secret: await world.room.signIn.issueLink(ana) });
		const caller = await world.room.signedIn.byToken(chat.cookies.get(session) ?? '', signal);
		if (caller === null) throw new Error('nobody is signed in');
		const reading = await readingFor({ caller, services: world.services, signal }, webPlaceOf(ana.userId, 'x'));
		expect(reading.account).toMatchObject({ platform: 'fake' });
		await world.links.unlink({ ...ana, identityId: web.identityId });
		expect((await me(visitor)).id).toBe(web.userId);
	});

	it('keeps nobody in whose provider is switched off', async () => {
		const { visitor } = await signIn('to-be-left');
		const without = new ApiWorld(opened.database);
		const later = without.visit();
		for (const [name, value] of visitor.cookies) later.cookies.set(name, value);
		expect((await later.call('GET', '/me')).status).toBe(401);
		await without.close();
	});
});
