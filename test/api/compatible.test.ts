/** What OpenAI's own client gets from the bot: models, answers whole and in pieces, Stop, and every error in a form that it understands. */

import OpenAI, {
	APIError,
	AuthenticationError,
	BadRequestError,
	InternalServerError,
	NotFoundError,
	PermissionDeniedError,
	RateLimitError,
} from 'openai';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MadeToken } from '#src/api/contract/tokens.ts';
import { BotError } from '#src/errors.ts';
import { openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { says, saysWithoutEnd } from '#test/fakes/model-pool.ts';
import { openTurnWorld, type TurnWorld } from '../conversation/turn-fixture.ts';
import { ApiWorld, type Visitor } from './api-world.ts';

const publicUrl = 'http://localhost';
const hello = [{ role: 'user' as const, content: 'Hello?' }];

describe('for clients of OpenAI', () => {
	let opened: TestDatabase;
	let world: ApiWorld;
	let turns: TurnWorld;
	let agent: Agent;
	let requests = 0;
	beforeAll(async () => {
		opened = await openServerDatabase();
		const first = new ApiWorld(opened.database);
		turns = openTurnWorld(opened.database, await first.meet());
		await first.close();
		world = new ApiWorld(opened.database, [], { publicUrl, programs: turns.programs });
		const port = Number(new URL(await world.server.listen({ host: '127.0.0.1', port: 0 })).port);
		const connect = buildConnector({});
		agent = new Agent({ connect: (options, done) => connect({ ...options, hostname: '127.0.0.1', port: String(port) }, done) });
	});
	afterAll(async () => {
		await agent.destroy();
		await world.close();
		await opened.close();
	});

	const send = (async (url: string, init: object) => {
		requests += 1;
		return await undiciFetch(url, { ...init, dispatcher: agent });
	}) as unknown as typeof fetch;
	const clientFor = (apiKey: string, maxRetries = 0) => new OpenAI({ baseURL: `${publicUrl}/v1`, apiKey, maxRetries, fetch: send });

	async function open(scopes = ['chat']) {
		const visitor = await world.signIn();
		const { body } = await visitor.call('POST', '/tokens', { name: 'My editor', scopes, days: 30 });
		const { secret } = body as MadeToken;
		return { visitor, secret, client: clientFor(secret) };
	}

	const rowsOf = async ({ person }: Visitor) =>
		await opened.database.queryAs<{ role: string; content: string; status: string }>(
			person,
			'select m.role, m.content, m.status from messages m join conversation_participants p using (conversation_id) where p.user_id = $1 order by m.sequence',
			[person.userId],
		);

	it('lists the models of its person, the house’s own first', async () => {
		const { client } = await open();
		expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['openccb', 'fake-model']);
		expect(await client.models.retrieve('fake-model')).toMatchObject({ id: 'fake-model', object: 'model' });
		const missing = await client.models.retrieve('gpt-5').catch((thrown) => thrown);
		expect(missing).toBeInstanceOf(NotFoundError);
		expect(missing).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
	});

	it('answers whole with what the house adds, and writes both down in a conversation out of the way', async () => {
		const { client, visitor } = await open();
		turns.models.script(says('Good ', 'day.'));
		const messages = [{ role: 'system' as const, content: 'Speak like a pirate.' }, ...hello];
		const answer = await client.chat.completions.create({
			model: 'openccb',
			messages,
			max_tokens: 7,
			temperature: 0.1,
			seed: 4,
			stop: 'END',
		});
		expect(answer).toMatchObject({
			object: 'chat.completion',
			model: 'openccb',
			usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
		});
		expect(answer.choices).toMatchObject([{ message: { role: 'assistant', content: 'Good day.' }, finish_reason: 'stop' }]);
		const request = turns.models.requests.at(-1);
		expect(request).toMatchObject({ maxOutputTokens: 7, priority: 'interactive', sampling: { temperature: 0.1, seed: 4, stop: ['END'] } });
		const [ours, theirs] = request?.messages ?? [];
		expect(ours?.content).toContain('You are OpenCCB');
		expect(theirs).toMatchObject({ role: 'system', content: expect.stringContaining('Speak like a pirate.') });
		expect(await rowsOf(visitor)).toEqual([
			{ role: 'user', content: 'Hello?', status: 'received' },
			{ role: 'assistant', content: 'Good day.', status: 'answered' },
		]);
		const archived = await visitor.call('GET', '/conversations?archived=true');
		expect(archived.body).toMatchObject({ conversations: [{ title: 'My editor', isArchived: true }] });
	});

	it('tells the model what the client says was said, and nothing that was asked before', async () => {
		const { client } = await open();
		turns.models.script(says('One.'), says('Two.'));
		await client.chat.completions.create({ model: 'openccb', messages: [{ role: 'user', content: 'A first secret' }] });
		const talk = [{ role: 'user' as const, content: 'Earlier' }, { role: 'assistant' as const, content: 'Yes' }, ...hello];
		await client.chat.completions.create({ model: 'openccb', messages: talk });
		const told = JSON.stringify(turns.models.requests.at(-1)?.messages);
		expect(told).toContain('Earlier');
		expect(told).not.toContain('A first secret');
	});

	it('streams the answer, with what it used only where that is asked for', async () => {
		const { client } = await open();
		turns.models.script(says('Good ', 'day.'), says('Good ', 'day.'));
		const read = async (more: object) => {
			const stream = await client.chat.completions.create({ model: 'openccb', messages: hello, stream: true, ...more });
			const chunks = [];
			for await (const chunk of stream) chunks.push(chunk);
			return chunks;
		};
		const plain = await read({});
		expect(plain.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Good day.');
		expect(plain.at(-1)?.choices).toMatchObject([{ finish_reason: 'stop' }]);
		expect(plain.every(({ usage }) => usage === undefined)).toBe(true);
		const counted = await read({ stream_options: { include_usage: true } });
		expect(counted.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 15 } });
	});

	it('says the place in the queue beside the text, and that an answer was cut', async () => {
		const { secret } = await open();
		const [, ...rest] = saysWithoutEnd('Half');
		const cut = {
			type: 'end' as const,
			reason: 'length' as const,
			usage: { promptTokens: 1, outputTokens: 1, loadMs: null, generateMs: null },
		};
		turns.models.script([{ type: 'queued', position: 3, estimateMs: 20_000 }, ...rest, cut]);
		const response = await send(`${publicUrl}/v1/chat/completions`, {
			method: 'POST',
			headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
			body: JSON.stringify({ model: 'openccb', messages: hello, stream: true }),
		});
		const text = await response.text();
		expect(text).toMatch(/^: .*3.*$/m);
		expect(text).toContain('"finish_reason":"length"');
		expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
		expect(response.headers.get('x-accel-buffering')).toBe('no');
	});

	it('stops the model when the client goes away', async () => {
		const { client, visitor } = await open();
		turns.models.script([...saysWithoutEnd('Long '), new Promise(() => {})]);
		const stream = await client.chat.completions.create({ model: 'openccb', messages: hello, stream: true });
		for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
		await expect.poll(async () => (await rowsOf(visitor)).at(-1)).toMatchObject({ status: 'stopped', content: 'Long ' });
	});

	it('tells of what breaks off in the middle, so that no half passes for a whole', async () => {
		const { client } = await open();
		turns.models.script([...saysWithoutEnd('Half a'), new BotError('MODEL_UNAVAILABLE', 'gone', { retryable: true })]);
		const stream = await client.chat.completions.create({ model: 'openccb', messages: hello, stream: true });
		const read = async () => {
			for await (const _chunk of stream);
		};
		const error = await read().catch((thrown) => thrown);
		expect(error).toBeInstanceOf(APIError);
		expect(error).toMatchObject({ code: 'model_unavailable', type: 'server_error' });
	});

	it.each([
		{
			name: 'no model',
			thrown: new BotError('MODEL_UNAVAILABLE', 'away', { retryable: true }),
			status: 503,
			code: 'model_unavailable',
			tries: 3,
		},
		{
			name: 'a full queue',
			thrown: new BotError('RATE_LIMITED', 'full', { reason: 'queue-full' }),
			status: 503,
			code: 'queue_full',
			tries: 3,
		},
		{
			name: 'too many at once',
			thrown: new BotError('RATE_LIMITED', 'many', { reason: 'in-flight' }),
			status: 429,
			code: 'rate_limit_exceeded',
			tries: 3,
		},
		{
			name: 'a prompt too long',
			thrown: new BotError('MODEL_REJECTED', 'long', { reason: 'too-long' }),
			status: 400,
			code: 'context_length_exceeded',
			tries: 1,
		},
		{ name: 'a fault of ours', thrown: new BotError('INTERNAL', 'odd'), status: 500, code: 'internal', tries: 1 },
	])('answers $name with $status before anything else, streamed or not', async ({ thrown, status, code }) => {
		const { client } = await open();
		for (const stream of [false, true]) {
			turns.models.script([thrown]);
			const asked = client.chat.completions.create({ model: 'openccb', messages: hello, stream });
			const error = await asked.catch((refused) => refused);
			expect(error).toMatchObject({ status, code });
			if (status === 503) expect(error).toBeInstanceOf(InternalServerError);
			expect(error.headers.get('retry-after') === null).toBe(![429, 503].includes(status));
		}
	});

	it('says of a minute’s limit when to come back, and of a day’s that trying again is of no use', async () => {
		const { client, visitor, secret } = await open();
		const limit = async (limits: object) =>
			await world.registrar('update users set limits = $2 where id = $1', [visitor.person.userId, JSON.stringify(limits)]);
		const ask = async (with_ = client) =>
			await with_.chat.completions.create({ model: 'fake-model', messages: hello }).catch((thrown) => thrown);
		await limit({ requestsPerMinute: 1 });
		turns.models.script(says('Yes.'));
		expect(await ask()).toMatchObject({ object: 'chat.completion' });
		const minute = await ask();
		expect(minute).toBeInstanceOf(RateLimitError);
		expect(minute).toMatchObject({ code: 'rate_limit_exceeded' });
		expect(Number(minute.headers.get('retry-after'))).toBeGreaterThan(0);
		await limit({ tokensPerDay: 0 });
		const before = requests;
		expect(await ask(clientFor(secret, 2))).toMatchObject({ status: 429, code: 'insufficient_quota' });
		expect(requests - before).toBe(1);
		await limit({ messageCharacters: 3 });
		expect(await ask()).toMatchObject({ status: 400, code: 'context_length_exceeded', param: 'messages' });
		await limit({ models: ['another'] });
		expect(await ask()).toMatchObject({ status: 404, code: 'model_not_found' });
	});

	it('gives a plain model what the client says and nothing of the house, and its words byte for byte', async () => {
		const { client, visitor } = await open();
		const words = ['$$x^2$$ ', '![p](https://evil.example/?q)', ' [1] \r\n', 'end'];
		turns.models.script(says(...words));
		const messages = [{ role: 'system' as const, content: 'Be brief.' }, ...hello];
		const answer = await client.chat.completions.create({ model: 'fake-model', messages });
		expect(answer.choices[0]?.message.content).toBe(words.join(''));
		expect(turns.models.requests.at(-1)?.messages).toEqual(messages);
		expect((await rowsOf(visitor)).at(-1)).toMatchObject({ content: words.join('').replaceAll('\r\n', '\r\n') });
	});

	it('refuses what no model can read', async () => {
		const { client } = await open();
		const messages = [{ role: 'user' as const, content: 'word '.repeat(20_000) }];
		for (const model of ['openccb', 'fake-model']) {
			const error = await client.chat.completions.create({ model, messages }).catch((thrown) => thrown);
			expect(error).toBeInstanceOf(BadRequestError);
			expect(error).toMatchObject({ code: 'context_length_exceeded' });
		}
	});

	it('lets chores of a client wait for people', async () => {
		const { client } = await open();
		turns.models.script(says('A title'));
		await client.chat.completions.create({ model: 'openccb', messages: [{ role: 'user', content: '### Task:\nMake a title' }] });
		expect(turns.models.requests.at(-1)).toMatchObject({ priority: 'background' });
	});

	it('lets nobody in but by a token that may ask', async () => {
		const { visitor, secret } = await open(['read']);
		const ask = async (key: string) =>
			await clientFor(key)
				.models.list()
				.catch((thrown) => thrown);
		expect(await ask(secret)).toBeInstanceOf(PermissionDeniedError);
		const wrong = await ask('sk-wrong');
		expect(wrong).toBeInstanceOf(AuthenticationError);
		expect(wrong).toMatchObject({ code: 'invalid_api_key' });
		const page = await world.server.inject({
			url: '/v1/models',
			headers: {
				host: 'localhost',
				cookie: [...visitor.cookies].map((pair) => pair.join('=')).join('; '),
				'sec-fetch-site': 'same-origin',
			},
		});
		expect(page.statusCode).toBe(401);
	});

	it('has one form of error, whatever is wrong', async () => {
		const { client, secret } = await open();
		const responses = await client.responses.create({ model: 'openccb', input: 'Hello?' }).catch((thrown) => thrown);
		expect(responses).toMatchObject({ status: 404, code: 'unknown_url' });
		const post = async (payload: string, type = 'application/json') =>
			await world.server.inject({
				...{ method: 'POST', url: '/v1/chat/completions', payload },
				headers: { host: 'localhost', authorization: `Bearer ${secret}`, 'content-type': type },
			});
		for (const [status, response] of [
			[400, await post('{')],
			[413, await post(JSON.stringify({ model: 'openccb', messages: 'x'.repeat(1_100_000) }))],
			[415, await post('{}', 'text/plain')],
		] as const) {
			expect(response.statusCode).toBe(status);
			expect(response.json()).toMatchObject({
				error: { message: expect.any(String), type: expect.any(String), code: expect.any(String), param: null },
			});
		}
		world.isOpen = false;
		const away = await post(JSON.stringify({ model: 'openccb', messages: hello }));
		world.isOpen = true;
		expect(away.statusCode).toBe(503);
		expect(away.headers['retry-after']).toBeDefined();
	});
});
