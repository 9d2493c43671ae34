/** The API as a test of the page answers it: each method by hand, and a live stream that says what the test wants. */

import type { CommandView } from '#src/api/contract/commands.ts';
import type { ConversationRemoval, ConversationView } from '#src/api/contract/conversations.ts';
import type { LiveEventName, LiveStreamEvents } from '#src/api/contract/live.ts';
import type { ConversationMessage, PassageView, TakenQuestion } from '#src/api/contract/messages.ts';
import type { Me, OwnReadView, SessionRow } from '#src/api/contract/people.ts';
import type { MadeToken, TokenRow } from '#src/api/contract/tokens.ts';
import type { Models, WebQuota, WebUsage } from '#src/api/contract/usage.ts';
import {
	type ApiClient,
	ApiProblem,
	type ConversationChange,
	type LiveRequest,
	type QuestionSent,
	type RatingSent,
} from '../../../../adapters/web/page/state/api-client.ts';
import { operatingWorld } from './operating-server.ts';

export const conversationId = '11111111-1111-4111-8111-111111111111';
export const answerId = '22222222-2222-4222-8222-222222222222';
export const questionId = '33333333-3333-4333-8333-333333333333';

export const tom: Me = {
	id: '44444444-4444-4444-8444-444444444444',
	name: 'Tom',
	role: 'employee',
	isAdministrator: false,
	language: 'en',
	accounts: [{ id: '66666666-6666-4666-8666-666666666666', platform: 'slack', name: 'tom' }],
	chosenLanguage: null,
	sessionId: '55555555-5555-4555-8555-555555555555',
	version: '1',
};

export function messageRow(part: Partial<ConversationMessage> = {}): ConversationMessage {
	return {
		...{ id: questionId, sequence: 1, role: 'user', author: { name: 'Tom', isMe: true }, text: 'Why?', status: 'received' },
		...{ finishReason: null, inReplyTo: null, sources: [], attachments: [], rating: null, model: null, hasRows: false },
		...{ saidAt: '2026-12-01T08:00:00.000Z', editedAt: null, permalink: null },
		...part,
	};
}

export function answerRow(part: Partial<ConversationMessage> = {}): ConversationMessage {
	return messageRow({ id: answerId, sequence: 2, role: 'assistant', author: null, text: '', status: 'generating', ...part });
}

export function conversationView(part: Partial<ConversationView> = {}): ConversationView {
	return {
		...{ id: conversationId, title: 'Why?', platform: 'web', kind: 'direct', takesQuestions: true, isPinned: false, isArchived: false },
		...{ readThrough: null, isUnread: false, lastSaidAt: '2026-12-01T08:00:00.000Z', permalink: null, found: null },
		...part,
	};
}

const unlimited = { allowed: null, used: 0, left: null, resetInMs: 0, resetsAt: null };
const quota: WebQuota = {
	...{ requestsPerMinute: unlimited, tokensPerDay: unlimited, uploadsPerDay: unlimited },
	...{ messageCharacters: null, repliesInFlight: null, uploadBytes: null },
};

export class FakeApi implements ApiClient {
	/** Thrown by everything while it is set. */
	problem: ApiProblem | null = null;
	me = tom;
	messages: ConversationMessage[] = [];
	views: ConversationView[] = [];
	readonly asked: QuestionSent[] = [];
	readonly stopped: string[] = [];
	readonly changed: { id: string; change: ConversationChange }[] = [];
	readonly removed: string[] = [];
	/** What was said of answers. */
	readonly rated: RatingSent[] = [];
	readonly live: { request: LiveRequest; stream: FakeStream }[] = [];

