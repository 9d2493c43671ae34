/** Names and passwords: choosing one, coming in, what is refused and how often, the second factor, and what ends. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timeCode } from '#src/sessions/passwords/time-code.ts';
import { webTenantsOf } from '#src/sessions/web-tenants.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type Answered, ApiWorld, type Visitor } from './api-world.ts';

const good = 'violet otter ladder';
const better = 'seven brass umbrellas';
const session = '__Host-ccb';

describe('passwords', () => {
	let opened: TestDatabase;
	let world: ApiWorld;
	let lastAddress = 0;
	beforeAll(async () => {
		opened = await openServerDatabase();
		world = new ApiWorld(opened.database, ['127.0.0.1'], {
			hasPasswords: true,
			webTenants: webTenantsOf({ company: null, hasPasswords: true }),
		});
	});
	afterAll(async () => {
		await world.close();
		await opened.close();
	});

	/** As many addresses as a test wants: each is slowed down by itself. */
	const newAddress = () => ({ 'x-forwarded-for': `10.0.0.${++lastAddress}` });

	function orders() {
		const { accountOrders } = world.room;
		if (accountOrders === null) throw new Error('passwords are switched off');
		return accountOrders;
	}

	async function linkFor(name: string): Promise<string> {
		const address = await orders().add(name, `The ${name}`);
		expect(address).toMatch(/^https:\/\/bot\.example\.com\/enter#password\.[\w-]{43}$/);
		return address?.split('password.')[1] ?? '';
	}

	async function make(name: string, password = good): Promise<void> {
		const chosen = await world.visit().call('POST', '/sign-in/password/link', { secret: await linkFor(name), password });
		expect(chosen.status).toBe(204);
	}

	const enter = (visitor: Visitor, name: string, password: string, code?: string, headers = newAddress()): Promise<Answered> =>
		visitor.call('POST', '/sign-in/password', { name, password, ...(code === undefined ? {} : { code }) }, headers);

	async function signedIn(name: string, password = good): Promise<Visitor> {
		const visitor = world.visit();
		expect(await enter(visitor, name, password)).toMatchObject({ status: 200, body: { state: 'signed-in' } });
		return visitor;
	}

	const me = async (visitor: Visitor): Promise<Omit<Answered, 'body'> & { body: { id: string } }> => await visitor.call('GET', '/me');
	const codeNow = (secret: string, later = 0) => timeCode(secret, Math.floor((Date.now() + world.aheadMs) / 30_000) + later);

	/** With a second factor. */
	async function withFactor(visitor: Visitor, password = good) {
		const begun = await visitor.call('POST', '/second-factor', { password });
		const { secret } = begun.body as { secret: string };
		const kept = await visitor.call('POST', '/second-factor/code', { code: codeNow(secret) });
		expect(kept.status).toBe(200);
		return { secret, recoveryCodes: (kept.body as { recoveryCodes: string[] }).recoveryCodes };
	}

	it('are chosen by a link, once, and by nobody who has it too late', async () => {
		const secret = await linkFor('ana');
		const visitor = world.visit();
		expect(await visitor.call('POST', '/sign-in/password/link/owner', { secret })).toMatchObject({ status: 200, body: { name: 'ana' } });
		const weak = await visitor.call('POST', '/sign-in/password/link', { secret, password: 'too short' });
		expect(weak).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining('15 characters') } } });
		expect((await visitor.call('POST', '/sign-in/password/link', { secret, password: good })).status).toBe(204);
		expect((await visitor.call('POST', '/sign-in/password/link', { secret, password: better })).status).toBe(404);
		expect(visitor.cookies.has(session)).toBe(false);
		expect(await me(await signedIn('ana'))).toMatchObject({ body: { name: 'The ana', role: 'employee', accounts: [{ platform: 'web' }] } });
		const late = (await orders().reset('ana'))?.split('password.')[1] ?? '';
		await world.registrar("update password_links set expires_at = now() - interval '1 second'");
		expect((await visitor.call('POST', '/sign-in/password/link', { secret: late, password: better })).status).toBe(404);
		expect(await orders().add('ana', 'Another')).toBeNull();
		expect(await orders().reset('nobody')).toBeNull();
	});

	it('say the same of a name that there is not, one without a password, one that is locked, and a wrong password', async () => {
		await make('known');
		await linkFor('without');
		await make('locked');
		const { body: locked } = await me(await signedIn('locked'));
		await world.registrar('update users set deactivated_at = now() where id = $1', [locked.id]);
		const answers = [
			await enter(world.visit(), 'nobody', good),
			await enter(world.visit(), 'without', good),
			await enter(world.visit(), 'locked', good),
			await enter(world.visit(), 'known', better),
			await enter(world.visit(), 'known', ''.padEnd(900, 'x')),
		];
		for (const { status, body } of answers) expect({ status, body }).toEqual({ status: 403, body: answers[0]?.body });
		expect(await enter(world.visit(), ' KNOWN ', good)).toMatchObject({ status: 200 });
	});

	it('say when somebody has tried too often', async () => {
		const from = newAddress();
		const keys = Array.from({ length: 6 }, () => enter(world.visit(), 'nobody', good, undefined, from));
		await Promise.all(keys);
		const { status, headers } = await enter(world.visit(), 'nobody', good, undefined, from);
		expect(status).toBe(429);
		expect(Number(headers['retry-after'])).toBeGreaterThan(0);
	});

	it('end every other session when they are changed, and every one when a link is used', async () => {
		await make('eva');
		const [first, second] = [await signedIn('eva'), await signedIn('eva')];
		expect((await first.call('PUT', '/password', { current: better, next: better })).status).toBe(403);
		expect((await first.call('PUT', '/password', { current: good, next: 'password12345678' })).status).toBe(409);
		expect((await first.call('PUT', '/password', { current: good, next: better })).status).toBe(204);
		expect([(await me(first)).status, (await me(second)).status]).toEqual([200, 401]);
		expect((await enter(world.visit(), 'eva', good)).status).toBe(403);
		const secret = (await orders().reset('eva'))?.split('password.')[1] ?? '';
		expect((await me(first)).status).toBe(200);
		await world.visit().call('POST', '/sign-in/password/link', { secret, password: good });
		expect((await me(first)).status).toBe(401);
		const log = "select action from audit_log where action = 'web-password' and details ->> 'identityId' is not null";
		const noted = await opened.database.queryAs({ userId: '00000000-0000-4000-8000-000000000000', role: 'ccb_admin' }, log);
		expect(noted).toHaveLength(2);
	});

	it('give rights of an administrator once there is a second factor, which is asked for then', async () => {
		await make('boss');
		const [visitor, other] = [await signedIn('boss'), await signedIn('boss')];
		const { body } = await me(visitor);
		await world.registrar("update users set role = 'ccb_admin' where id = $1", [body.id]);
		expect(await me(visitor)).toMatchObject({ body: { role: 'employee', isAdministrator: false } });
		expect((await visitor.call('POST', '/second-factor', { password: better })).status).toBe(403);
		const { secret, recoveryCodes } = await withFactor(visitor);
		expect(await me(visitor)).toMatchObject({ body: { role: 'admin' } });
		expect((await me(other)).status).toBe(401);
		expect(await visitor.call('GET', '/password')).toMatchObject({ body: { isOwn: true, hasSecondFactor: true, recoveryCodesLeft: 8 } });

		const later = world.visit();
		expect(await enter(later, 'boss', good)).toMatchObject({ status: 200, body: { state: 'code-needed' } });
		expect(later.cookies.has(session)).toBe(false);
		expect((await enter(later, 'boss', better, codeNow(secret, 1))).status).toBe(403);
		expect((await enter(later, 'boss', good, '000000')).status).toBe(403);
		expect((await enter(later, 'boss', good, codeNow(secret, 1))).status).toBe(200);
		expect((await enter(world.visit(), 'boss', good, codeNow(secret, 1))).status).toBe(403);
		const [recovery = ''] = recoveryCodes;
		expect((await enter(world.visit(), 'boss', good, recovery.toLowerCase())).status).toBe(200);
		expect((await enter(world.visit(), 'boss', good, recovery)).status).toBe(403);

		const link = (await orders().reset('boss'))?.split('password.')[1] ?? '';
		await world.visit().call('POST', '/sign-in/password/link', { secret: link, password: better });
		expect(await enter(world.visit(), 'boss', better)).toMatchObject({ body: { state: 'code-needed' } });
		expect(await orders().dropSecondFactor('boss')).toBe(true);
		expect(await me(await signedIn('boss', better))).toMatchObject({ body: { role: 'employee' } });
		expect(await orders().dropSecondFactor('boss')).toBe(false);
	});

	it('keep nothing that could be used, and no word of it in any table', async () => {
		await make('kept');
		const visitor = await signedIn('kept');
		const { secret, recoveryCodes } = await withFactor(visitor);
		const rows = await world.registrar('select * from local_accounts');
		const links = await world.registrar('select * from password_links');
		const text = JSON.stringify([rows, links]);
		for (const word of [good, secret, ...recoveryCodes]) expect(text).not.toContain(word);
		const asOwner = opened.database.queryAs({ userId: (await me(visitor)).body.id, role: 'ccb_admin' }, 'select * from local_accounts');
		await expect(asOwner).rejects.toMatchObject({ code: 'FORBIDDEN' });
	});

	it('are no way in where they are switched off, nor for an account of another kind', async () => {
		const without = new ApiWorld(opened.database);
		const visitor = without.visit();
		expect((await visitor.call('GET', '/sign-in/ways')).body).toEqual({ providers: [], hasPasswords: false });
		expect((await visitor.call('POST', '/sign-in/password', { name: 'ana', password: good })).status).toBe(404);
		await make('left');
		const left = await signedIn('left');
		for (const [name, value] of left.cookies) visitor.cookies.set(name, value);
		expect((await visitor.call('GET', '/me')).status).toBe(401);
		await without.close();
		const chat = await world.signIn();
		expect(await chat.call('GET', '/password')).toMatchObject({ body: { isOwn: false } });
		expect((await chat.call('PUT', '/password', { current: good, next: better })).status).toBe(403);
		expect((await chat.call('POST', '/second-factor', { password: good })).status).toBe(403);
	});

	it('are never to be had with a token', async () => {
		await make('tokens');
		const visitor = await signedIn('tokens');
		const made = await visitor.call('POST', '/tokens', { name: 'x', scopes: ['chat', 'read', 'files'], days: 7 });
		const authorization = `Bearer ${(made.body as { secret: string }).secret}`;
		for (const [method, path] of [
			['GET', '/password'],
			['PUT', '/password'],
			['POST', '/second-factor'],
		] as const) {
			expect((await world.visit().call(method, path, method === 'GET' ? undefined : { password: good }, { authorization })).status).toBe(
				403,
			);
		}
	});
});
