/** What one reader is to be sent, given what they have: as much of it as they take, and nothing that was overtaken meanwhile. Knows no socket and no time. */

import type { LiveChange, LiveNotice, LiveSnapshot } from './live-conversation.ts';
import type { Furniture, LiveMessage } from './live-message.ts';

/** What a reader has of a message. */
export interface HeldText {
	messageId: string;
	epoch: number;
	/** UTF-16 units. */
	length: number;
}

/** Sent to the reader, in this order. */
export type LiveEvent =
	| ({
			name: 'answer';
			messageId: string;
			answerId: string | null;
			epoch: number;
			from: number;
			text: string;
			isRemoved?: true;
	  } & Partial<Furniture>)
	| { name: 'activity'; text: string }
	| { name: 'private'; notice: LiveNotice }
	/** Rows to be read in the reader's name before they are sent. */
	| { name: 'rows'; ids: string[]; isOver: boolean };

export interface LiveReading {
	/** Notes a change of the conversation. Costs nothing that grows with its text. */
	heard(change: LiveChange | null): void;
	/** What is missing, of which the reader then counts as having it; empty when nothing is. Texts are cut at so many UTF-16 units. */
	next(state: LiveSnapshot, mostText: number): LiveEvent[];
}

interface Held extends HeldText {
	/** What was sent last of what stands below the text; null while that was not. */
	below: Below | null;
	/** The reader knows it from before, and it is not known here yet. */
	isAwaited: boolean;
}

type Below = Pick<LiveMessage, 'buttons' | 'sources' | 'isRemoved'>;

/** The newest are enough for whoever takes nothing for that long. */
const mostNotices = 50;

/** @param resumed What the reader says that they have; nothing is lost when that is made up, but for themselves. */
export function createLiveReading(resumed: readonly HeldText[] = []): LiveReading {
	const held = new Map<string, Held>(resumed.map((one) => [one.messageId, { ...one, below: null, isAwaited: true }]));
	/** By id, whether it is over: only what is newest counts. */
	const rows = new Map<string, boolean>();
	/** Answers of which only their rows count any more: what was kept of them may come late. */
	const over = new Set<string>();
	let notices: LiveNotice[] = [];
	let activity = '';

	function hearMessage({ messageId, epoch, after, from }: Extract<LiveChange, { kind: 'message' }>): void {
		const known = held.get(messageId);
		if (known === undefined || epoch === known.epoch) return;
		// What they have of the text before is right up to where it was written otherwise. They are to hear of that also where nothing follows there.
		const length = after === known.epoch ? Math.min(known.length, from) : 0;
		if (epoch > known.epoch) held.set(messageId, { ...known, epoch, length, below: null });
	}

	function hearRows({ ids, isOver }: Extract<LiveChange, { kind: 'rows' }>): void {
		for (const id of ids) {
			rows.set(id, isOver || (rows.get(id) ?? false));
			if (isOver) over.add(id);
		}
	}

	function missingOf(message: LiveMessage, mostText: number): LiveEvent[] {
		const { messageId, answerId, epoch } = message;
		const known = held.get(messageId);
		// Who has more of the same epoch than is known here waits until it is: what was kept is a little older than what was heard.
		const isHeld = known?.epoch === epoch;
		const from = isHeld ? known.length : 0;
		const text = message.text.slice(from, from + mostText);
		const length = from + text.length;
		// What stands below the text comes with its end, when it is not there already.
		const isWhole = length === message.text.length;
		const below = isHeld ? known.below : null;
		const isNews = isWhole && !(below !== null && isSame(below, message));
		held.set(messageId, { messageId, epoch, length, below: isNews ? message : below, isAwaited: false });
		if (isHeld && text === '' && !isNews) return [];
		return [{ name: 'answer', messageId, answerId, epoch, from, text, ...(isNews ? furnitureOf(message) : {}) }];
	}

	function takeRows(): LiveEvent[] {
		const taken = [...rows];
		rows.clear();
		return [false, true].flatMap((isOver) => {
			const ids = taken.filter(([, over]) => over === isOver).map(([id]) => id);
			return ids.length === 0 ? [] : [{ name: 'rows', ids, isOver } as const];
		});
	}

	return {
		heard(change) {
			if (change?.kind === 'message') hearMessage(change);
			else if (change?.kind === 'rows') hearRows(change);
			else if (change?.kind === 'notice') notices = [...notices, change.notice].slice(-mostNotices);
		},
		next(state, mostText) {
			const events: LiveEvent[] = notices.map((notice) => ({ name: 'private', notice }));
			notices = [];
			if (state.activity !== activity) {
				activity = state.activity;
				events.push({ name: 'activity', text: activity });
			}
			const current = state.messages.filter(({ answerId }) => answerId === null || !over.has(answerId));
			events.push(...current.flatMap((message) => missingOf(message, mostText)));
			forgetGone(state);
			return [...events, ...takeRows()];
		},
	};

	/** What is no part of the conversation any more is not compared again. */
	function forgetGone({ messages }: LiveSnapshot): void {
		for (const [messageId, { isAwaited }] of held) {
			if (!isAwaited && !messages.some((message) => message.messageId === messageId)) held.delete(messageId);
		}
	}
}

function isSame(below: Below, { buttons, sources, isRemoved }: Below): boolean {
	return below.buttons === buttons && below.sources === sources && below.isRemoved === isRemoved;
}

function furnitureOf({ buttons, sources, isRemoved }: Below): Furniture & { isRemoved?: true } {
	return { buttons, sources, ...(isRemoved ? { isRemoved } : {}) };
}
