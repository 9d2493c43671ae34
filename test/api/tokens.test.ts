/** Tokens that people give to programs: what they open, for how long, and what ends them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MadeToken } from '#src/api/contract/tokens.ts';
import { hashOfSecret } from '#src/sessions/secret.ts';
import { isApiToken, newApiToken } from '#src/sessions/token-form.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

const wanted = { name: 'My editor', scopes: ['read'], days: 30 };

/** A program sends its token and nothing that a browser adds. */
const program = (token: string) => ({ authorization: `Bearer ${token}`, 'sec-fetch-site': undefined, cookie: undefined });

async function logOf({ database }: TestDatabase, userId: string): Promise<string[]> {
	const sql = 'select action from audit_log where subject_user_id = $1 order by sequence';
	const rows = await database.queryAs<{ action: string }>({ userId, role: 'ccb_admin' }, sql, [userId]);
	return rows.map(({ action }) => action);
}

describe('tokens for programs', () => {
	let opened: TestDatabase;
	let world: ApiWorld;
	beforeAll(async () => {
		opened = await openServerDatabase();
		world = new ApiWorld(opened.database);
	});
	afterAll(async () => {
		await world.close();
		await opened.close();
	});

	const make = async (visitor: Visitor, more: object = {}) => {
		const { status, body } = await visitor.call('POST', '/tokens', { ...wanted, ...more });
		expect(status).toBe(200);
		return body as MadeToken;
	};
	const ask = async (token: string, method = 'GET', path = '/me', body?: unknown) =>
		await world.visit().call(method, path, body, program(token));

	it('shows a token once, keeps its hash, and lists when it was used', async () => {
		const visitor = await world.signIn();
		const { secret, token } = await make(visitor);
		expect(isApiToken(secret)).toBe(true);
		expect(secret.startsWith(token.hint)).toBe(true);
		const { person } = visitor;
		expect(await ask(secret)).toMatchObject({ status: 200, body: { id: person.userId, sessionId: null } });
		const listed = await visitor.call('GET', '/tokens');
		expect(listed.body).toMatchObject({
			tokens: [
				{ name: wanted.name, scopes: wanted.scopes, hint: token.hint, lastUsedAt: expect.any(String), account: { platform: 'fake' } },
			],
		});
		expect(listed.text).not.toContain(secret);
		const kept = await world.registrar<{ secret_hash: string }>('select * from api_tokens where id = $1', [token.id]);
		expect(kept).toMatchObject([{ secret_hash: hashOfSecret(secret) }]);
		expect(JSON.stringify(kept)).not.toContain(secret);
		expect(await logOf(opened, person.userId)).toEqual(expect.arrayContaining(['api-token']));
	});

	it('opens what its scopes say and nothing else', async () => {
		const visitor = await world.signIn();
		const { secret: reads } = await make(visitor);
		const { secret: asks } = await make(visitor, { scopes: ['chat'] });
		const question = { clientId: crypto.randomUUID(), newConversation: crypto.randomUUID(), text: 'Hello' };
		expect(await ask(reads, 'POST', '/messages', question)).toMatchObject({
			status: 403,
			body: { error: { message: expect.stringContaining('lacks “chat”') } },
		});
		expect(await ask(asks)).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
		expect(await ask(asks, 'POST', '/messages', question)).toMatchObject({ status: 202 });
	});

	it.each([
		['GET', '/tokens'],
		['POST', '/tokens'],
		['GET', '/sessions'],
		['POST', '/sign-out'],
	])('never opens %s %s, which are for browsers', async (method, path) => {
		const { secret } = await make(await world.signIn(), { scopes: ['chat', 'read', 'files'] });
		expect(await ask(secret, method, path, method === 'POST' ? {} : undefined)).toMatchObject({ status: 403 });
	});

	it('is worth nothing once it was ended by its owner, and nobody else ends it', async () => {
		const visitor = await world.signIn();
		const { secret, token } = await make(visitor);
		expect(await (await world.signIn()).call('DELETE', `/tokens/${token.id}`)).toMatchObject({ status: 404 });
		expect((await ask(secret)).status).toBe(200);
		expect(await visitor.call('DELETE', `/tokens/${token.id}`)).toMatchObject({ status: 204 });
		expect(await ask(secret)).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
		expect(await logOf(opened, visitor.person.userId)).toEqual(expect.arrayContaining(['api-token-end']));
	});

	it('is worth nothing after its time', async () => {
		const { secret, token } = await make(await world.signIn());
		await world.registrar("update api_tokens set expires_at = now() - interval '1 second' where id = $1", [token.id]);
		expect((await ask(secret)).status).toBe(401);
	});

	it('has the role that its owner has now, and ends with their account, for good', async () => {
		const visitor = await world.signIn();
		const { userId } = visitor.person;
		const { secret } = await make(visitor);
		// There is always an administrator.
		await world.registrar("update users set role = 'ccb_admin' where id = any ($1)", [[userId, (await world.meet()).userId]]);
		expect(await ask(secret)).toMatchObject({ body: { isAdministrator: true } });
		await world.registrar('update users set role = null where id = $1', [userId]);
		expect(await ask(secret)).toMatchObject({ body: { isAdministrator: false } });
		await world.registrar('update users set deactivated_at = now() where id = $1', [userId]);
		expect((await ask(secret)).status).toBe(401);
		await world.registrar('update users set deactivated_at = null where id = $1', [userId]);
		expect((await ask(secret)).status).toBe(401);
	});

	it('tells a guest that it is not for them', async () => {
		const visitor = await world.signIn();
		const { secret } = await make(visitor);
		await world.registrar('update identities set is_guest = true where id = $1', [visitor.person.identityId]);
		expect(await ask(secret)).toMatchObject({ status: 403, body: { error: { message: expect.stringContaining('guest') } } });
	});

	it('is made only soon after signing in', async () => {
		const visitor = await world.signIn();
		await world.registrar("update web_sessions set signed_in_at = now() - interval '16 minutes' where identity_id = $1", [
			visitor.person.identityId,
		]);
		expect(await visitor.call('POST', '/tokens', wanted)).toMatchObject({
			status: 403,
			body: { error: { message: expect.stringContaining('15 minutes') } },
		});
	});

	it('takes no more than twenty of a person, those made at once too', async () => {
		const visitor = await world.signIn();
		const made = await Promise.all(Array.from({ length: 22 }, () => visitor.call('POST', '/tokens', wanted)));
		expect(made.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 20 }, () => 200), 409, 409]);
	});

	it.each([
		['a name of nothing', { name: ' ' }],
		['no scope', { scopes: [] }],
		['a scope that there is none of', { scopes: ['admin'] }],
		['a scope twice', { scopes: ['read', 'read'] }],
		['more than a year', { days: 366 }],
		['another field', { role: 'admin' }],
	])('refuses %s', async (_name, more) => {
		expect(await (await world.signIn()).call('POST', '/tokens', { ...wanted, ...more })).toMatchObject({ status: 400 });
	});

	it('asks the database about nothing that has not the form of a token', async () => {
		const { token } = newApiToken();
		const last = token.at(-1) === 'a' ? 'b' : 'a';
		const forged = [`${token.slice(0, -1)}${last}`, token.toLowerCase(), token.slice(4), 'null', "' or 1=1"];
		for (const one of forged) expect(isApiToken(one)).toBe(false);
		expect((await ask(token)).status).toBe(401);
		expect((await ask(forged[0] ?? '')).status).toBe(401);
	});

	it('goes before a cookie, and needs no sign of a page', async () => {
		const visitor = await world.signIn();
		const elsewhere = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
		expect((await visitor.call('GET', '/me', undefined, { authorization: `Bearer ${newApiToken().token}` })).status).toBe(401);
		expect((await visitor.call('GET', '/me', undefined, elsewhere)).status).toBe(403);
		const { secret } = await make(visitor);
		expect((await world.visit().call('GET', '/me', undefined, { ...program(secret), ...elsewhere })).status).toBe(200);
	});

	it('leaves what another scheme says to the proxy that asked for it', async () => {
		const visitor = await world.signIn();
		expect((await visitor.call('GET', '/me', undefined, { authorization: 'Basic YTpi' })).status).toBe(200);
	});
});
