/** What the page does, put together: who is signed in, the list, the open conversation, the line, and what is on its way. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import { livePace } from '#src/api/contract/live-pace.ts';
import type { Me } from '#src/api/contract/people.ts';
import type { Clock } from '#src/clock.ts';
import { pause } from '#src/waiting.ts';
import { type AnswerActions, createAnswerActions } from './answer-actions.ts';
import { type ApiClient, ApiProblem, type QuestionSent } from './api-client.ts';
import { type ConversationListActions, createConversationList } from './conversation-list.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { type BrowserStorage, createKept, type Kept } from './kept.ts';
import { createLiveLine, type HeardEvent, type LineState } from './live-line.ts';
import { createOpenTalk, type OpenTalk } from './open-talk.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { PageRoute } from './page-route.ts';
import { createPageStore, type PageStore } from './page-store.ts';
import { canAskIn, type Talk } from './talk.ts';
import { isAskedIn } from './talk-lines.ts';

/** Under this the draft of a conversation that is yet to begin is kept. */
export const newDraft = 'new';

/** `me` stays when the session is over, and so does all that is shown. */
export interface PageSession {
	state: 'asking' | 'in' | 'out';
	me: Me | null;
	/** The program does not answer. */
	isAway: boolean;
}

export interface Chat extends Pick<AnswerActions, 'trouble' | 'stop' | 'retry' | 'rate'> {
	api: ApiClient;
	session: PageStore<PageSession>;
	line: PageStore<LineState>;
	/** A newer page is to be had. */
	isOutdated: PageStore<boolean>;
	list: ConversationListActions;
	open: OpenTalk;
	outbox: Outbox;
	drafts(): Drafts;
	/** What was put back into a composer from outside of it. */
	draft: PageStore<{ conversation: string; text: string }>;
	/** Finds out who is signed in: at the start, and after signing in. */
	enter(): Promise<void>;
	/** Shows what an address stands for. */
	show(route: PageRoute): void;
	/** A new conversation with the memory of this one. */
	goOn(conversation: ConversationView): void;
	send(text: string): void;
	/** What was refused is to be written otherwise. */
	takeBack(question: QuestionSent): void;
	signOut(): Promise<void>;
	/** Somebody looks again, or the network is back. */
	wake(): void;
	/** Nobody has looked for a while. */
	rest(): void;
}

export interface ChatDependencies {
	api: ApiClient;
	storage: BrowserStorage;
	clock: Clock;
	random(): number;
	newId(): string;
	/** With the next frame. */
	later(run: () => void): void;
	/** The address is to be that of another place; `replaces` the one before. */
	wentTo(route: PageRoute, replaces: boolean): void;
}

