/** The API as the page calls it, with the types of its contract. What went wrong is one of three things: away for now, nobody signed in, or refused. */

import type { z } from 'zod';
import type { listPeople, OrderResultPart, readHealth, readUsageOfAll } from '#src/api/contract/administration.ts';
import type { CommandView } from '#src/api/contract/commands.ts';
import type { ConversationRemoval, ConversationView, changeConversation, listConversations } from '#src/api/contract/conversations.ts';
import type { RouteDefinition } from '#src/api/contract/define-route.ts';
import type { ErrorAnswer } from '#src/api/contract/errors.ts';
import type { ask, listMessages, PassageView, rateAnswer, TakenQuestion } from '#src/api/contract/messages.ts';
import type { listChannels, ModelStandingView } from '#src/api/contract/operating.ts';
import type {
	BegunFactor,
	beginFactor,
	changePassword,
	choosePassword,
	keepFactor,
	OwnPasswordView,
	PasswordOwnerView,
	PasswordState,
	RecoveryCodes,
	usePassword,
} from '#src/api/contract/passwords.ts';
import type { Me, OwnReadView, SessionRow } from '#src/api/contract/people.ts';
import type { StatementView } from '#src/api/contract/rows.ts';
import type { CodeState, LinkOwner, listWays, ShownCode } from '#src/api/contract/sign-in.ts';
import type { MadeToken, makeToken, TokenRow } from '#src/api/contract/tokens.ts';
import type { KnowledgeView, Models, WebQuota, WebUsage } from '#src/api/contract/usage.ts';

type BodyOf<Route extends RouteDefinition> = z.input<NonNullable<Route['body']>>;
type AnswerTo<Route extends RouteDefinition> = z.output<Extract<Route['answer']['body'], z.ZodType>>;

export type ShownPeople = AnswerTo<typeof listPeople>;
export type ShownChannels = AnswerTo<typeof listChannels>;
export type UsageOfAll = AnswerTo<typeof readUsageOfAll>;
export type Health = AnswerTo<typeof readHealth>;
export type ConversationPage = AnswerTo<typeof listConversations>;
export type MessagePage = AnswerTo<typeof listMessages>;
export type QuestionSent = BodyOf<typeof ask>;
export type RatingSent = BodyOf<typeof rateAnswer>;
export type ConversationChange = BodyOf<typeof changeConversation>;

/** `away`: the same may succeed later. `message` is a sentence for the person, empty where nobody said one. */
export class ApiProblem extends Error {
	readonly kind: 'away' | 'signed-out' | 'refused';
	readonly retryAfterMs: number | null;
	/** A code of the contract, or empty. */
	readonly code: string;

	constructor(kind: ApiProblem['kind'], { message = '', code = '', retryAfterMs = null as number | null } = {}) {
		super(message);
		this.kind = kind;
		this.code = code;
		this.retryAfterMs = retryAfterMs;
	}
}

/** What is to be heard beside the list, and what the page has of its answers already. */
export interface LiveRequest {
	conversation?: string;
	/** In place of it, one that this page begins. */
	newConversation?: string;
	held: readonly string[];
}

/** As the program names it. */
export interface SavedFile {
	name: string;
	content: Blob;
}

