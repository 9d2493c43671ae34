/** What the page does, put together: who is signed in, the list, the open conversation, the line, and what is on its way. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { Me } from '#src/api/contract/people.ts';
import { isTypedCommand } from '#src/api/contract/typed-command.ts';
import type { Clock } from '#src/clock.ts';
import { type AnswerActions, createAnswerActions } from './answer-actions.ts';
import { type ApiClient, ApiProblem, type QuestionSent } from './api-client.ts';
import { type ConversationListActions, createConversationList } from './conversation-list.ts';
import { createDeviceSettings, type KeptSettings } from './device-settings.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { type BrowserStorage, createKept, type Kept } from './kept.ts';
import { createKnowledgeChoices, type KnowledgeChoices } from './knowledge-choices.ts';
import { createLiveLine, type HeardEvent, type LineState } from './live-line.ts';
import { createOpenTalk, type OpenTalk } from './open-talk.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { PageRoute } from './page-route.ts';
import { createPageSession, type SessionActions } from './page-session.ts';
import { createPageStore, type PageStore } from './page-store.ts';
import { createPutIn, type PutIn } from './put-in.ts';
import { createQuestionFiles, type QuestionFiles, type QuestionFilesDependencies } from './question-files.ts';
import { createReadMark } from './read-mark.ts';
import { createRemovals, type Removals } from './removals.ts';
import { canAskIn, type Talk } from './talk.ts';
import { isAskedIn } from './talk-lines.ts';

/** Under this the draft of a conversation that is yet to begin is kept. */
export const newDraft = 'new';

export interface Chat
	extends Pick<AnswerActions, 'trouble' | 'stop' | 'retry' | 'rate' | 'attempt'>,
		Pick<SessionActions, 'session' | 'enter' | 'know'>,
		PutIn {
	api: ApiClient;
	device: KeptSettings;
	line: PageStore<LineState>;
	/** A newer page is to be had. */
	isOutdated: PageStore<boolean>;
	list: ConversationListActions;
	open: OpenTalk;
	outbox: Outbox;
	files: QuestionFiles;
	knowledge: KnowledgeChoices;
	/** Conversations on their way out: they are in the list still. */
	removals: Pick<Removals, 'removals' | 'undo' | 'dismiss'>;
	drafts(): Drafts;
	/** Grows with each question that is sent from here. */
	asked: PageStore<number>;
	/** Shows what an address stands for. */
	show(route: PageRoute): void;
	/** A new conversation with the memory of this one. */
	goOn(conversation: ConversationView): void;
	send(text: string): void;
	/** What was refused is to be written otherwise. */
	takeBack(question: QuestionSent): void;
	/** Out of sight at once; another one is begun where it was open. */
	remove(view: ConversationView): void;
	signOut(everywhere?: boolean): Promise<void>;
	/** The page goes. */
	leave(): void;
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
	upload: QuestionFilesDependencies['upload'];
	/** Whether somebody can see the page. */
	isLookedAt(): boolean;
	/** With the next frame. */
	later(run: () => void): void;
	/** The address is to be that of another place; `replaces` the one before. */
	wentTo(route: PageRoute, replaces: boolean): void;
}

