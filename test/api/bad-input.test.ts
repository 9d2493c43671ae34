/** What nobody should send: each gets an error in the one form, and nothing is learnt or done. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorAnswer } from '#src/api/contract/errors.ts';
import { requestKinds } from '#src/limits/request-limits.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { type Answered, ApiWorld, type Visitor } from './api-world.ts';

let opened: TestDatabase;
let world: ApiWorld;
let ana: Visitor;
beforeAll(async () => {
	opened = await openServerDatabase();
	world = new ApiWorld(opened.database, ['127.0.0.1']);
	ana = await world.signIn();
});
afterAll(async () => {
	await world.close();
	await opened.close();
});

function expectError(answered: Answered, status: number, code: string): void {
	expect(answered.status).toBe(status);
	expect(errorAnswer.strict().safeParse(answered.body).success).toBe(true);
	expect(answered.body).toMatchObject({ error: { code } });
	expect(answered.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
}

const question = () => ({ clientId: randomUUID(), newConversation: randomUUID(), text: 'Hello' });
const kept = async () => (await opened.database.query<{ count: number }>('select count(*)::int as count from inbox'))[0]?.count;

describe('a request that no page of ours sends', () => {
	it.each([
		['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
		['from a sibling domain', { 'sec-fetch-site': 'same-site', origin: 'https://other.example.com' }],
		['from another port', { 'sec-fetch-site': 'same-site', origin: 'https://bot.example.com:8443' }],
		['from a form without an origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
		['typed into the address bar', { 'sec-fetch-site': 'none' }],
		['by an old browser, from another origin', { 'sec-fetch-site': undefined, origin: 'http://bot.example.com' }],
		['by an old browser, from a `null` origin', { 'sec-fetch-site': undefined, origin: 'null' }],
		['by an old browser that names no origin', { 'sec-fetch-site': undefined }],
		['that says both that it is ours and that it is not', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
	])('changes nothing when it comes %s', async (_name, headers) => {
		const before = await kept();
		expectError(await ana.call('POST', '/messages', question(), headers), 403, 'FORBIDDEN');
		expectError(await ana.call('POST', '/sign-out', { everywhere: true }, headers), 403, 'FORBIDDEN');
		expect(await kept()).toBe(before);
		expect((await ana.call('GET', '/me')).status).toBe(200);
	});

	it('is told nothing of a person either', async () => {
		for (const site of ['cross-site', 'same-site']) {
			expectError(await ana.call('GET', '/conversations', undefined, { 'sec-fetch-site': site }), 403, 'FORBIDDEN');
		}
	});

	it('goes when an older browser names our own origin', async () => {
		const headers = { 'sec-fetch-site': undefined, origin: 'https://bot.example.com' };
		expect((await ana.call('POST', '/messages', question(), headers)).status).toBe(202);
	});

	it.each(['bot.example.com:3000', 'localhost', 'evil.example', 'bot.example.com.evil.example', ''])(
		'is not answered under the name “%s”',
		async (host) => {
			expectError(await ana.call('GET', '/me', undefined, { host }), 421, 'WRONG_HOST');
		},
	);
});

describe('a token', () => {
	it.each(['', 'x', 'A'.repeat(43), '%00', '../../etc/passwd', "' or 1=1 --", 'A'.repeat(8_000)])(
		'that was made up opens nothing: %s',
		async (token) => {
			const visitor = world.visit();
			visitor.cookies.set('__Host-ccb', token);
			expectError(await visitor.call('GET', '/me'), 401, 'UNAUTHENTICATED');
		},
	);

	it('beside another one opens nothing: somebody put it there', async () => {
		const [token] = ana.cookies.values();
		const cookie = `__Host-ccb=${token}; __Host-ccb=${'A'.repeat(43)}`;
		expectError(await world.visit().call('GET', '/me', undefined, { cookie }), 401, 'UNAUTHENTICATED');
	});

	it('is sent over https alone, to us alone, and no script reads it', async () => {
		const secret = await world.room.signIn.issueLink(ana.person);
		const { headers } = await world.visit().call('POST', '/sign-in/link', { secret });
		expect(headers['set-cookie']).toMatch(/^__Host-ccb=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
	});
});

describe('a body', () => {
	it.each([
		['no JSON', '{', 'INVALID', 400],
		['nothing', '', 'INVALID', 400],
		['a list', [], 'INVALID', 400],
		['null', null, 'INVALID', 400],
		['a number in place of text', { ...question(), text: 7 }, 'INVALID', 400],
		['no text', { ...question(), text: '' }, 'INVALID', 400],
		['a field that there is not', { ...question(), place: { platform: 'slack' } }, 'INVALID', 400],
		['its own prototype', '{"__proto__":{"text":"a"},"clientId":"1"}', 'INVALID', 400],
		['two conversations', { ...question(), conversationId: randomUUID() }, 'INVALID', 400],
		['an id that is none', { ...question(), clientId: '1; drop table messages' }, 'INVALID', 400],
		['brackets without end', '['.repeat(100_000), 'INVALID', 400],
		['20 MB in a message', { ...question(), text: 'a'.repeat(20 * 1024 * 1024) }, 'TOO_LARGE', 413],
	])('with %s is refused', async (_name, body, code, status) => {
		const before = await kept();
		expectError(await ana.call('POST', '/messages', body), status, code);
		expect(await kept()).toBe(before);
	});

	it('names the field that is wrong, and repeats nothing of it', async () => {
		const { body, text } = await ana.call('POST', '/messages', { ...question(), text: 7, clientId: 'canary' });
		expect(body).toMatchObject({ error: { field: 'clientId' } });
		expect(text).not.toContain('canary');
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a', 'application/jsonp', ''])(
		'of the type “%s” is refused',
		async (type) => {
			expectError(await ana.call('POST', '/messages', question(), { 'content-type': type }), 415, 'UNSUPPORTED_TYPE');
		},
	);

	it('with characters that no database takes is kept', async () => {
		expect((await ana.call('POST', '/messages', { ...question(), text: 'a\0b\ud800' })).status).toBe(202);
	});
});

describe('an address', () => {
	it.each([
		'/conversations?cursor=made-up',
		`/conversations?cursor=${Buffer.from('{"id":1}').toString('base64url')}`,
		`/conversations?cursor=${Buffer.from(JSON.stringify({ id: randomUUID(), isPinned: true, lastSaidAt: '9999-99-99T99:99:99Z' })).toString('base64url')}`,
		'/conversations?cursor=a&cursor=b',
		'/conversations?archived=yes',
		'/conversations?limit=1',
		'/conversations?query=',
		`/conversations?query=${'a'.repeat(300)}`,
		'/conversations/1',
		'/conversations/%00',
		`/conversations/${randomUUID()}/messages?before=-1`,
		`/conversations/${randomUUID()}/messages?before=99999999999999999999`,
		`/conversations/${randomUUID()}/export?format=pdf`,
	])('that nobody gave out is refused: %s', async (path) => {
		expectError(await ana.call('GET', path), 400, 'INVALID');
	});

	it.each([
		['GET', '/api'],
		['GET', '/api/v1'],
		['GET', '/api/v2/me'],
		['GET', `/api/v1/conversations/${'a'.repeat(300)}`],
		['GET', '/api/v1/me/..%2fconversations'],
		['POST', '/api/v1/me'],
		['DELETE', '/api/v1/conversations'],
	])('that there is not has an error of the one form: %s %s', async (method, path) => {
		expectError(await ana.call(method, path), 404, 'NOT_FOUND');
	});
});

describe('a flood', () => {
	it('from one address ends in refusals that cost nobody else anything', async () => {
		const flooder = world.visit();
		const from = (address: string) => ({ 'x-forwarded-for': address });
		flooder.cookies.set('__Host-ccb', 'A'.repeat(43));
		for (let sent = 1; sent < requestKinds.stranger.most; sent++) await world.limits.requests.admit('stranger', '192.0.2.1');
		expectError(await flooder.call('GET', '/me', undefined, from('192.0.2.1')), 401, 'UNAUTHENTICATED');
		const refused = await flooder.call('GET', '/me', undefined, from('192.0.2.1'));
		expectError(refused, 429, 'RATE_LIMITED');
		expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
		expect((await flooder.call('GET', '/me', undefined, from('192.0.2.1, 192.0.2.2'))).status).toBe(401);
		expect((await ana.call('GET', '/me', undefined, from('192.0.2.3'))).status).toBe(200);
		expect((await ana.call('GET', '/me', undefined, from('192.0.2.1'))).status).toBe(200);
	});

	it('by one who is signed in ends too', async () => {
		const busy = await world.signIn();
		const { sessionId } = (await busy.call('GET', '/me')).body as { sessionId: string };
		for (let sent = 1; sent < requestKinds.session.most; sent++) await world.limits.requests.admit('session', sessionId);
		expectError(await busy.call('GET', '/me'), 429, 'RATE_LIMITED');
		expect((await ana.call('GET', '/me')).status).toBe(200);
	});
});

it('says when to come back while the database is away', async () => {
	world.isOpen = false;
	const answered = await ana.call('POST', '/messages', question());
	expectError(answered, 503, 'UNAVAILABLE');
	expect(answered.headers['retry-after']).toBe('2');
	world.isOpen = true;
});

it('says so in the language of the person, or of the browser', async () => {
	const visitor = world.visit();
	const { body } = await visitor.call('GET', '/me', undefined, { 'accept-language': 'es-MX,es;q=0.9' });
	expect(body).toMatchObject({ error: { message: expect.stringContaining('nadie ha iniciado sesión') } });
});

it('tells the browser to run nothing and to keep nothing', async () => {
	const { headers } = await ana.call('GET', '/me');
	expect(headers).toMatchObject({
		'content-security-policy': expect.stringContaining("require-trusted-types-for 'script'; trusted-types 'none'"),
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff',
		'strict-transport-security': 'max-age=31536000',
		'cross-origin-resource-policy': 'same-origin',
	});
});
