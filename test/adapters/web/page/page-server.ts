/** The built page behind an API by hand, for tests in a browser: served with the program's own headers, and answering what the test has put there. */

import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { OrderResultPart, PersonView, UsageCountView } from '#src/api/contract/administration.ts';
import type { CommandView } from '#src/api/contract/commands.ts';
import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { LiveEventName, LiveStreamEvents } from '#src/api/contract/live.ts';
import type { ConversationMessage } from '#src/api/contract/messages.ts';
import type { OwnPasswordView } from '#src/api/contract/passwords.ts';
import type { Me, OwnReadView, SessionRow } from '#src/api/contract/people.ts';
import type { TokenRow } from '#src/api/contract/tokens.ts';
import type { KnowledgeView, Models, WebQuota } from '#src/api/contract/usage.ts';
import { pageFolder, readBuiltPage } from '#src/http/page-files.ts';
import { addPage } from '#src/http/page-routes.ts';
import { ensurePage } from '../../../../scripts/toolchain/page.mjs';
import { answerRow, conversationView, messageRow, tom } from './fake-api.ts';
import { addOperating, decideInChannel, type OperatingWorld, operatingWorld } from './operating-server.ts';

/** What every file is kept by. */
export const idOfFile = '77777777-7777-4777-8777-777777777777';

export interface PageWorld extends OperatingWorld {
	me: Me;
	/** As the list shows them. */
	views: ConversationView[];
	/** So many of them come at once. */
	pageSize: number;
	/** By conversation, the oldest first. */
	messages: Map<string, ConversationMessage[]>;
	/** What stands before and after the quoted words of every source. */
	around: readonly [string, string];
	sessions: SessionRow[];
	tokens: TokenRow[];
	models: Models;
	commands: CommandView[];
	knowledge: KnowledgeView['choice'];
	reads: OwnReadView[];
	password: OwnPasswordView;
	/** Of the second factor: asked for while it is set. */
	code: string | null;
	/** Nobody is signed in. */
	isOut: boolean;
	quota: WebQuota;
	/** Of administrators: everybody, and what each order is answered with. */
	people: PersonView[];
	answerTo(order: string): OrderResultPart[];
	/** What every call of the API is answered with while it is set. */
	failure: { status: number; code: string; message: string } | null;
	/** All that changed something, in the order in which it came: `PATCH /conversations/… {…}`. */
	calls: string[];
	/** To every page that is open. */
	say<Name extends LiveEventName>(name: Name, data: LiveStreamEvents[Name]): void;
	/** Hangs up on all of them. */
	hangUp(): void;
}

export interface PageServer extends AsyncDisposable {
	address: string;
	world: PageWorld;
}

export function emptyWorld(): Omit<PageWorld, 'say' | 'hangUp'> {
	const counted = (allowed: number | null, used: number) => {
		return { allowed, used, left: allowed === null ? null : allowed - used, resetInMs: 25 * 60_000, resetsAt: '2026-12-01T09:00:00.000Z' };
	};
	return {
		...{ me: tom, views: [], pageSize: 50, messages: new Map(), failure: null, calls: [], around: ['Before it. ', ' After it.'] },
		sessions: [sessionRow({ id: tom.sessionId ?? '', isThis: true }), sessionRow({ agent: 'Mozilla/5.0 (iPhone) Safari/604.1' })],
		tokens: [tokenRow({ name: 'My editor', scopes: ['chat', 'read'] })],
		models: { models: [{ name: 'qwen3:8b', isStandard: true }], current: { name: 'qwen3:8b', origin: 'default' } },
		knowledge: 'free',
		people: [personView({ name: 'Tom', role: 'buyers' }), personView({ name: 'Marco', isLocked: true })],
		answerTo: (order) => [
			`Carried out: ${order}`,
			{ rows: [['gpu-1', '2 of 4']] },
			{ columns: ['Role', 'Limit'], table: [['buyers', '20']] },
			{ list: ['one'] },
		],
		...operatingWorld(),
		...{ password: { isOwn: false, hasSecondFactor: false, recoveryCodesLeft: 0 }, code: null, isOut: false },
		reads: [{ at: '2026-11-20T10:00:00.000Z', reader: 'Ana', reason: 'asked by legal', messages: 20 }],
		commands: [
			{ name: 'help', otherNames: ['ayuda'], about: 'What the bot can do', arguments: [] },
			{
				...{ name: 'model', otherNames: ['modelo'], about: 'Which model answers, and choosing another one' },
				arguments: [{ name: 'model', about: 'A model', mayBeLeftOut: true, choices: null }],
			},
			{ name: 'quota', otherNames: ['cuota'], about: 'What you may use', arguments: [] },
		],
		quota: {
			...{ requestsPerMinute: counted(10, 2), tokensPerDay: counted(200_000, 190_000), uploadsPerDay: counted(null, 3) },
			...{ messageCharacters: 8_000, repliesInFlight: 2, uploadBytes: 20_000_000 },
		},
	};
}

