/** One reader's stream: what is missing is sent as fast as they take it, and what they may see is asked again every minute. */

import type { Clock } from '../../clock.ts';
import { toBotError } from '../../errors.ts';
import type { BusyConversations, BusyOnes } from '../../inbox/busy-conversations.ts';
import type { LiveNotice } from '../../live/live-conversation.ts';
import type { LiveFollower, LiveReader } from '../../live/live-follower.ts';
import { createLiveReading, type HeldText, type LiveEvent } from '../../live/live-reading.ts';
import { pause } from '../../waiting.ts';
import { livePace } from '../contract/live-pace.ts';
import type { ConversationMessage } from '../contract/messages.ts';
import { createBell } from './bell.ts';
import type { EventSocket } from './event-socket.ts';

/** What the reader may see, asked in their name. All throw what the database and the platforms throw. */
export interface ReaderView {
	userId: string;
	/** The open conversation; null for the list alone. */
	conversationId: string | null;
	/** Whether they are signed in still, and may read the conversation. */
	check(signal: AbortSignal): Promise<'signed-out' | 'gone' | 'unchanged'>;
	/** Those rows of the conversation that there are, in their order. */
	rows(ids: readonly string[]): Promise<ConversationMessage[]>;
	/** What they were told alone in the conversation within the last day, the oldest first. */
	notices(): Promise<LiveNotice[]>;
	/** The last rows of the conversation, for whoever hears nothing of them. */
	newest(): Promise<ConversationMessage[]>;
}

export interface LiveStreamDependencies {
	clock: Clock;
	follower: LiveFollower;
	/** Other processes write and cannot be heard: then the database is asked. */
	mustPoll: () => boolean;
	busy: BusyConversations;
	version: string;
}

export interface LiveStream {
	/** Says that the program stops, and ends. */
	bye(): void;
	/** Resolves when it is over. Never rejects. */
	readonly ended: Promise<void>;
}

/** UTF-16 units of a text that are sent at once; no more than a few times this lies in memory for a reader who takes nothing. */
const mostText = 65_536;
/** How soon what cannot be heard is seen, and a database that was away is asked again. */
const tickMs = 2_000;
/** How long somebody may read on where they were shut out. */
const checkEveryMs = 60_000;

