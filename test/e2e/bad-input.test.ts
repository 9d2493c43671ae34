import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spanish } from '#src/locales/spanish.ts';
import type { Forgery } from '#test/emulators/slack/http-transport.ts';
import type { Json } from '#test/emulators/slack/types.ts';
import { connectTo, readAnswer } from '#test/http/raw-request.ts';
import { eventually } from './eventually.ts';
import { modelRequests, queryDatabase, quiet, requestsFor, wholeAnswers } from './observe.ts';
import { openWorkplace, type Workplace } from './workplace.ts';

/** What a refusal takes when nothing else holds the machine up, and what half of them stay below on the busiest one. */
const quickestMs = 50;
const medianMs = 250;

const aMessage = (text: unknown, more: Record<string, unknown> = {}) => ({
	type: 'event_callback',
	team_id: 'T0EMULATED',
	event_id: `Ev${performance.now()}`,
	event: { type: 'message', channel: 'C0NOWHERE', channel_type: 'channel', user: 'U0NOBODY', ts: '1700000000.000100', text, ...more },
});

/** Node.js lets a slow head go on for so long, and a slow body for five times as long, unless it is told otherwise ("server.headersTimeout"). */
const nodesOwnLimitMs = 60_000;

interface SlowClient {
	status: number;
	tookMs: number;
}

/** One byte now and then, for as long as it is taken. */
async function trickle(address: string, beginning: string): Promise<SlowClient> {
	const socket = await connectTo(address);
	const beganAtMs = performance.now();
	socket.write(beginning);
	const dripping = setInterval(() => void (socket.writable && socket.write('a')), 200);
	const { status } = await readAnswer(socket);
	clearInterval(dripping);
	return { status, tookMs: performance.now() - beganAtMs };
}

