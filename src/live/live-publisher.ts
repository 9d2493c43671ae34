/** What this process writes, told to whoever reads along in any process, and kept for whoever begins to. */

import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../clock.ts';
import { pause } from '../waiting.ts';
import {
	emptySnapshot,
	type LiveChange,
	type LiveNotice,
	type LiveSnapshot,
	type PersonChange,
	readLiveSnapshot,
	withChange,
} from './live-conversation.ts';
import { changeOf, type LiveMessage, type ShownLive } from './live-message.ts';
import { channelOf, personChannelOf, snapshotKey } from './live-names.ts';

/** Never rejects because of the cache: what is lost is caught up with from the database. */
export interface LivePublisher {
	/** Shows a message of the bot as it is now. False when it was removed. */
	show(conversationId: string, message: Pick<LiveMessage, 'messageId' | 'answerId'>, shown: Omit<ShownLive, 'isRemoved'>): Promise<boolean>;
	remove(conversationId: string, messageId: string): Promise<void>;
	/** The messages that are shown and not over, by whatever process, the oldest first. */
	shown(conversationId: string): Promise<LiveMessage[]>;
	/** What the bot is doing; empty when nothing. */
	act(conversationId: string, text: string): Promise<void>;
	/** Says something to the one person of the conversation, if they are there. */
	tell(conversationId: string, notice: LiveNotice): Promise<void>;
	/** Rows of `messages` are new or other ones. `isOver`: they are answers of which nothing more comes. */
	changed(conversationId: string, ids: readonly string[], options: { isOver: boolean }): Promise<void>;
	/** What a person sees beside any one conversation is another one. */
	tellPerson(userId: string, change: PersonChange): Promise<void>;
	/** The conversation was removed: of what was told of it nothing is kept. */
	forget(conversationId: string): Promise<void>;
}

export interface LivePublisherDependencies {
	cache: Pick<Cache, 'publish' | 'keep' | 'recall' | 'forget'>;
	clock: Clock;
}

/** A conversation that this process writes in. */
interface Written {
	snapshot: LiveSnapshot;
	/** Messages whose text this process has begun, each in an epoch of its own. */
	own: Set<string>;
	touchedAtMs: number;
	keptAtMs: number;
	/** It will be kept soon. */
	isDue: boolean;
}

/** Readers who missed something wait for the next one that is kept: shorter is smoother for them, longer is less work. */
export const keptEveryMs = 250;
/** Longer than an answer takes, and than a crashed one takes until it is begun again. */
const keptForMs = 15 * 60_000;

export function createLivePublisher({ cache, clock }: LivePublisherDependencies): LivePublisher {
	/** The one that was touched longest ago comes first. */
	const conversations = new Map<string, Promise<Written>>();

	async function open(conversationId: string): Promise<Written> {
		const known = conversations.get(conversationId);
		const opened = known ?? begin(conversationId);
		conversations.delete(conversationId);
		conversations.set(conversationId, opened);
		const written = await opened;
		written.touchedAtMs = clock.now();
		if (known === undefined) await forgetIdle();
		return written;
	}

	async function begin(conversationId: string): Promise<Written> {
		const kept = await cache.recall(snapshotKey(conversationId));
		const snapshot = (kept === null ? null : readLiveSnapshot(kept)) ?? emptySnapshot;
		return { snapshot, own: new Set(), touchedAtMs: clock.now(), keptAtMs: 0, isDue: false };
	}

	async function forgetIdle(): Promise<void> {
		for (const [conversationId, opened] of conversations) {
			if ((await opened).touchedAtMs > clock.now() - keptForMs) return;
			conversations.delete(conversationId);
		}
	}

	async function publish(conversationId: string, change: LiveChange): Promise<void> {
		await cache.publish(channelOf(conversationId), JSON.stringify(change));
	}

	/** From here to its end no other change of the conversation can come between: nothing waits. */
	async function make(conversationId: string, written: Written, change: LiveChange): Promise<void> {
		written.snapshot = withChange(written.snapshot, change) ?? written.snapshot;
		keepSoon(conversationId, written);
		await publish(conversationId, change);
	}

	function keepSoon(conversationId: string, written: Written): void {
		if (written.isDue) return;
		written.isDue = true;
		void keep(conversationId, written, written.keptAtMs + keptEveryMs - clock.now());
	}

	async function keep(conversationId: string, written: Written, inMs: number): Promise<void> {
		if (inMs > 0) await pause(clock, inMs, new AbortController().signal);
		written.isDue = false;
		written.keptAtMs = clock.now();
		const { snapshot } = written;
		const isEmpty = snapshot.messages.length === 0 && snapshot.activity === '';
		const key = snapshotKey(conversationId);
		await (isEmpty ? cache.forget(key) : cache.keep(key, JSON.stringify(snapshot), keptForMs));
	}

	return {
		async show(conversationId, { messageId, answerId }, shown) {
			const written = await open(conversationId);
			const known = written.snapshot.messages.find((message) => message.messageId === messageId) ?? null;
			if (known?.isRemoved) return false;
			// What another process has begun goes on in an epoch of ours. Its own clock counts where nothing was kept.
			const isOwn = written.own.has(messageId) && known !== null;
			const epoch = isOwn ? known.epoch : Math.max(clock.now(), (known?.epoch ?? 0) + 1);
			written.own.add(messageId);
			const change = changeOf(known, { messageId, answerId }, { ...shown, isRemoved: false }, epoch);
			if (change !== null) await make(conversationId, written, change);
			return true;
		},
		async remove(conversationId, messageId) {
			const written = await open(conversationId);
			const known = written.snapshot.messages.find((message) => message.messageId === messageId);
			if (known === undefined) return;
			const shown = { text: '', buttons: [], sources: [], isRemoved: true };
			const change = changeOf(known, known, shown, known.epoch);
			if (change !== null) await make(conversationId, written, change);
		},
		shown: async (conversationId) => (await open(conversationId)).snapshot.messages.filter(({ isRemoved }) => !isRemoved),
		async act(conversationId, text) {
			const written = await open(conversationId);
			if (written.snapshot.activity !== text) await make(conversationId, written, { kind: 'activity', text });
		},
		tell: async (conversationId, notice) => await publish(conversationId, { kind: 'notice', notice }),
		async changed(conversationId, ids, { isOver }) {
			const change: LiveChange = { kind: 'rows', ids: [...ids], isOver };
			const opened = conversations.get(conversationId);
			// What was kept of an answer goes with its end, whoever has written it.
			if (isOver && opened === undefined) await cache.forget(snapshotKey(conversationId));
			await (opened === undefined ? publish(conversationId, change) : make(conversationId, await opened, change));
		},
		async tellPerson(userId, change) {
			await cache.publish(personChannelOf(userId), JSON.stringify(change));
		},
		async forget(conversationId) {
			conversations.delete(conversationId);
			await cache.forget(snapshotKey(conversationId));
			await publish(conversationId, { kind: 'gone' });
		},
	};
}
