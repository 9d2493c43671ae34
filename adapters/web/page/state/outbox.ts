/** Questions on their way: each has its id from the moment it is written, and is sent until it has been taken, in the order of writing. */

import { livePace } from '#src/api/contract/live-pace.ts';
import type { TakenQuestion } from '#src/api/contract/messages.ts';
import type { Clock } from '#src/clock.ts';
import { pause } from '#src/waiting.ts';
import { ApiProblem, type QuestionSent } from './api-client.ts';
import type { Kept } from './kept.ts';
import { createPageStore, type PageStore } from './page-store.ts';

export interface OutgoingQuestion {
	question: QuestionSent;
	/**
	 * `waiting`: also while the line is lost or nobody is signed in. `taken`: until its row is there. `told`: it was answered with private words, and
	 * may have no row at all. `refused`: for the person to decide.
	 */
	state: 'waiting' | 'taken' | 'told' | 'refused';
	/** When it was written. */
	atMs: number;
	/** Why it was refused, or could not be taken yet, in a sentence; empty where nobody said why. */
	reason: string;
	ids: TakenQuestion | null;
}

export interface Outbox {
	questions: PageStore<readonly OutgoingQuestion[]>;
	add(question: QuestionSent): void;
	/** The person takes a refused one back. */
	drop(clientId: string): void;
	/** These rows are there. */
	seen(messageIds: ReadonlySet<string>): void;
	/** Private words came where these questions were asked: the first that was taken, or is being sent, needs no other answer. */
	told(isThere: (outgoing: OutgoingQuestion) => boolean): void;
	/** Whoever it belongs to: what they had not sent yet is sent now. Null: nobody's, and nothing is sent. */
	belongTo(kept: Kept | null): void;
	/** Tries again at once: the line is back, or somebody signed in. */
	wake(): void;
}

export interface OutboxDependencies {
	/** @throws ApiProblem */
	ask(question: QuestionSent): Promise<TakenQuestion>;
	taken(question: QuestionSent, ids: TakenQuestion): void;
	signedOut(): void;
	clock: Clock;
}

const prefix = 'outbox.';

export function createOutbox({ ask, taken, signedOut, clock }: OutboxDependencies): Outbox {
	const questions = createPageStore<readonly OutgoingQuestion[]>([]);
	let owner: Kept | null = null;
	let isSending = false;
	/** Questions that were answered before their sending was. */
	const toldEarly = new Set<string>();
	let waits = new AbortController();

	function replace(clientId: string, part: Partial<OutgoingQuestion>): void {
		questions.change((all) => all.map((one) => (one.question.clientId === clientId ? { ...one, ...part } : one)));
		keep(clientId);
	}

	/** Each under a name of its own: another tab keeps others. What was taken is the server's to keep. */
	function keep(clientId: string): void {
		const unsent = questions
			.get()
			.find(({ question, state }) => question.clientId === clientId && (state === 'waiting' || state === 'refused'));
		owner?.write(prefix + clientId, unsent ?? null);
	}

	async function sendAll(): Promise<void> {
		if (isSending) return;
		isSending = true;
		let failures = 0;
		for (let next = nextWaiting(); next !== null; next = nextWaiting()) {
			const outcome = await sendOne(next.question);
			if (outcome === 'signed-out') break;
			failures = outcome === 'done' ? 0 : failures + 1;
			if (outcome !== 'done') await rest(outcome.retryAfterMs ?? pauseAfter(failures));
		}
		isSending = false;
	}

	function nextWaiting(): OutgoingQuestion | null {
		return owner === null ? null : (questions.get().find(({ state }) => state === 'waiting') ?? null);
	}

	async function rest(durationMs: number): Promise<void> {
		waits = new AbortController();
		await pause(clock, durationMs, waits.signal);
	}

	async function sendOne(question: QuestionSent): Promise<'done' | 'signed-out' | { retryAfterMs: number | null }> {
		const { clientId } = question;
		const sender = owner;
		try {
			const ids = await ask(question);
			if (owner !== sender) return 'done';
			replace(clientId, { state: toldEarly.delete(clientId) ? 'told' : 'taken', ids });
			taken(question, ids);
			return 'done';
		} catch (thrown) {
			if (!(thrown instanceof ApiProblem)) throw thrown;
			if (thrown.kind === 'away') {
				replace(clientId, { reason: thrown.message });
				return thrown;
			}
			if (thrown.kind === 'refused') {
				replace(clientId, { state: 'refused', reason: thrown.message });
				return 'done';
			}
			signedOut();
			return 'signed-out';
		}
	}

	function wake(): void {
		waits.abort();
		void sendAll();
	}

	return {
		questions,
		add(question) {
			questions.change((all) => [...all, { question, state: 'waiting', reason: '', ids: null, atMs: clock.now() }]);
			keep(question.clientId);
			void sendAll();
		},
		drop(clientId) {
			questions.change((all) => all.filter(({ question }) => question.clientId !== clientId));
			keep(clientId);
		},
		seen(messageIds) {
			questions.change((all) => {
				const left = all.filter(({ ids }) => ids === null || !messageIds.has(ids.questionId));
				return left.length === all.length ? all : left;
			});
		},
		told(isThere) {
			const first = questions.get().find((one) => one.state === 'taken' && isThere(one));
			if (first !== undefined) return replace(first.question.clientId, { state: 'told' });
			// The words may be here sooner than the answer to its sending.
			const sent = questions.get().find((one) => one.state === 'waiting' && isThere(one));
			if (sent !== undefined) toldEarly.add(sent.question.clientId);
		},
		belongTo(kept) {
			owner = kept;
			const names = kept?.names().filter((name) => name.startsWith(prefix)) ?? [];
			const unsent = names.map((name) => kept?.read(name)).filter(isOutgoing);
			questions.change(() => unsent.sort((one, other) => one.atMs - other.atMs));
			wake();
		},
		wake,
	};
}

function pauseAfter(failures: number): number {
	const { first, most } = livePace.retryMs;
	return Math.min(first * 2 ** (failures - 1), most);
}

/** A browser keeps it through releases of the page. */
function isOutgoing(value: unknown): value is OutgoingQuestion {
	const { question, state, atMs } = (value ?? {}) as Partial<OutgoingQuestion>;
	if (typeof atMs !== 'number') return false;
	return typeof question?.clientId === 'string' && typeof question.text === 'string' && (state === 'waiting' || state === 'refused');
}