export function createChat(deps: ChatDependencies): Chat {
	const { api, clock, newId } = deps;
	const session = createPageStore<PageSession>({ state: 'asking', me: null, isAway: false });
	const lineState = createPageStore<LineState>('resting');
	const isOutdated = createPageStore(false);
	const draft = createPageStore({ conversation: '', text: '' });
	const list = createConversationList(api, quietProblem);
	const outbox = createOutbox({ ask: (question) => api.ask(question), taken, signedOut: sessionOver, clock });
	const open = createOpenTalk({ api, newId, problem: quietProblem, seen: outbox.seen, later: deps.later });
	const actions = createAnswerActions({ api, newId, rated: open.rated, problem: quietProblem });
	const line = createLiveLine({
		open: (signal) => api.openLive(open.liveRequest(), signal),
		heard,
		refused: ({ code }) => code === 'NOT_FOUND' && open.gone(),
		changed(state) {
			lineState.change(() => state);
			if (state === 'signed-out') sessionOver();
			if (state === 'open') outbox.wake();
		},
		clock,
		random: deps.random,
	});
	let kept: Kept | null = null;
	let drafts = createDrafts({ read: () => null, write: () => {}, names: () => [], clear: () => {} });
	let version: string | null = null;
	let entering: Promise<void> | null = null;

	function sessionOver(): void {
		session.change((now) => (now.state === 'out' ? now : { ...now, state: 'out', isAway: false }));
		line.rest();
	}

	/** Of what nobody pressed: the line says that it is lost, and when it is back all is read again. */
	function quietProblem(thrown: unknown): void {
		if (!(thrown instanceof ApiProblem)) throw thrown;
		if (thrown.kind === 'signed-out') sessionOver();
	}

	function heard(event: HeardEvent): void {
		if (event.name === 'hello') greeted(event.data.version);
		if (event.name === 'list') listed(event.data.ids);
		if (event.name === 'gone') wentAway(event.data.ids);
		if (event.name === 'private') outbox.told((one) => isAskedIn(open.talk.get(), one));
		if (open.heard(event) === 'gap') line.connect();
	}

	function wentAway(ids: readonly string[]): void {
		list.forget(ids);
		if (ids.includes(open.talk.get().conversationId ?? '')) open.gone();
	}

	function listed(ids: readonly string[]): void {
		void list.refresh(ids);
		const { conversationId, isGone } = open.talk.get();
		if (isGone && ids.includes(conversationId ?? '')) void open.refresh().then(line.connect);
	}

	/** From now on nothing is missed; what was is read again. */
	function greeted(serverVersion: string): void {
		version ??= serverVersion;
		isOutdated.change(() => version !== serverVersion);
		void list.load();
		void open.refresh();
	}

	function taken({ newConversation }: QuestionSent, { conversationId }: { conversationId: string }): void {
		if (newConversation === undefined) return;
		const isShown = open.talk.get().begins === newConversation && open.talk.get().conversationId === null;
		open.taken(newConversation, conversationId);
		if (isShown) {
			// What is typed meanwhile belongs to it.
			drafts.write(conversationId, drafts.read(newDraft));
			drafts.write(newDraft, '');
			deps.wentTo({ name: 'conversation', id: conversationId }, true);
		}
		// Its row and its title come with the list.
		void list.refresh([conversationId]);
	}

	function become(me: Me): void {
		const before = session.get().me;
		if (before?.id === me.id) outbox.wake();
		else belongTo(me, before !== null);
		session.change(() => ({ state: 'in', me, isAway: false }));
		line.connect();
	}

	function belongTo({ id }: Me, wasAnothers: boolean): void {
		kept = createKept(deps.storage, id);
		drafts = createDrafts(kept);
		list.clear();
		outbox.belongTo(kept);
		if (wasAnothers) deps.wentTo({ name: 'new' }, true);
		// A question that never left goes on where it was written.
		const [unsent] = outbox.questions.get();
		if (wasAnothers || open.talk.get().conversationId === null) open.begin(null, unsent?.question.newConversation);
	}

	/** Once at a time, whoever wants to know. */
	function enter(): Promise<void> {
		entering ??= findOut().finally(() => {
			entering = null;
		});
		return entering;
	}

	async function findOut(): Promise<void> {
		for (let failures = 0; ; failures++) {
			try {
				return become(await api.readMe());
			} catch (thrown) {
				if (!(thrown instanceof ApiProblem) || thrown.kind !== 'away') {
					actions.tell(thrown);
					return sessionOver();
				}
				session.change((now) => ({ ...now, isAway: true }));
				await pause(clock, Math.min(livePace.retryMs.first * 2 ** failures, livePace.retryMs.most), new AbortController().signal);
			}
		}
	}

	function begin(continues: ConversationView | null): void {
		open.begin(continues);
		line.connect();
	}

	return {
		...{ ...actions, api, session, isOutdated, draft, list, open, outbox, enter },
		line: lineState,
		drafts: () => drafts,
		show(route) {
			const isIn = session.get().state === 'in';
			actions.trouble.change(() => null);
			if (route.name === 'conversation') {
				if (!open.open(route.id, list.find(route.id))) return;
				if (!isIn) return;
				void open.refresh();
				line.connect();
			} else if (isIn && route.name === 'new' && open.talk.get().conversationId !== null) begin(null);
		},
		goOn(conversation) {
			begin(conversation);
			deps.wentTo({ name: 'new' }, false);
		},
		send(text) {
			const talk = open.talk.get();
			if (text.trim() === '' || !canAskIn(talk)) return;
			outbox.add({ clientId: newId(), text, ...placeToAsk(talk) });
		},
		takeBack({ clientId, text }) {
			outbox.drop(clientId);
			const conversation = open.talk.get().conversationId ?? newDraft;
			const typed = drafts.read(conversation);
			draft.change(() => ({ conversation, text: typed === '' ? text : `${text}\n${typed}` }));
			drafts.write(conversation, draft.get().text);
		},
		async signOut() {
			if (!(await actions.attempt(() => api.signOut()))) return;
			kept?.clear();
			outbox.belongTo(null);
			list.clear();
			line.rest();
			open.begin(null);
			session.change(() => ({ state: 'out', me: null, isAway: false }));
			deps.wentTo({ name: 'new' }, true);
		},
		wake() {
			const { state } = session.get();
			if (state === 'out') void enter();
			if (state !== 'in') return;
			line.wake();
			outbox.wake();
		},
		rest: () => line.rest(),
	};
}

/** The server knows a conversation that was begun here by its new name also before its row is there. */
function placeToAsk({
	begins,
	conversationId,
	continues,
}: Talk): Pick<QuestionSent, 'conversationId' | 'newConversation' | 'continuedFrom'> {
	if (begins === null) return conversationId === null ? {} : { conversationId };
	return { newConversation: begins, ...(conversationId === null && continues !== null ? { continuedFrom: continues.id } : {}) };
}