/** Begins to send. */
export function startLiveStream(
	deps: LiveStreamDependencies,
	view: ReaderView,
	held: readonly HeldText[],
	socket: EventSocket,
): LiveStream {
	const { clock, follower, mustPoll, busy } = deps;
	const { conversationId } = view;
	const reading = createLiveReading(held);
	const bell = createBell();
	const listed = new Set<string>();
	/** Rows that were sent, as they were then. */
	const seen = new Map<string, string>();
	/** The person's, when they were last looked for. */
	let busyBefore: BusyOnes = new Map();
	let farewell: 'bye' | 'signed-out' | 'lost' | null = null;
	let isGone = false;
	let sentAtMs = clock.now();
	let state: (() => Parameters<typeof reading.next>[0]) | null = null;

	const reader: LiveReader = {
		heard(change) {
			if (change?.kind === 'gone') isGone = true;
			reading.heard(change);
			bell.ring();
		},
	};

	async function run(): Promise<void> {
		const leavePerson = await follower.followPerson(view.userId, (change) => {
			if (change.kind === 'list') for (const id of change.ids) listed.add(id);
			else void check();
			bell.ring();
		});
		const followed = conversationId === null ? null : await follower.follow(conversationId, reader);
		state = followed?.state ?? null;
		const watching = watch();
		try {
			await send();
		} finally {
			bell.ring();
			socket.end();
			await Promise.all([leavePerson(), followed?.leave(), watching]);
		}
	}

	async function send(): Promise<void> {
		await greet();
		while (!socket.closed.aborted) {
			if (farewell !== null) return await sayFarewell(farewell);
			if (await sendMissing()) sentAtMs = clock.now();
			else await bell.rung();
		}
	}

	/** With what they were told while they were away. */
	async function greet(): Promise<void> {
		await socket.send('hello', { heartbeatMs: livePace.heartbeatMs, version: deps.version });
		for (const notice of await view.notices()) await socket.send('private', notice);
	}

	/** Whether there was anything. */
	async function sendMissing(): Promise<boolean> {
		if (isGone && conversationId !== null) return await sendGone(conversationId);
		if (listed.size > 0) {
			const ids = [...listed];
			listed.clear();
			return await socket.send('list', { ids });
		}
		const events = state === null ? [] : reading.next(state(), mostText);
		for (const event of events) await sendEvent(event);
		if (events.length > 0) return true;
		return clock.now() - sentAtMs >= livePace.heartbeatMs && (await socket.beat());
	}

	/** Of the list they may hear on. */
	async function sendGone(id: string): Promise<boolean> {
		isGone = false;
		state = null;
		return await socket.send('gone', { ids: [id] });
	}

	async function sendEvent(event: LiveEvent): Promise<void> {
		if (event.name === 'activity') await socket.send('activity', { text: event.text });
		else if (event.name === 'private') await socket.send('private', event.notice);
		else if (event.name === 'rows') await sendRows(event);
		else {
			const { name: _name, ...answer } = event;
			await socket.send('answer', answer, `${answer.messageId}.${answer.epoch}.${answer.from + answer.text.length}`);
		}
	}

	async function sendRows({ ids, isOver }: Extract<LiveEvent, { name: 'rows' }>): Promise<void> {
		const rows = await view.rows(ids).catch(() => null);
		if (rows === null) {
			// The database is away: asked again with the next tick.
			await pause(clock, tickMs, socket.closed);
			reading.heard({ kind: 'rows', ids, isOver });
			return;
		}
		for (const row of rows) {
			seen.set(row.id, signOf(row));
			await socket.send(isOver ? 'ended' : 'message', row);
		}
	}

	async function sayFarewell(how: 'bye' | 'signed-out' | 'lost'): Promise<void> {
		if (how === 'signed-out') await socket.send('signed-out', {});
		else await socket.send('bye', { retryMs: how === 'bye' ? Math.round(Math.random() * livePace.byeSpreadMs) : livePace.retryMs.first });
	}

	async function watch(): Promise<void> {
		let checkedAtMs = clock.now();
		while (!socket.closed.aborted && farewell === null) {
			await pause(clock, tickMs, socket.closed);
			if (socket.closed.aborted) break;
			const isDue = clock.now() - checkedAtMs >= checkEveryMs;
			if (isDue) {
				checkedAtMs = clock.now();
				await check();
			}
			if (mustPoll()) await poll(isDue);
			bell.ring();
		}
		bell.ring();
	}

	/** Nobody reads on because nobody can say whether they may. */
	async function check(): Promise<void> {
		const found = await view.check(socket.closed).catch((thrown) => (toBotError(thrown).code === 'FORBIDDEN' ? 'signed-out' : 'lost'));
		if (found === 'gone') isGone = true;
		else if (found !== 'unchanged') farewell ??= found;
		bell.ring();
	}

	/** What a question or a message changes is seen soon, anything else with the next check. */
	async function poll(isDue: boolean): Promise<void> {
		const own = await busy.of(view.userId).catch(() => busyBefore);
		for (const [id, isGoingOn] of own) if (busyBefore.get(id) !== isGoingOn) listed.add(id);
		busyBefore = own;
		if (conversationId !== null && (isDue || (await busy.has(conversationId).catch(() => false)))) await readNewest();
	}

	async function readNewest(): Promise<void> {
		if (state === null) return;
		for (const row of await view.newest().catch(() => [])) {
			const isNews = seen.get(row.id) !== signOf(row);
			seen.set(row.id, signOf(row));
			if (isNews) reading.heard({ kind: 'rows', ids: [row.id], isOver: row.role === 'assistant' && isOverIn(row) });
		}
	}

	return {
		bye() {
			farewell ??= 'bye';
			bell.ring();
		},
		ended: run().catch(() => socket.end()),
	};
}

/** Another one whenever readers would see another row. */
function signOf({ status, text, editedAt, sources }: ConversationMessage): string {
	return `${status} ${text.length} ${sources.length} ${editedAt ?? ''}`;
}

function isOverIn({ status }: Pick<ConversationMessage, 'status'>): boolean {
	return status !== 'generating' && status !== 'delivering';
}

/** As the page names what it has. */
export function readHeld(named: readonly string[]): HeldText[] {
	return named.map((text) => {
		const [messageId = '', epoch, length] = text.split('.');
		return { messageId, epoch: Number(epoch), length: Number(length) };
	});
}