/** Every method throws ApiProblem. */
export interface ApiClient {
	readMe(): Promise<Me>;
	/** @param language Null for what their chat platform says. */
	chooseLanguage(language: Me['chosenLanguage']): Promise<Me>;
	unlinkAccount(id: string): Promise<void>;
	listReads(): Promise<OwnReadView[]>;
	readLink(secret: string): Promise<LinkOwner>;
	useLink(secret: string): Promise<void>;
	listWays(): Promise<AnswerTo<typeof listWays>>;
	usePassword(entry: BodyOf<typeof usePassword>): Promise<PasswordState>;
	readPasswordLink(secret: string): Promise<PasswordOwnerView>;
	choosePassword(chosen: BodyOf<typeof choosePassword>): Promise<void>;
	readOwnPassword(): Promise<OwnPasswordView>;
	changePassword(change: BodyOf<typeof changePassword>): Promise<void>;
	beginFactor(proof: BodyOf<typeof beginFactor>): Promise<BegunFactor>;
	keepFactor(proof: BodyOf<typeof keepFactor>): Promise<RecoveryCodes>;
	showCode(): Promise<ShownCode>;
	useCode(): Promise<CodeState>;
	signOut(everywhere: boolean): Promise<void>;
	listConversations(request: { query?: string; cursor?: string; archived?: 'true' }): Promise<ConversationPage>;
	readConversation(id: string): Promise<ConversationView>;
	changeConversation(id: string, change: ConversationChange): Promise<ConversationView>;
	/** Reaches the program also when the page goes meanwhile. */
	removeConversation(id: string): Promise<ConversationRemoval>;
	listMessages(id: string, before: number | null): Promise<MessagePage>;
	ask(question: QuestionSent): Promise<TakenQuestion>;
	stop(answerId: string): Promise<void>;
	retry(answerId: string, clientId: string, withoutKnowledge: boolean): Promise<TakenQuestion>;
	rate(answerId: string, given: RatingSent): Promise<void>;
	readPassage(answerId: string, position: number): Promise<PassageView>;
	readStatement(answerId: string): Promise<StatementView>;
	saveRows(answerId: string): Promise<SavedFile>;
	/** @param signed What a link from the chat carries. */
	saveLinkedRows(signed: string): Promise<SavedFile>;
	listSessions(): Promise<SessionRow[]>;
	endSession(id: string): Promise<void>;
	listTokens(): Promise<TokenRow[]>;
	makeToken(wanted: BodyOf<typeof makeToken>): Promise<MadeToken>;
	endToken(id: string): Promise<void>;
	listCommands(): Promise<{ root: string; commands: CommandView[] }>;
	/** @param conversation Null for a new one. */
	listModels(conversation: string | null): Promise<Models>;
	/** @param model Null takes the choice back. */
	chooseModel(model: string | null, conversation: string | null): Promise<Models>;
	readKnowledge(conversation: string | null): Promise<KnowledgeView>;
	readQuota(): Promise<WebQuota>;
	readUsage(): Promise<WebUsage>;
	/**
	 * For administrators, like the five below: to others there is nothing. @param order As it is typed behind the root command; in the channel with this
	 * id, where one is given.
	 */
	giveOrder(order: string, channel?: string): Promise<OrderResultPart[]>;
	listPeople(query: string, page: number): Promise<ShownPeople>;
	readUsageOfAll(days: string): Promise<UsageOfAll>;
	readHealth(): Promise<Health>;
	readModels(): Promise<ModelStandingView>;
	listChannels(query: string, page: number): Promise<ShownChannels>;
	/** Resolves when the stream begins. Its body throws whatever the browser throws once the line is lost. */
	openLive(request: LiveRequest, signal: AbortSignal): Promise<Response>;
}

const root = '/api/v1';

/** Where files are taken. */
export const fileAddress = `${root}/files`;

/** Where a conversation is to be had as a file. */
export function exportAddress(id: string, format: 'md' | 'json'): string {
	return `${root}/conversations/${id}/export?format=${format}`;
}

/** Longer than the server lets anybody wait. */
const patienceMs = 20_000;