describe('bad input from the side of Slack', () => {
	let workplace: Workplace;
	let slowClients: Promise<SlowClient[]> | null = null;
	beforeAll(async () => {
		workplace = await openWorkplace();
		workplace.ollama.answer('Fine.');
	});
	afterAll(async () => await workplace.close());

	/** They need as long as other tests, and a body that broke off counts as refused: they begin once refusals have been counted. */
	function beginSlowly(): Promise<SlowClient[]> {
		const signed = `x-slack-signature: v0=${'0'.repeat(64)}\r\nx-slack-request-timestamp: ${Math.floor(Date.now() / 1_000)}`;
		const post = 'POST /slack/events HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json';
		const beginnings = [`${post}\r\nx-slow: `, `${post}\r\n${signed}\r\ncontent-length: 100000\r\n\r\n{`];
		slowClients ??= Promise.all(beginnings.map((beginning) => trickle(workplace.program.address, beginning)));
		return slowClients;
	}

	const rejected = async (reason: string) => await workplace.program.metric('openccb_intake_rejected_total', `reason="${reason}"`);

	const good = JSON.stringify(aMessage('<@U0OPENCCB> forged'));
	it.each<[name: string, body: string, forgery: Forgery, status: number, reason: string]>([
		['a bad signature', good, { signature: 'bad' }, 401, 'signature'],
		['no signature', good, { signature: 'missing' }, 401, 'signature'],
		['a signature from six minutes ago', good, { timestampOffsetSeconds: -360 }, 401, 'timestamp'],
		['a signature from in six minutes', good, { timestampOffsetSeconds: 360 }, 401, 'timestamp'],
		['a body that is no JSON', '{"type":', {}, 400, 'body'],
		['a body that is a list', '[]', {}, 400, 'body'],
		['a body that is a number', '7', {}, 400, 'body'],
		['no body', '', {}, 400, 'body'],
		['a form whose payload is no JSON', 'payload=%7B', { contentType: 'application/x-www-form-urlencoded' }, 400, 'body'],
		['JSON that says it is text', good, { contentType: 'text/plain' }, 415, 'type'],
		['JSON that says nothing of its kind', good, { contentType: '' }, 415, 'type'],
		['a body of more than a megabyte', JSON.stringify({ type: 'event_callback', padding: 'x'.repeat(1024 * 1024) }), {}, 413, 'size'],
	])('refuses %s at once, counts it, and does no work', async (_name, body, forgery, status, reason) => {
		const { slack, program } = workplace;
		const before = await rejected(reason);
		const calls = slack.calls.length;
		const events = await program.metric('openccb_events_total');
		const times: number[] = [];
		for (let count = 0; count < 5; count++) {
			const answer = await slack.deliver(body, forgery);
			expect(answer.status).toBe(status);
			expect(answer.body).toBe('');
			times.push(answer.tookMs);
		}
		times.sort((left, right) => left - right);
		expect(times[0]).toBeLessThan(quickestMs);
		expect(times[2]).toBeLessThan(medianMs);
		expect(await rejected(reason)).toBe(before + 5);
		expect(await program.metric('openccb_events_total')).toBe(events);
		expect(slack.calls).toHaveLength(calls);
	});

	it('answers the challenge by which Slack gets to know the address', async () => {
		void beginSlowly();
		const { status, body } = await workplace.slack.deliver(JSON.stringify({ type: 'url_verification', challenge: 'c-123', token: 't' }));
		expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: { challenge: 'c-123' } });
	});

	it('answers the check of its certificate, which Slack does not sign', async () => {
		const forgery: Forgery = { signature: 'missing', contentType: 'application/x-www-form-urlencoded' };
		expect(await workplace.slack.deliver('ssl_check=1&token=t', forgery)).toMatchObject({ status: 200, body: '' });
		expect(await workplace.slack.deliver('ssl_check=1&payload=%7B%7D', { ...forgery, contentType: 'application/json' })).toMatchObject({
			status: 401,
		});
	});

	it('takes a content type with a character set, as proxies write it', async () => {
		const forgery: Forgery = { contentType: 'application/json; charset=utf-8' };
		expect(await workplace.slack.deliver(JSON.stringify({ type: 'url_verification', challenge: 'c' }), forgery)).toMatchObject({
			status: 200,
		});
	});

	it.each([
		['that nobody signed', 401, undefined],
		['under a signature', 413, `v0=${'0'.repeat(64)}`],
	])('stays well when a body %s never ends', async (_name, refusal, signature) => {
		const { program } = workplace;
		const timestamp = String(Math.floor(Date.now() / 1_000));
		const signed = signature === undefined ? {} : { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp };
		const headers = { 'content-type': 'application/json', ...signed };
		const sending = request(`${program.address}/slack/events`, { method: 'POST', headers });
		const status = new Promise((resolve) =>
			sending.on('response', (response) => resolve(response.statusCode)).on('error', () => resolve('cut')),
		);
		const piece = 'x'.repeat(64 * 1024);
		for (let count = 0; count < 20; count++) sending.write(piece);
		expect([refusal, 'cut']).toContain(await status);
		sending.destroy();
		expect((await program.readiness()).status).toBe(200);
	});

	const user = { id: 'U0NOBODY', team_id: 'T0EMULATED' };
	const action = { action_id: 'openccb_retry', value: 'retry:00000000-0000-8000-8000-000000000000', action_ts: '1700000000.000100' };
	const press = { type: 'block_actions', user, channel: { id: 'C0NOWHERE' }, message: { ts: '1700000000.000100' }, actions: [action] };
	it.each<[name: string, payload: Json, real?: 'real']>([
		['an event of a kind that is not known', aMessage('x', { type: 'hologram_shown' })],
		['an envelope of a kind that is not known', { type: 'telepathy' }],
		['an envelope without a kind', {}],
		['an event that is null', { type: 'event_callback', team_id: 'T0EMULATED', event_id: 'Ev1', event: null }],
		['an event that is missing', { type: 'event_callback', team_id: 'T0EMULATED', event_id: 'Ev2' }],
		['an event that is a word', { type: 'event_callback', team_id: 'T0EMULATED', event_id: 'Ev3', event: 'message' }],
		['an event without fields', { type: 'event_callback', event: { type: 'message' } }],
		['a text that is null', aMessage(null)],
		['a text that is a list', aMessage(['<@U0OPENCCB>'])],
		['files that are null', aMessage('<@U0OPENCCB> hi', { files: null }), 'real'],
		['files of nulls', aMessage('<@U0OPENCCB> hi', { files: [null, 1, {}] }), 'real'],
		['a user that is an object', aMessage('<@U0OPENCCB> hi', { user: { id: 'U1' } })],
		['ids with a null character', aMessage('<@U0OPENCCB> hi', { channel: 'C\0', user: 'U\0', ts: '17\0' })],
		['a time beyond all calendars', aMessage('/', { ts: '99999999999999999999.000001', thread_ts: '1.1', subtype: 'message_changed' })],
		['a time that is a number', aMessage('<@U0OPENCCB> hi', { ts: 17 })],
		['a change of nothing', aMessage(undefined, { subtype: 'message_changed' })],
		['a change without an author', aMessage(undefined, { subtype: 'message_changed', message: { ts: '1.2', text: 'x' } })],
		['a deletion of nothing', aMessage(undefined, { subtype: 'message_deleted' })],
		['a deletion without an author', aMessage(undefined, { subtype: 'message_deleted', deleted_ts: '1700000000.000100' })],
		['a home that nobody opened', { type: 'event_callback', event_id: 'Ev4', event: { type: 'app_home_opened', tab: 'messages' } }],
		[
			'a stop of nobody',
			{ type: 'event_callback', event_id: 'Ev5', event: { type: 'agent_session_stopped', channel: 'C1', thread_ts: '1.2' } },
		],
		['a button without actions', { ...press, actions: null }],
		['a button of a shape that is not ours', { ...press, actions: [{ ...action, value: 'retry:not-an-id' }] }, 'real'],
		['a button without a user', { ...press, user: null }],
		['a button without a message', { ...press, message: undefined, container: undefined }],
		['a view that was closed', { type: 'view_closed', user, view: { id: 'V1', type: 'modal' } }],
	])('takes %s calmly: no retry is called for, and nothing fails later', async (_name, payload, real) => {
		const { slack, program } = workplace;
		const isInteraction = ['block_actions', 'view_closed'].includes(String(payload['type']));
		const sent = JSON.stringify(real === undefined ? payload : await madeReal(payload));
		const body = isInteraction ? `payload=${encodeURIComponent(sent)}` : sent;
		const errors = program.log.filter((line) => line.level === 'error').length;
		const answer = await slack.deliver(body, isInteraction ? { contentType: 'application/x-www-form-urlencoded' } : {});
		expect(answer.status).toBeGreaterThanOrEqual(200);
		expect(answer.status).toBeLessThan(500);
		await quiet(workplace);
		expect(program.log.filter((line) => line.level === 'error').slice(errors)).toEqual([]);
	});

	/** The payload as if somebody had sent it who is there, about a message that is there. */
	async function madeReal(payload: Json): Promise<Json> {
		const { slack, people, channels } = workplace;
		const { ts } = await slack.say({ user: people.tom, channel: channels.general, text: 'a root for it' });
		const names = { U0NOBODY: people.tom, C0NOWHERE: channels.general, '1700000000.000100': ts };
		const text = Object.entries(names).reduce((result, [name, id]) => result.replaceAll(name, id), JSON.stringify(payload));
		return JSON.parse(text) as Json;
	}

	it('asks a person for a shorter message when theirs is longer than the model can read', async () => {
		const { slack, people } = workplace;
		const channel = slack.workspace.openDirect(people.lucia).id;
		const before = modelRequests(workplace).length;
		const { ts } = await slack.say({ user: people.lucia, channel, text: 'palabra '.repeat(5_000) });
		const answer = await eventually(() => workplace.answers(channel, ts)[0]);
		const limit = Number(/leer unos ([\d.]+)/.exec(answer.visibleText)?.[1]?.replace('.', ''));
		expect(answer.visibleText).toBe(spanish.refusal.tooLong('palabra '.repeat(5_000).trim().length, limit));
		const { ts: shorter } = await slack.say({ user: people.lucia, channel, text: 'palabra '.repeat(5_000).slice(0, limit) });
		await wholeAnswers(workplace, channel, shorter, 1);
		expect(modelRequests(workplace)).toHaveLength(before + 1);
	});

	it.each([
		['null characters', 'before \0 after', 'before \uFFFD after'],
		['control characters', 'bell \u0007 and escape \u001b[31m', 'bell \u0007'],
		['marks that turn the text around', 'abc \u202egnp.exe', '\u202egnp.exe'],
		['halves of surrogate pairs', 'half \ud83d and \ude00 half', 'half \uFFFD and \uFFFD half'],
		['only an emoji', ':wave:', ':wave:'],
		['markup of Slack', '&lt;b&gt; <https://a.example|a> <#C1|general> &amp;amp;', '<b> a (https://a.example) #general &amp;'],
	])('answers a question with %s, and keeps it', async (name, text, expected) => {
		const { slack, people, channels } = workplace;
		const question = `${name}: ${text}`;
		const event = {
			type: 'app_mention',
			channel: channels.general,
			user: people.tom,
			ts: slack.workspace.nextTs(),
			text: `<@${slack.botUserId}> ${question}`,
		};
		const { ts } = await slack.say({ user: people.tom, channel: channels.general, text: 'a root for it' });
		const body = { type: 'event_callback', team_id: slack.teamId, event_id: `Ev-${event.ts}`, event: { ...event, thread_ts: ts } };
		expect(await slack.deliver(JSON.stringify(body))).toMatchObject({ status: 200 });
		const [answer] = await wholeAnswers(workplace, channels.general, ts, 1);
		expect(answer?.visibleText).toBe('Fine.');
		expect(requestsFor(workplace, name).at(-1)?.body.messages?.at(-1)?.content).toContain(expected);
		const rows = await queryDatabase<{ content: string }>(
			workplace,
			"select content from messages where role = 'user' and content like $1",
			[`${name}:%`],
		);
		expect(rows).toHaveLength(1);
		expect(rows[0]?.content).toContain(expected);
	});

	it('lets no client hold a connection that sends its head or its body too slowly', async () => {
		for (const { status, tookMs } of await beginSlowly()) {
			expect(status).toBe(408);
			expect(tookMs).toBeLessThan(nodesOwnLimitMs / 2);
		}
	});

	it('is as well afterwards as before', async () => {
		const { channels, ask, program } = workplace;
		const ts = await ask('are you well?');
		await wholeAnswers(workplace, channels.general, ts, 1);
		expect((await program.readiness()).status).toBe(200);
		expect(program.output()).not.toContain('nobody waited for');
	});
});