function personView(part: Pick<PersonView, 'name'> & Partial<PersonView>): PersonView {
	const account = {
		platform: 'slack',
		reference: `slack:T:${part.name}`,
		name: part.name,
		isGuest: true,
		isExternal: false,
		isClosed: false,
	};
	return { id: crypto.randomUUID(), role: null, isLocked: false, accounts: [account], ...part };
}

function usageCount(key: string, questions: number): UsageCountView {
	return { key, name: key, questions, answers: questions, promptTokens: 9_000, outputTokens: 4_000 };
}

function tokenRow(part: Pick<TokenRow, 'name' | 'scopes'>): TokenRow {
	return {
		...{ id: crypto.randomUUID(), hint: 'ccb_09IB4CAJG', account: { platform: 'slack', name: 'tom' }, lastUsedAt: null },
		...{ createdAt: '2026-12-01T08:00:00.000Z', expiresAt: '2027-03-01T08:00:00.000Z' },
		...part,
	};
}

function sessionRow(part: Partial<SessionRow>): SessionRow {
	return {
		...{ id: crypto.randomUUID(), isThis: false, account: { platform: 'slack', name: 'tom' } },
		...{ signedInAt: '2026-12-01T08:00:00.000Z', lastSeenAt: '2026-12-01T08:30:00.000Z', expiresAt: '2026-12-08T08:00:00.000Z' },
		...{ agent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0', address: '192.0.2.7' },
		...part,
	};
}

export async function startPageServer(): Promise<PageServer> {
	ensurePage(process.execPath);
	const streams = new Set<FastifyReply['raw']>();
	const world: PageWorld = {
		...emptyWorld(),
		say: (name, data) => streams.forEach((stream) => void stream.write(eventOf(name, data))),
		hangUp: () => streams.forEach((stream) => void stream.destroy()),
	};
	const server = Fastify({ forceCloseConnections: true });
	server.addContentTypeParser('application/octet-stream', { parseAs: 'string' }, (_request, body, done) => done(null, String(body)));
	addPage(server, { publicUrl: 'http://127.0.0.1', page: await readBuiltPage(pageFolder) });
	server.addHook('onRequest', async ({ url }, reply) => {
		const { failure } = world;
		if (failure === null || !url.startsWith('/api/')) return;
		await reply.code(failure.status).send({ error: { code: failure.code, message: failure.message } });
	});
	server.addHook('preHandler', async ({ method, url, body }) => {
		const said = body === undefined || body === null ? '' : ` ${JSON.stringify(body)}`;
		if (method !== 'GET') world.calls.push(`${method} ${url.replace('/api/v1', '')}${said}`);
	});
	addApi(server, world, streams);
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	return { address, world, [Symbol.asyncDispose]: async () => await server.close() };
}

function addApi(server: FastifyInstance, world: PageWorld, streams: Set<FastifyReply['raw']>): void {
	const root = '/api/v1';
	server.get(`${root}/live`, (_request, reply) => {
		reply.hijack();
		reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
		reply.raw.write(eventOf('hello', { heartbeatMs: 15_000, version: world.me.version }));
		streams.add(reply.raw);
		reply.raw.on('close', () => streams.delete(reply.raw));
	});
	server.get(`${root}/me`, async (_request, reply) => {
		if (!world.isOut) return world.me;
		return await reply.code(401).send({ error: { code: 'UNAUTHENTICATED', message: '' } });
	});
	server.get(`${root}/reads`, () => ({ reads: world.reads }));
	server.get(`${root}/knowledge`, () => ({ choice: world.knowledge }));
	server.patch<{ Body: { language: Me['chosenLanguage'] } }>(`${root}/me`, ({ body: { language } }) => {
		world.me = { ...world.me, chosenLanguage: language, language: language ?? 'en' };
		return world.me;
	});
	server.delete<Ided>(`${root}/accounts/:id`, ({ params: { id } }, reply) => {
		world.me = { ...world.me, accounts: world.me.accounts.filter((account) => account.id !== id) };
		return reply.code(204).send();
	});
	server.get(`${root}/sessions`, () => ({ sessions: world.sessions }));
	server.get(`${root}/sign-in/ways`, () => ({
		providers: [{ platform: 'teams', title: null, address: '/api/v1/sign-in/with/teams' }],
		hasPasswords: true,
	}));
	addPasswords(server, world, root);
	server.get(`${root}/tokens`, () => ({ tokens: world.tokens }));
	server.post<{ Body: { name: string; scopes: TokenRow['scopes'] } }>(`${root}/tokens`, ({ body }) => {
		const token = tokenRow(body);
		world.tokens = [token, ...world.tokens];
		return { secret: `${token.hint}secret`, token };
	});
	server.delete<Ided>(`${root}/tokens/:id`, ({ params: { id } }, reply) => {
		world.tokens = world.tokens.filter((token) => token.id !== id);
		return reply.code(204).send();
	});
	server.get(`${root}/models`, () => world.models);
	server.get(`${root}/commands`, () => ({ root: 'ccb', commands: world.commands }));
	server.get(`${root}/quota`, () => world.quota);
	server.post<{ Body: { order: string; channel?: string } }>(`${root}/admin/orders`, ({ body: { order, channel } }) => {
		if (channel !== undefined) decideInChannel(world, channel, order);
		return { result: world.answerTo(order) };
	});
	server.get<{ Querystring: { query: string } }>(`${root}/admin/people`, ({ query: { query } }) => {
		const people = world.people.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
		return { people, roles: ['admin', 'buyers', 'employee'], hasMore: false };
	});
	addOperating(server, world, root);
	server.get(`${root}/admin/usage`, () => {
		const kinds = { platforms: [usageCount('slack', 30)], models: [usageCount('small', 30)], people: [usageCount('Tom', 30)] };
		return { days: [usageCount('2026-11-30', 10), usageCount('2026-12-01', 20)], ...kinds };
	});
	server.get(`${root}/admin/health`, () => {
		const models = { name: 'models', state: 'down', reason: 'Start Ollama.' };
		return { isReady: false, version: '1', parts: [{ name: 'database', state: 'up', reason: null }, models] };
	});
	server.get(`${root}/usage`, () => {
		const days = ['2026-12-01', '2026-11-30'].map((day) => ({ day, questions: 1_600, promptTokens: 9_000, outputTokens: 4_000 }));
		return { days, models: [{ model: 'qwen3:8b', answers: 3_200 }] };
	});
	server.delete<Ided>(`${root}/sessions/:id`, ({ params: { id } }, reply) => {
		world.sessions = world.sessions.filter((session) => session.id !== id);
		return reply.code(204).send();
	});
	for (const done of ['/sign-out', '/answers/:id/feedback', '/answers/:id/stop']) {
		server.post(root + done, (_request, reply) => reply.code(204).send());
	}
	server.get<{ Querystring: Record<string, string> }>(`${root}/conversations`, ({ query }) => listOf(world, query));
	server.get<Ided>(`${root}/conversations/:id`, ({ params: { id } }, reply) => viewOf(world, id) ?? notFound(reply));
	server.patch<Ided & { Body: Partial<ConversationView> }>(`${root}/conversations/:id`, ({ params: { id }, body }, reply) => {
		const view = viewOf(world, id);
		if (view === undefined) return notFound(reply);
		Object.assign(view, body);
		if (body.readThrough !== undefined) view.isUnread = false;
		return view;
	});
	server.delete<Ided>(`${root}/conversations/:id`, ({ params: { id } }) => {
		const staysOn = viewOf(world, id)?.platform === 'slack' ? 'slack' : null;
		world.views = world.views.filter((view) => view.id !== id);
		return { outcome: 'removed', staysOn, message: 'It is removed here. What stands in Slack stays there.' };
	});
	server.get<Ided>(`${root}/conversations/:id/export`, (_request, reply) => {
		return reply.header('content-disposition', 'attachment; filename="talk.md"').type('text/markdown').send('# Talk\n');
	});
	server.get<Ided & { Querystring: { before?: string } }>(`${root}/conversations/:id/messages`, ({ params: { id }, query: { before } }) => {
		const those = (world.messages.get(id) ?? []).filter(({ sequence }) => before === undefined || sequence < Number(before)).reverse();
		const messages = those.slice(0, 60);
		return { messages, nextBefore: those.length > messages.length ? (messages.at(-1)?.sequence ?? null) : null };
	});
	server.get<{ Params: { id: string; position: string } }>(
		`${root}/answers/:id/sources/:position`,
		({ params: { id, position } }, reply) => {
			const rows = [...world.messages.values()].flat();
			const source = rows.find((row) => row.id === id)?.sources.find((one) => String(one.position) === position);
			return source === undefined ? notFound(reply) : { ...source, text: world.around.join(source.excerpt) };
		},
	);
	server.post<{ Body: string; Headers: { 'x-file-name': string } }>(`${root}/files`, ({ headers, body }, reply) => {
		const name = decodeURIComponent(headers['x-file-name']);
		if (name.endsWith('.exe')) return reply.code(409).send({ error: { code: 'CONFLICT', message: 'Programs are not taken.' } });
		return { id: idOfFile, name, mediaType: 'text/plain', sizeBytes: body.length };
	});
	server.post<{ Body: Asked }>(`${root}/messages`, ({ body }, reply) => reply.code(202).send(take(world, body)));
}

function eventOf(name: LiveEventName, data: object): string {
	return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

interface Ided {
	Params: { id: string };
}

interface Asked {
	clientId: string;
	text: string;
	conversationId?: string;
	newConversation?: string;
}

function viewOf({ views }: PageWorld, id: string): ConversationView | undefined {
	return views.find((view) => view.id === id);
}

function notFound(reply: FastifyReply): FastifyReply {
	return reply.code(404).send({ error: { code: 'NOT_FOUND', message: 'There is no such thing.' } });
}

function listOf({ views, pageSize }: PageWorld, { query, archived, cursor }: Record<string, string>) {
	const found = query?.toLowerCase();
	if (found !== undefined) {
		const those = views.filter(({ title }) => title?.toLowerCase().includes(found));
		return { conversations: those.map((view) => ({ ...view, found: { messageId: view.id, excerpt: `… ${query} …` } })), nextCursor: null };
	}
	const shelf = views.filter(({ isArchived }) => isArchived === (archived === 'true'));
	const start = Number(cursor ?? 0);
	const end = start + pageSize;
	return { conversations: shelf.slice(start, end), nextCursor: end < shelf.length ? String(end) : null };
}

/** The question and an answer that is being written have their rows from now on; the test says what the page hears of it. */
function take(world: PageWorld, { clientId, text, conversationId, newConversation }: Asked) {
	const id = conversationId ?? newConversation ?? '';
	const rows = world.messages.get(id) ?? [];
	const sequence = (rows.at(-1)?.sequence ?? 0) + 1;
	const question = messageRow({ id: clientId, sequence, text });
	const answer = answerRow({ id: crypto.randomUUID(), sequence: sequence + 1, inReplyTo: clientId });
	world.messages.set(id, [...rows, question, answer]);
	if (viewOf(world, id) === undefined) world.views.unshift(conversationView({ id, title: text, lastSaidAt: new Date().toISOString() }));
	world.say('message', question);
	world.say('message', answer);
	world.say('list', { ids: [id] });
	return { conversationId: id, questionId: clientId, answerId: answer.id };
}

/** Everybody has the same one. */
export const rightPassword = 'violet otter ladder';

function addPasswords(server: FastifyInstance, world: PageWorld, root: string): void {
	const refuse = async (reply: FastifyReply, message: string) => await reply.code(403).send({ error: { code: 'FORBIDDEN', message } });
	server.post<{ Body: { password: string; code?: string } }>(`${root}/sign-in/password`, async ({ body: { password, code } }, reply) => {
		if (password !== rightPassword) return await refuse(reply, 'Name and password do not belong together here.');
		if (world.code === null || world.code === code) {
			world.isOut = false;
			return { state: 'signed-in' };
		}
		return code === undefined ? { state: 'code-needed' } : await refuse(reply, 'That code does not count.');
	});
	server.post(`${root}/sign-in/password/link/owner`, () => ({ name: 'tom' }));
	server.post<{ Body: { password: string } }>(`${root}/sign-in/password/link`, async ({ body: { password } }, reply) => {
		if (password.length >= 15) return await reply.code(204).send();
		return await reply.code(409).send({ error: { code: 'CONFLICT', message: 'A password has 15 characters or more.' } });
	});
	server.get(`${root}/password`, () => world.password);
	server.put(`${root}/password`, (_request, reply) => reply.code(204).send());
	server.post(`${root}/second-factor`, () => ({
		secret: 'GEZDGNBVGY3TQOJQ',
		address: 'otpauth://totp/OpenCCB:tom?secret=GEZDGNBVGY3TQOJQ',
	}));
	server.post(`${root}/second-factor/code`, () => {
		world.password = { isOwn: true, hasSecondFactor: true, recoveryCodesLeft: 2 };
		return { recoveryCodes: ['AAAAA-BBBBB-CCCCC-DDDDD-EEEEE', 'FFFFF-GGGGG-HHHHH-JJJJJ-KKKKK'] };
	});
}
