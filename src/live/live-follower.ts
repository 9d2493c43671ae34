/** What goes on in the conversations that readers of this process have open: heard once for all of them. */

import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../clock.ts';
import { pause } from '../waiting.ts';
import {
	caughtUp,
	emptySnapshot,
	type LiveChange,
	type LiveNotice,
	type LiveSnapshot,
	type PersonChange,
	readLiveChange,
	readLiveSnapshot,
	readNotices,
	readPersonChange,
	withChange,
} from './live-conversation.ts';
import { channelOf, noticesKey, personChannelOf, snapshotKey } from './live-names.ts';
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
	/** What its person was told within the last day, the oldest first. */
	notices(conversationId: string): Promise<LiveNotice[]>;
}

export interface LiveFollowerDependencies {
	cache: Pick<Cache, 'subscribe' | 'recall'>;
	clock: Clock;
}

interface OpenConversation {
	readers: Set<LiveReader>;
	state: LiveSnapshot;
	/** What was heard before anything was known. Null once it is. */
	early: LiveChange[] | null;
	isCatchingUp: boolean;
	ready: Promise<unknown>;
	unsubscribe: () => Promise<void>;
}

/** Whoever writes keeps what they have so often; what has not come by then is read from the database when the answer ends. */
const catchUpAttempts = 8;

export function createLiveFollower({ cache, clock }: LiveFollowerDependencies): LiveFollower {
	const open = new Map<string, OpenConversation>();

	function begin(conversationId: string): OpenConversation {
		const conversation: OpenConversation = {
			...{ readers: new Set(), state: emptySnapshot, early: [], isCatchingUp: false },
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
		const early = conversation.early ?? [];
		conversation.early = null;
		for (const change of early) hear(conversationId, conversation, change);
	}

	function hear(conversationId: string, conversation: OpenConversation, change: LiveChange): void {
		if (conversation.early !== null) return void conversation.early.push(change);
		const next = withChange(conversation.state, change);
		if (next === null) return void catchUp(conversationId, conversation);
		conversation.state = next;
		for (const reader of conversation.readers) reader.heard(change);
	}

	/** Something is missing before a change: it stands in what is kept next. */
	async function catchUp(conversationId: string, conversation: OpenConversation): Promise<void> {
		if (conversation.isCatchingUp) return;
		conversation.isCatchingUp = true;
		for (let attempt = 0; attempt < catchUpAttempts && conversation.readers.size > 0; attempt++) {
			if (attempt > 0) await pause(clock, keptEveryMs, new AbortController().signal);
			if (await takeKept(conversationId, conversation)) break;
		}
		conversation.isCatchingUp = false;
		for (const reader of conversation.readers) reader.heard(null);
	}

	/** Whether there was anything newer. */
	async function takeKept(conversationId: string, conversation: OpenConversation): Promise<boolean> {
		const kept = await recall(conversationId);
		const { state } = conversation;
		if (kept !== null) conversation.state = caughtUp(state, kept);
		return conversation.state !== state;
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
		notices: async (conversationId) => readNotices((await cache.recall(noticesKey(conversationId))) ?? ''),
	};
}