export function createApiClient(send: typeof fetch): ApiClient {
	async function request(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
		const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
		// What somebody changed or removed is said to the end, though they leave the page.
		const keepalive = method === 'DELETE' || method === 'PATCH';
		const asked = { method, signal, credentials: 'same-origin', cache: 'no-store', keepalive, ...sent } as const;
		const response = await send(`${root}${path}`, asked).catch(() => {
			throw new ApiProblem('away');
		});
		if (!response.ok) throw await problemOf(response);
		return response;
	}

	async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await request(method, path, body, AbortSignal.timeout(patienceMs));
		if (response.status === 204) return undefined as Answer;
		return await (response.json() as Promise<Answer>).catch(() => {
			throw new ApiProblem('away');
		});
	}

	async function save(method: string, path: string, body?: unknown): Promise<SavedFile> {
		const response = await request(method, path, body, AbortSignal.timeout(patienceMs));
		const [, name = ''] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '') ?? [];
		const content = await response.blob().catch(() => {
			throw new ApiProblem('away');
		});
		return { name: decodeURIComponent(name), content };
	}

	return {
		readMe: () => call('GET', '/me'),
		chooseLanguage: (language) => call('PATCH', '/me', { language }),
		unlinkAccount: (id) => call('DELETE', `/accounts/${id}`),
		listReads: async () => (await call<{ reads: OwnReadView[] }>('GET', '/reads')).reads,
		readLink: (secret) => call('POST', '/sign-in/link/owner', { secret }),
		useLink: (secret) => call('POST', '/sign-in/link', { secret }),
		listWays: () => call('GET', '/sign-in/ways'),
		usePassword: (entry) => call('POST', '/sign-in/password', entry),
		readPasswordLink: (secret) => call('POST', '/sign-in/password/link/owner', { secret }),
		choosePassword: (chosen) => call('POST', '/sign-in/password/link', chosen),
		readOwnPassword: () => call('GET', '/password'),
		changePassword: (change) => call('PUT', '/password', change),
		beginFactor: (proof) => call('POST', '/second-factor', proof),
		keepFactor: (proof) => call('POST', '/second-factor/code', proof),
		showCode: () => call('POST', '/sign-in/code'),
		useCode: () => call('POST', '/sign-in/code/use'),
		signOut: (everywhere) => call('POST', '/sign-out', { everywhere }),
		listConversations: (asked) => call('GET', `/conversations${queryOf(asked)}`),
		readConversation: (id) => call('GET', `/conversations/${id}`),
		changeConversation: (id, change) => call('PATCH', `/conversations/${id}`, change),
		removeConversation: (id) => call('DELETE', `/conversations/${id}`),
		listMessages: (id, before) => call('GET', `/conversations/${id}/messages${before === null ? '' : `?before=${before}`}`),
		ask: (question) => call('POST', '/messages', question),
		stop: (answerId) => call('POST', `/answers/${answerId}/stop`),
		retry: (answerId, clientId, withoutKnowledge) =>
			call('POST', `/answers/${answerId}/retry`, withoutKnowledge ? { clientId, withoutKnowledge } : { clientId }),
		rate: (answerId, given) => call('POST', `/answers/${answerId}/feedback`, given),
		readPassage: (answerId, position) => call('GET', `/answers/${answerId}/sources/${position}`),
		readStatement: (answerId) => call('GET', `/answers/${answerId}/statement`),
		saveRows: (answerId) => save('GET', `/answers/${answerId}/rows`),
		saveLinkedRows: (signed) => save('POST', '/rows', { signed }),
		listSessions: async () => (await call<{ sessions: SessionRow[] }>('GET', '/sessions')).sessions,
		endSession: (id) => call('DELETE', `/sessions/${id}`),
		listTokens: async () => (await call<{ tokens: TokenRow[] }>('GET', '/tokens')).tokens,
		makeToken: (wanted) => call('POST', '/tokens', wanted),
		endToken: (id) => call('DELETE', `/tokens/${id}`),
		listCommands: () => call('GET', '/commands'),
		listModels: (conversation) => call('GET', `/models${queryOf(conversation === null ? {} : { conversation })}`),
		chooseModel: (model, conversation) => call('PUT', '/models/choice', conversation === null ? { model } : { model, conversation }),
		readKnowledge: (conversation) => call('GET', `/knowledge${queryOf(conversation === null ? {} : { conversation })}`),
		readQuota: () => call('GET', '/quota'),
		readUsage: () => call('GET', '/usage'),
		giveOrder: async (order, channel) => (await call<{ result: OrderResultPart[] }>('POST', '/admin/orders', { order, channel })).result,
		listPeople: (query, page) => call('GET', `/admin/people${queryOf({ query, page: `${page}` })}`),
		readUsageOfAll: (days) => call('GET', `/admin/usage${queryOf({ days })}`),
		readHealth: () => call('GET', '/admin/health'),
		readModels: () => call('GET', '/admin/models'),
		listChannels: (query, page) => call('GET', `/admin/channels${queryOf({ query, page: `${page}` })}`),
		openLive({ held, ...where }, signal) {
			return request('GET', `/live${queryOf(held.length === 0 ? where : { ...where, held: held.join(',') })}`, undefined, signal);
		},
	};
}

/** A proxy in front answers in a form of its own. */
async function problemOf(response: Response): Promise<ApiProblem> {
	return problemFrom(response.status, (await response.json().catch(() => null)) as ErrorAnswer | null);
}

/** @param answer Null where it had none of the form of the API. */
export function problemFrom(status: number, answer: ErrorAnswer | null): ApiProblem {
	const { message = '', code = '', retryAfterMs } = answer?.error ?? {};
	const details = { message, code, retryAfterMs: retryAfterMs ?? null };
	if (status === 401) return new ApiProblem('signed-out', details);
	return new ApiProblem(status === 429 || status >= 500 ? 'away' : 'refused', details);
}

function queryOf(fields: Readonly<Record<string, string>>): string {
	const query = new URLSearchParams(fields).toString();
	return query === '' ? '' : `?${query}`;
}