	readMe = () => this.#answer(this.me);
	chooseLanguage = () => this.readMe();
	unlinkAccount = () => this.#answer(undefined);
	listReads = () => this.#answer<OwnReadView[]>([]);
	readKnowledge = () => this.#answer({ choice: 'free' } as const);
	readLink = () => this.#answer({ name: 'Tom', platform: 'slack' });
	useLink = () => this.#answer(undefined);
	showCode = () => this.#answer({ code: 'K7QF-2M9X', expiresAt: '2026-12-01T08:05:00.000Z' });
	useCode = () => this.#answer({ state: 'waiting' } as const);
	signOut = () => this.#answer(undefined);
	listConversations = ({ archived }: { archived?: 'true' } = {}) => {
		const conversations = this.views.filter(({ isArchived }) => isArchived === (archived === 'true'));
		return this.#answer({ conversations, nextCursor: null });
	};
	listMessages = () => this.#answer({ messages: [...this.messages].reverse(), nextBefore: null });
	retry = () => this.#answer({ conversationId, questionId, answerId });
	readPassage = (): Promise<PassageView> => Promise.reject(new ApiProblem('refused', { code: 'NOT_FOUND' }));
	readStatement = () => this.#answer({ connector: 'shop', sql: 'SELECT 1' });
	saveRows = () => this.#answer({ name: 'shop.csv', content: new Blob([]) });
	saveLinkedRows = () => this.saveRows();
	listSessions = () => this.#answer<SessionRow[]>([]);
	endSession = () => this.#answer(undefined);
	listWays = () => this.#answer({ providers: [], hasPasswords: false });
	usePassword = () => this.#answer({ state: 'signed-in' } as const);
	readPasswordLink = () => this.#answer({ name: 'tom' });
	choosePassword = () => this.#answer(undefined);
	readOwnPassword = () => this.#answer({ isOwn: false, hasSecondFactor: false, recoveryCodesLeft: 0 });
	changePassword = () => this.#answer(undefined);
	beginFactor = () => this.#answer({ secret: 'ABC', address: 'otpauth://totp/OpenCCB:tom?secret=ABC' });
	keepFactor = () => this.#answer({ recoveryCodes: [] as string[] });
	listTokens = () => this.#answer<TokenRow[]>([]);
	makeToken = (): Promise<MadeToken> => Promise.reject(new ApiProblem('refused', { code: 'FORBIDDEN' }));
	endToken = () => this.#answer(undefined);
	listCommands = () => this.#answer({ root: 'ccb', commands: [] as CommandView[] });
	listModels = () => this.#answer<Models>({ models: [], current: { name: 'm', origin: 'default' } });
	chooseModel = () => this.listModels();
	readQuota = () => this.#answer<WebQuota>(quota);
	readUsage = () => this.#answer<WebUsage>({ days: [], models: [] });
	giveOrder = () => this.#answer([]);
	listPeople = () => this.#answer({ people: [], roles: [], hasMore: false });
	readUsageOfAll = () => this.#answer({ days: [], platforms: [], models: [], people: [] });
	readHealth = () => this.#answer({ isReady: true, version: '1', parts: [] });
	readModels = () => this.#answer(operatingWorld().standing);
	listChannels = () => this.#answer({ channels: [], hasMore: false });

	async rate(_answerId: string, given: RatingSent) {
		await this.#answer(undefined);
		this.rated.push(given);
	}

	async changeConversation(id: string, change: ConversationChange) {
		const view = await this.readConversation(id);
		this.changed.push({ id, change });
		const { readThrough = view.readThrough, title = view.title, isPinned = view.isPinned, isArchived = view.isArchived } = change;
		const next = { ...view, readThrough, title, isPinned, isArchived };
		this.views = this.views.map((one) => (one.id === id ? next : one));
		return next;
	}

	async removeConversation(id: string): Promise<ConversationRemoval> {
		await this.readConversation(id);
		this.removed.push(id);
		this.views = this.views.filter((view) => view.id !== id);
		return { outcome: 'removed', staysOn: null, message: 'Removed.' };
	}

	async readConversation(id: string) {
		const view = this.views.find((one) => one.id === id);
		if (view === undefined) throw new ApiProblem('refused', { code: 'NOT_FOUND' });
		return await this.#answer(view);
	}

	async stop(id: string) {
		this.stopped.push(id);
		await this.#answer(undefined);
	}

	async ask(question: QuestionSent): Promise<TakenQuestion> {
		this.asked.push(question);
		return await this.#answer({ conversationId, questionId, answerId });
	}

	async openLive(request: LiveRequest, signal: AbortSignal): Promise<Response> {
		const stream = new FakeStream(signal);
		this.live.push({ request, stream });
		await this.#answer(undefined);
		return stream.response;
	}

	/** The stream that is open. */
	get stream(): FakeStream {
		const last = this.live.at(-1);
		if (last === undefined) throw new Error('no stream was opened');
		return last.stream;
	}

	async #answer<Body>(body: Body): Promise<Body> {
		if (this.problem !== null) throw this.problem;
		return body;
	}
}

/** Server-sent events by hand. */
export class FakeStream {
	readonly response: Response;
	readonly signal: AbortSignal;
	#controller: ReadableStreamDefaultController<Uint8Array> | null = null;

	constructor(signal: AbortSignal) {
		this.signal = signal;
		const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
			this.#controller = controller;
		};
		this.response = new Response(new ReadableStream({ start }));
	}

	say<Name extends LiveEventName>(name: Name, data: LiveStreamEvents[Name]): void {
		this.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
	}

	write(text: string): void {
		this.#controller?.enqueue(new TextEncoder().encode(text));
	}

	/** As when the network goes. */
	cut(): void {
		this.#controller?.error(new TypeError('Load failed'));
	}
}

export class FakeStorage {
	readonly values = new Map<string, string>();
	getItem = (name: string) => this.values.get(name) ?? null;
	setItem = (name: string, value: string) => void this.values.set(name, value);
	removeItem = (name: string) => void this.values.delete(name);
	key = (index: number) => [...this.values.keys()][index] ?? null;
	get length() {
		return this.values.size;
	}
}
