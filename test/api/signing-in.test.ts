/** Coming in from the chat, going on, and going out, over the routes of the API. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { ApiWorld } from './api-world.ts';

const session = '__Host-ccb';

describe.each(testDatabases())('signing in on $name', ({ open }) => {
	let opened: TestDatabase;
	let world: ApiWorld;
	beforeAll(async () => {
		opened = await open();
		world = new ApiWorld(opened.database);
	});
	afterAll(async () => {
		await world.close();
		await opened.close();
	});

	it('tells whom a link signs in without using it up, then signs in once', async () => {
		const ana = await world.meet();
		const [address, secret = ''] = (await world.room.door.link(ana)).split('#');
		expect(address).toBe('https://bot.example.com/enter');
		const visitor = world.visit();
		for (let times = 0; times < 2; times++) {
			const owner = await visitor.call('POST', '/sign-in/link/owner', { secret });
			expect(owner).toMatchObject({ status: 200, body: { name: ana.displayName, platform: 'fake' } });
			expect(visitor.cookies.size).toBe(0);
		}
		expect(await visitor.call('POST', '/sign-in/link', { secret })).toMatchObject({ status: 204 });
		expect(await visitor.call('GET', '/me')).toMatchObject({ status: 200, body: { name: ana.displayName, role: 'employee' } });
		const other = world.visit();
		expect(await other.call('POST', '/sign-in/link', { secret })).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
		expect(other.cookies.size).toBe(0);
	});

	it('lets one of two that press at once in', async () => {
		const secret = await world.room.signIn.issueLink(await world.meet());
		const pressed = await Promise.all([world.visit(), world.visit()].map((each) => each.call('POST', '/sign-in/link', { secret })));
		expect(pressed.map(({ status }) => status).sort()).toEqual([204, 404]);
	});

	it('knows no link that is forged, has run out, or made room for newer ones', async () => {
		const ana = await world.meet();
		const secrets = [];
		for (let times = 0; times < 6; times++) secrets.push(await world.room.signIn.issueLink(ana));
		const [oldest = '', ...rest] = secrets;
		const visitor = world.visit();
		const press = async (secret: string) => (await visitor.call('POST', '/sign-in/link', { secret })).status;
		expect(await press(oldest)).toBe(404);
		expect(await press('A'.repeat(43))).toBe(404);
		await world.registrar("update sign_in_links set expires_at = now() - interval '1 second'");
		expect(await press(rest[4] ?? '')).toBe(404);
	});

	it('signs in the browser whose code was confirmed in the chat, and no other', async () => {
		const ana = await world.meet();
		const [mine, other] = [world.visit(), world.visit()];
		const { code } = (await mine.call('POST', '/sign-in/code')).body as { code: string };
		await other.call('POST', '/sign-in/code');
		expect((await mine.call('POST', '/sign-in/code/use')).body).toEqual({ state: 'waiting' });
		expect(await world.room.door.browserOf(ana, code)).toMatchObject({ agent: expect.any(String), address: '127.0.0.1' });
		expect(await world.room.door.confirm(ana, code.toLowerCase().replace('-', ''))).toBe('confirmed');
		expect(await world.room.door.confirm(await world.meet(), code)).toEqual({ refusal: 'unknown' });
		expect((await other.call('POST', '/sign-in/code/use')).body).toEqual({ state: 'waiting' });
		expect((await mine.call('POST', '/sign-in/code/use')).body).toEqual({ state: 'signed-in' });
		expect(await mine.call('GET', '/me')).toMatchObject({ body: { name: ana.displayName } });
		expect(await mine.call('POST', '/sign-in/code/use')).toMatchObject({ status: 404 });
	});

	it('locks whoever tries five wrong codes, also for the right one', async () => {
		const ana = await world.meet();
		const { code } = (await world.visit().call('POST', '/sign-in/code')).body as { code: string };
		for (let times = 0; times < 5; times++) expect(await world.room.door.confirm(ana, 'AAAA-AAAA')).toEqual({ refusal: 'unknown' });
		expect(await world.room.door.confirm(ana, code)).toMatchObject({ refusal: 'locked', waitMinutes: 60 });
	});

	it('replaces an old token, and ends the session when the one before comes again after that', async () => {
		const visitor = await world.signIn();
		const old = visitor.cookies.get(session) ?? '';
		await world.registrar("update web_sessions set token_since = now() - interval '2 hours'");
		expect((await visitor.call('GET', '/me')).status).toBe(200);
		expect(visitor.cookies.get(session)).not.toBe(old);
		const copy = world.visit();
		copy.cookies.set(session, old);
		expect((await copy.call('GET', '/me')).status).toBe(200);
		expect((await visitor.call('GET', '/me')).status).toBe(200);
		await world.registrar("update web_sessions set token_used_at = now() - interval '2 minutes' where token_used_at is not null");
		expect((await copy.call('GET', '/me')).status).toBe(401);
		expect((await visitor.call('GET', '/me')).status).toBe(401);
	});

	it('gives another token when the one that it gave never arrived', async () => {
		const visitor = await world.signIn();
		const old = visitor.cookies.get(session) ?? '';
		await world.registrar("update web_sessions set token_since = now() - interval '2 hours'");
		await visitor.call('GET', '/me');
		visitor.cookies.set(session, old);
		await world.registrar("update web_sessions set token_since = now() - interval '2 minutes'");
		await visitor.call('GET', '/me');
		expect(visitor.cookies.get(session)).not.toBe(old);
		expect((await visitor.call('GET', '/me')).status).toBe(200);
	});

	it.each([
		['nobody uses it', "last_seen_at = now() - interval '13 hours'"],
		['it is too old', "expires_at = now() - interval '1 second'"],
	])('ends when %s', async (_name, change) => {
		const visitor = await world.signIn();
		await world.registrar(`update web_sessions set ${change}`);
		expect(await visitor.call('GET', '/me')).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHENTICATED' } } });
	});

	it('lists where somebody is signed in, and signs out here, there, or everywhere', async () => {
		const [first, second, third] = [await world.signIn('luz'), await world.signIn('luz'), await world.signIn('luz')];
		const stranger = await world.signIn();
		const listed = (await first.call('GET', '/sessions')).body as { sessions: { id: string; isThis: boolean }[] };
		expect(listed.sessions.map(({ isThis }) => isThis).sort()).toEqual([false, false, true]);
		const { sessionId } = (await second.call('GET', '/me')).body as { sessionId: string };
		expect(await stranger.call('DELETE', `/sessions/${sessionId}`)).toMatchObject({ status: 404 });
		expect(await first.call('DELETE', `/sessions/${sessionId}`)).toMatchObject({ status: 204 });
		expect((await second.call('GET', '/me')).status).toBe(401);
		expect((await third.call('POST', '/sign-out', { everywhere: true })).status).toBe(204);
		expect(third.cookies.has(session)).toBe(false);
		expect((await first.call('GET', '/me')).status).toBe(401);
		expect((await stranger.call('POST', '/sign-out', { everywhere: false })).status).toBe(204);
		expect((await stranger.call('GET', '/me')).status).toBe(401);
	});

	it('is known again by its session, for what goes on for long, until it ends', async () => {
		const visitor = await world.signIn();
		const { sessionId } = (await visitor.call('GET', '/me')).body as { sessionId: string };
		const pass = { kind: 'session', id: sessionId, signedInAt: new Date() } as const;
		const again = async () => (await world.room.signedIn.again(pass, new AbortController().signal))?.person.userId ?? null;
		expect(await again()).toBe(visitor.person.userId);
		await visitor.call('POST', '/sign-out', { everywhere: false });
		expect(await again()).toBeNull();
	});

	it('lets nobody in any more whose account is closed, and not again when it is opened', async () => {
		const visitor = await world.signIn();
		await world.registrar('update users set deactivated_at = now() where id = $1', [visitor.person.userId]);
		expect((await visitor.call('GET', '/me')).status).toBe(401);
		await world.registrar('update users set deactivated_at = null where id = $1', [visitor.person.userId]);
		expect((await visitor.call('GET', '/me')).status).toBe(401);
	});

	it('tells a guest that it is not for them', async () => {
		const visitor = await world.signIn();
		await world.registrar('update identities set is_guest = true where id = $1', [visitor.person.identityId]);
		expect(await visitor.call('GET', '/conversations')).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
	});

	it('ends with the person who is forgotten', async () => {
		const visitor = await world.signIn();
		const sql = 'select count(*)::int as open from web_sessions where identity_id = $1';
		expect(await world.registrar(sql, [visitor.person.identityId])).toEqual([{ open: 1 }]);
		expect(await world.registrar("select confdeltype from pg_constraint where conname = 'web_sessions_identity_id_foreign'")).toEqual([
			{ confdeltype: 'c' },
		]);
	});
});
