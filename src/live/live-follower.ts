/** What goes on in the conversations that readers of this process have open: heard once for all of them. */

import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../clock.ts';
import { pause } from '../waiting.ts';
import {
	caughtUp,
	emptySnapshot,
	type LiveChange,
	type LiveSnapshot,
	type PersonChange,
	readLiveChange,
	readLiveSnapshot,
	readPersonChange,
	withChange,
} from './live-conversation.ts';
import { channelOf, personChannelOf, snapshotKey } from './live-names.ts';
import { keptEveryMs } from './live-publisher.ts';

export interface LiveReader {
	/** After `state` has become what it is by the change; without one when it has caught up with what was missed. Must not throw. */
	heard(change: LiveChange | null): void;
}

/** A conversation as long as a reader has it open. */
export interface Followed {
	/** Now, as far as is known here. */
	state(): LiveSnapshot;
	leave(): Promise<void>;
}

export interface LiveFollower {
	/** Resolves once nothing more is missed: what was said before is in `state`, or in the database. Never rejects because of the cache. */
	follow(conversationId: string, reader: LiveReader): Promise<Followed>;
	/** Resolves to how to leave. `heard` must not throw. */
	followPerson(userId: string, heard: (change: PersonChange) => void): Promise<() => Promise<void>>;
}

export interface LiveFollowerDependencies {
	cache: Pick<Cache, 'subscribe' | 'recall'>;
	clock: Clock;
}

interface OpenConversation {
	readers: Set<LiveReader>;
	state: LiveSnapshot;
	/** What was heard while something before it was missing. Null while nothing is. */
	early: LiveChange[] | null;
	ready: Promise<unknown>;
	unsubscribe: () => Promise<void>;
}

/** Whoever writes keeps what they have so often; what has not come by then is read from the database when the answer ends. */
const catchUpAttempts = 8;

export function createLiveFollower({ cache, clock }: LiveFollowerDependencies): LiveFollower {
	const open = new Map<string, OpenConversation>();

	function begin(conversationId: string): OpenConversation {
		const conversation: OpenConversation = {
			...{ readers: new Set(), state: emptySnapshot, early: [] },
			ready: Promise.resolve(),
			unsubscribe: async () => {},
		};
		conversation.ready = load(conversationId, conversation);
		open.set(conversationId, conversation);
		return conversation;
	}

	/** Listens first, so that nothing falls between what was kept and what is heard. */
	async function load(conversationId: string, conversation: OpenConversation): Promise<void> {
		conversation.unsubscribe = await cache.subscribe(channelOf(conversationId), (text) => {
			const change = readLiveChange(text);
			if (change !== null) hear(conversationId, conversation, change);
		});
		conversation.state = (await recall(conversationId)) ?? emptySnapshot;
		if (!takeEarly(conversation)) void catchUp(conversationId, conversation);
	}

	function hear(conversationId: string, conversation: OpenConversation, change: LiveChange): void {
		if (conversation.early !== null) return void conversation.early.push(change);
		conversation.early = [change];
		if (!takeEarly(conversation)) void catchUp(conversationId, conversation);
	}

	/** Takes what was heard, in its order. False, and nothing is taken, where something before it is missing. */
	function takeEarly(conversation: OpenConversation): boolean {
		let { state } = conversation;
		const changes = conversation.early ?? [];
		for (const change of changes) {
			const next = withChange(state, change);
			if (next === null) return false;
			state = next;
		}
		conversation.state = state;
		conversation.early = null;
		for (const change of changes) for (const reader of conversation.readers) reader.heard(change);
		return true;
	}

	/** What is missing stands in what is kept next; what was heard meanwhile goes on from there. */
	async function catchUp(conversationId: string, conversation: OpenConversation): Promise<void> {
		for (let attempt = 0; attempt < catchUpAttempts && conversation.readers.size > 0; attempt++) {
			await pause(clock, keptEveryMs, new AbortController().signal);
			const kept = await recall(conversationId);
			if (kept !== null) conversation.state = caughtUp(conversation.state, kept);
			for (const reader of conversation.readers) reader.heard(null);
			if (takeEarly(conversation)) return;
		}
		giveUp(conversation);
	}

	/** What was lost is read from the database when the answer ends; what does not depend on it counts. */
	function giveUp(conversation: OpenConversation): void {
		const changes = conversation.early ?? [];
		conversation.early = null;
		for (const change of changes) {
			conversation.state = withChange(conversation.state, change) ?? conversation.state;
			for (const reader of conversation.readers) reader.heard(change);
		}
	}

	async function recall(conversationId: string): Promise<LiveSnapshot | null> {
		const kept = await cache.recall(snapshotKey(conversationId));
		return kept === null ? null : readLiveSnapshot(kept);
	}

	return {
		async follow(conversationId, reader) {
			const conversation = open.get(conversationId) ?? begin(conversationId);
			conversation.readers.add(reader);
			await conversation.ready;
			return {
				state: () => conversation.state,
				async leave() {
					conversation.readers.delete(reader);
					if (conversation.readers.size > 0 || open.get(conversationId) !== conversation) return;
					open.delete(conversationId);
					await conversation.unsubscribe();
				},
			};
		},
		followPerson: (userId, heard) =>
			cache.subscribe(personChannelOf(userId), (text) => {
				const change = readPersonChange(text);
				if (change !== null) heard(change);
			}),
	};
}
