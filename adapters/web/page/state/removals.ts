/** Removing conversations: out of sight at once, gone for good only after a while in which it can be undone. */

import type { ConversationView } from '#src/api/contract/conversations.ts';
import type { Clock } from '#src/clock.ts';
import { pause } from '#src/waiting.ts';
import { type ApiClient, ApiProblem } from './api-client.ts';
import { createPageStore, type PageStore } from './page-store.ts';

/** Long enough to read what was done, and to go back. */
export const undoForMs = 10_000;

export interface PendingRemoval {
	view: ConversationView;
	/** `done`: the program says in `message` what stays elsewhere. */
	state: 'pending' | 'done';
	message: string;
}

export interface Removals {
	removals: PageStore<readonly PendingRemoval[]>;
	remove(view: ConversationView): void;
	undo(id: string): void;
	/** What was said of it has been read. */
	dismiss(id: string): void;
	/** The page goes: what is out of sight is removed now. Resolves when the program has it. */
	flush(): Promise<void>;
}

export interface RemovalsDependencies {
	api: Pick<ApiClient, 'removeConversation'>;
	clock: Clock;
	/** It is gone for good. */
	gone(id: string): void;
	/** Is told why one could not be removed: it is there again. */
	problem(thrown: unknown): void;
}

export function createRemovals({ api, clock, gone, problem }: RemovalsDependencies): Removals {
	const removals = createPageStore<readonly PendingRemoval[]>([]);
	/** By conversation: ends its waiting. Undone ones are not in here. */
	const waiting = new Map<string, AbortController>();

	function drop(id: string): void {
		removals.change((all) => all.filter(({ view }) => view.id !== id));
	}

	async function run(view: ConversationView, wait: AbortController): Promise<void> {
		await pause(clock, undoForMs, wait.signal);
		if (waiting.get(view.id) === wait) await send(view.id);
	}

	async function send(id: string): Promise<void> {
		waiting.delete(id);
		try {
			const { outcome, staysOn, message } = await api.removeConversation(id);
			gone(id);
			if (outcome === 'removed' && staysOn === null) return drop(id);
			removals.change((all) => all.map((one) => (one.view.id === id ? { ...one, state: 'done', message } : one)));
		} catch (thrown) {
			drop(id);
			// It is what was wanted, whoever did it.
			if (thrown instanceof ApiProblem && thrown.code === 'NOT_FOUND') gone(id);
			else problem(thrown);
		}
	}

	return {
		removals,
		remove(view) {
			if (waiting.has(view.id)) return;
			const wait = new AbortController();
			waiting.set(view.id, wait);
			removals.change((all) => [...all.filter((one) => one.view.id !== view.id), { view, state: 'pending', message: '' }]);
			void run(view, wait);
		},
		undo(id) {
			const wait = waiting.get(id);
			if (wait === undefined) return;
			waiting.delete(id);
			wait.abort();
			drop(id);
		},
		dismiss: drop,
		async flush() {
			await Promise.all([...waiting.keys()].map(send));
		},
	};
}