export function createChat(deps: ChatDependencies): Chat {
	const { api, clock, newId } = deps;
	const lineState = createPageStore<LineState>('resting');
	const release = createRelease();
	const draftName = () => open.talk.get().conversationId ?? newDraft;
	const { draft, rewrite } = createPutIn(() => drafts, draftName);
	const asked = createPageStore(0);
	const files = createQuestionFiles(deps);
	const knowledge = createKnowledgeChoices(draftName);
	const outbox = createOutbox({ ask: (question) => api.ask(question), taken, signedOut: sessionOver, clock });
	const open = createOpenTalk({ api, newId, problem: quietProblem, seen: outbox.seen, later: deps.later });
	const actions = createAnswerActions({ api, newId, knowledge, rated: open.rated, retried: open.showNewest, problem: quietProblem });
	const list = createConversationList({ api, problem: quietProblem, attempt: actions.attempt });
	const removals = createRemovals({ api, clock, gone: (id) => list.forget([id]), problem: actions.tell });
	const { session, enter, know, over, left } = createPageSession({
		...{ api, clock, entered },
		refused(thrown) {
			actions.tell(thrown);
			sessionOver();
		},
	});
	const markRead = createReadMark({ api, isLookedAt: deps.isLookedAt, problem: quietProblem });
	open.talk.subscribe(() => markRead(open.talk.get()));
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

	function sessionOver(): void {
		over();
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
		release.heard(serverVersion);
		void list.load();
		void open.refresh();
	}

	function taken({ newConversation, text }: QuestionSent, { conversationId }: { conversationId: string }): void {
		// The stream may have told of its row sooner than its sending was answered.
		const known = new Set(open.talk.get().messages.map(({ id }) => id));
		deps.later(() => outbox.seen(known));
		// A command begins no conversation: its answer is heard where it was typed.
		if (newConversation === undefined || isTypedCommand(text)) return;
		const isShown = open.talk.get().begins === newConversation && open.talk.get().conversationId === null;
		open.taken(newConversation, conversationId);
		if (isShown) {
			// What is typed meanwhile belongs to it.
			drafts.write(conversationId, drafts.read(newDraft));
			drafts.write(newDraft, '');
			knowledge.move(newDraft, conversationId);
			deps.wentTo({ name: 'conversation', id: conversationId }, true);
		}
		// Its row and its title come with the list.
		void list.refresh([conversationId]);
	}

	function entered(me: Me, before: Me | null): void {
		if (before?.id === me.id) outbox.wake();
		else belongTo(me, before !== null);
		line.connect();
	}

	function belongTo({ id }: Me, wasAnothers: boolean): void {
		kept = createKept(deps.storage, id);
		drafts = createDrafts(kept);
		list.clear();
		if (wasAnothers) files.clear();
		for (const part of [knowledge, outbox]) part.belongTo(kept);
		if (wasAnothers) deps.wentTo({ name: 'new' }, true);
		// A question that never left goes on where it was written.
		const unsent = outbox.questions.get()[0]?.question.newConversation;
		if (wasAnothers || open.talk.get().conversationId === null) open.begin(null, unsent);
	}

	function begin(continues: ConversationView | null): void {
		open.begin(continues);
		line.connect();
	}

	return {
		...{ ...actions, api, session, draft, rewrite, asked, files, knowledge, list, open, outbox, removals, enter, know },
		...{ line: lineState, isOutdated: release.isOutdated, device: createDeviceSettings(deps.storage), drafts: () => drafts },
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
			if (!canAskIn(talk)) return;
			const taken = files.take(draftName());
			if (text.trim() === '' && taken.length === 0) return;
			outbox.add({ clientId: newId(), text, ...given(taken, knowledge.isLeftOut()), ...placeToAsk(talk) });
			asked.change((count) => count + 1);
		},
		takeBack({ clientId, text }) {
			outbox.drop(clientId);
			rewrite(text);
		},
		remove(view) {
			removals.remove(view);
			if (open.talk.get().conversationId !== view.id) return;
			begin(null);
			deps.wentTo({ name: 'new' }, false);
		},
		async signOut(everywhere = false) {
			await removals.flush();
			if (!(await actions.attempt(() => api.signOut(everywhere)))) return;
			kept?.clear();
			for (const part of [knowledge, outbox]) part.belongTo(null);
			files.clear();
			list.clear();
			line.rest();
			open.begin(null);
			left();
			deps.wentTo({ name: 'new' }, true);
		},
		wake() {
			const { state } = session.get();
			if (state === 'out') void enter();
			if (state !== 'in') return;
			line.wake();
			outbox.wake();
			markRead(open.talk.get());
		},
		...{ rest: line.rest, leave: () => void removals.flush() },
	};
}

/** Of the program, which the page was given by. */
function createRelease() {
	const isOutdated = createPageStore(false);
	let version: string | null = null;
	return {
		isOutdated,
		heard(serverVersion: string): void {
			version ??= serverVersion;
			isOutdated.change(() => version !== serverVersion);
		},
	};
}

/** What goes along with a question. */
function given(files: string[], withoutKnowledge: boolean): Pick<QuestionSent, 'files' | 'withoutKnowledge'> {
	return { ...(files.length === 0 ? {} : { files }), ...(withoutKnowledge ? { withoutKnowledge } : {}) };
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
