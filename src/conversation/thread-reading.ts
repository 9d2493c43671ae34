/** What was said in a thread, but not to the bot: by people among themselves and by other apps. Read anew at each question. */

import type { Clock } from '../clock.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform, ThreadMessage, ThreadRange } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { createValueStore } from '../value-store.ts';
import { startTimeLimit } from '../waiting.ts';
import type { Memory, OverheardMessage } from './memory.ts';

export type Overheard = Pick<Memory, 'overheard' | 'isThreadCut'>;

/** A question that is in the database, and on the platform. */
interface KnownQuestion {
	messageId: string;
	sequence: number;
}

export interface ThreadReading {
	platform: ChatPlatform;
	place: Place;
	/** `hasBeginning`: what is remembered begins with the first question. `version`: as in `Memory`. */
	conversation: { id: string; version: string; hasBeginning: boolean };
	/** Oldest first, without the present question. */
	remembered: readonly KnownQuestion[];
	asked: KnownQuestion;
}

/** What was said before the bot came in changes seldom, and finding it in a long thread takes several calls that others need too. */
const keepMs = 15 * 60 * 1_000;
/** What people said is context, not the subject: the last few dozen messages tell it. */
const mostMessages = 40;
/** Whoever asked waits for it. A call takes a tenth of a second; longer waits are those for a slot of the budget. */
const patienceMs = 2_000;

export const nothingOverheard: Overheard = { overheard: [], isThreadCut: false };

export interface ThreadReaderDependencies {
	clock: Pick<Clock, 'now' | 'wait'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

export function createThreadReader({ clock, pacers }: ThreadReaderDependencies) {
	/** Lists of `ThreadMessage` by conversation, in this process alone. */
	const beginnings = createValueStore(clock.now);

	/** A thread that cannot be read, or not soon, is no reason not to answer: null. */
	async function readRange({ platform, place }: ThreadReading, range: ThreadRange, signal: AbortSignal): Promise<ThreadMessage[] | null> {
		const patience = startTimeLimit(clock, patienceMs);
		const inTime = AbortSignal.any([signal, patience.signal]);
		const call = { operation: 'read-thread', place, priority: 'first' } as const;
		try {
			return await pacers(platform).run(call, inTime, () => platform.readThread(place, range, inTime));
		} catch {
			return null;
		} finally {
			patience.end();
		}
	}

	/** Read again when something in the conversation was taken back. */
	async function readBeginning(reading: ThreadReading, before: string, signal: AbortSignal): Promise<ThreadMessage[] | null> {
		const { conversation, place } = reading;
		if (!conversation.hasBeginning || before === place.threadId) return [];
		const key = `${conversation.id} ${before} ${conversation.version}`;
		const kept = beginnings.get(key);
		if (kept !== null) return JSON.parse(kept) as ThreadMessage[];
		const found = await readRange(reading, { before, limit: mostMessages }, signal);
		if (found !== null) beginnings.set(key, JSON.stringify(found), keepMs);
		return found;
	}

	return {
		/** What was said before the first question that is remembered, and from there on. Never throws. */
		async read(reading: ThreadReading, signal: AbortSignal): Promise<Overheard> {
			const { remembered, asked } = reading;
			const [first = asked] = remembered;
			const [beginning, since] = await Promise.all([
				readBeginning(reading, first.messageId, signal),
				first === asked ? [] : readRange(reading, { after: first.messageId, before: asked.messageId, limit: mostMessages }, signal),
			]);
			const overheard = [...order(beginning ?? [], [], first.sequence), ...order(since ?? [], remembered, asked.sequence)];
			const isThreadCut = [beginning, since].some((found) => found === null || found.length >= mostMessages);
			return { overheard, isThreadCut };
		},
	};
}

/** Without the questions, which are remembered, and the bot's own words; each before the question that followed it, or the one `last`. */
function order(found: readonly ThreadMessage[], questions: readonly KnownQuestion[], last: number): OverheardMessage[] {
	const overheard: OverheardMessage[] = [];
	let waiting: Omit<OverheardMessage, 'before'>[] = [];
	const settle = (before: number) => {
		overheard.push(...waiting.map((message) => ({ ...message, before })));
		waiting = [];
	};
	for (const { messageId, author, authorName, text, cited = [], writtenAt } of found) {
		const question = questions.find((known) => known.messageId === messageId);
		if (question !== undefined) settle(question.sequence);
		else if (author !== 'self' && (text !== '' || cited.length > 0))
			waiting.push({ name: authorName, text, cited, saidAt: new Date(writtenAt) });
	}
	settle(last);
	return overheard;
}
