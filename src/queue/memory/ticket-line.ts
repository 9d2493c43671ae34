/** Those who wait for one model in one priority, in memory, in the order of virtual time. `turn-script.ts` says the same in Lua. */

/** One waiting entry in its line. */
export interface Placed {
	readonly id: string;
	readonly userId: string;
	/** Number of arrival: decides between equal tags. */
	readonly serial: number;
	/** When it starts in virtual time; of one that goes first, nothing. */
	tag: number;
	readonly isFirst: boolean;
}

export interface TicketLine {
	/**
	 * `offset` places it relative to the one served last; by default behind what its user has waiting or has used up, here, or in other lines
	 * by `aheadElsewhere`.
	 */
	add(entry: Omit<Placed, 'tag'>, offset: number | null, aheadElsewhere: number): Placed;
	/** By how many turns a user is ahead of the others here, counting no more than what was served. */
	aheadOf(userId: string): number;
	/** It leaves without having been served: the user's later entries move up. */
	withdraw(entry: Placed): void;
	/** It is served. Returns the virtual time up to which its user has used the queue. */
	serve(entry: Placed): number | null;
	/** What an answer really took: moves whatever the user has waiting, or the user's debt. `paid` is what `serve` returned. */
	charge(userId: string, correction: number, paid: number | null): void;
	/** Counts from 1. */
	positionOf(entry: Placed): number;
	offsetOf(entry: Placed): number;
	/** All, in the order in which they are served. */
	entries(): Iterable<Placed>;
	last(): Placed | undefined;
	size(): number;
}

/**
 * Start-time fair queueing: a user's entry starts in virtual time where the user's one before it ends, at the earliest now, and a turn lasts
 * one. The entry with the earliest start is served, and its start is the new now. So users take turns however many entries they have.
 *
 * Finding a place takes O(log n). Putting something there moves the references behind it, which for the 1,000 entries of a full queue is
 * less work than any tree.
 */
export function createTicketLine(): TicketLine {
	const first: Placed[] = [];
	const line: Placed[] = [];
	const byUser = new Map<string, Placed[]>();
	/** Next tag of users with nothing waiting, where it is later than now. */
	const debts = new Map<string, number>();
	let virtualTime = 0;

	const listOf = ({ isFirst }: Placed) => (isFirst ? first : line);
	const ofUser = (userId: string) => byUser.get(userId) ?? [];

	function place(entry: Placed): void {
		insertInto(listOf(entry), entry);
		if (entry.isFirst) return;
		const own = ofUser(entry.userId);
		insertInto(own, entry);
		byUser.set(entry.userId, own);
	}

	function takeOut(entry: Placed): void {
		removeFrom(listOf(entry), entry);
		if (entry.isFirst) return;
		const own = ofUser(entry.userId);
		removeFrom(own, entry);
		if (own.length === 0) byUser.delete(entry.userId);
	}

	function moveTo(entry: Placed, tag: number): void {
		takeOut(entry);
		entry.tag = tag;
		place(entry);
	}

	function owe(userId: string, tag: number): void {
		if (tag > virtualTime) debts.set(userId, tag);
		else debts.delete(userId);
	}

	function nextTag(userId: string, aheadElsewhere: number): number {
		const last = ofUser(userId).at(-1);
		return last === undefined ? Math.max(virtualTime + aheadElsewhere, debts.get(userId) ?? 0) : last.tag + 1;
	}

	return {
		add(entry, offset, aheadElsewhere) {
			const tag = offset === null ? nextTag(entry.userId, aheadElsewhere) : virtualTime + offset;
			const placed = { ...entry, tag: entry.isFirst ? 0 : tag };
			place(placed);
			if (!entry.isFirst) debts.delete(entry.userId);
			return placed;
		},
		aheadOf: (userId) => Math.max((ofUser(userId)[0]?.tag ?? debts.get(userId) ?? 0) - virtualTime, 0),
		withdraw(entry) {
			const own = ofUser(entry.userId);
			const later = entry.isFirst ? [] : own.slice(own.indexOf(entry) + 1);
			takeOut(entry);
			if (entry.isFirst) return;
			let { tag } = entry;
			for (const behind of later) {
				const freed = behind.tag;
				moveTo(behind, tag);
				tag = freed;
			}
			if (!byUser.has(entry.userId)) owe(entry.userId, tag);
		},
		serve(entry) {
			takeOut(entry);
			if (entry.isFirst) return null;
			if (entry.tag > virtualTime) {
				virtualTime = entry.tag;
				for (const [userId, tag] of debts) if (tag <= virtualTime) debts.delete(userId);
			}
			if (!byUser.has(entry.userId)) owe(entry.userId, entry.tag + 1);
			return entry.tag + 1;
		},
		charge(userId, correction, paid) {
			const waiting = [...ofUser(userId)];
			for (const entry of waiting) moveTo(entry, entry.tag + correction);
			if (waiting.length === 0) owe(userId, (debts.get(userId) ?? paid ?? virtualTime) + correction);
		},
		positionOf: (entry) => (entry.isFirst ? 0 : first.length) + indexIn(listOf(entry), entry) + 1,
		offsetOf: (entry) => (entry.isFirst ? 0 : entry.tag - virtualTime),
		*entries() {
			yield* [...first, ...line];
		},
		last: () => line.at(-1) ?? first.at(-1),
		size: () => first.length + line.length,
	};
}

/** Where the entry is, or would be. */
function indexIn(list: readonly Placed[], entry: Placed): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const other = list[middle] as Placed;
		if (other.tag < entry.tag || (other.tag === entry.tag && other.serial < entry.serial)) low = middle + 1;
		else high = middle;
	}
	return low;
}

function insertInto(list: Placed[], entry: Placed): void {
	list.splice(indexIn(list, entry), 0, entry);
}

function removeFrom(list: Placed[], entry: Placed): void {
	list.splice(indexIn(list, entry), 1);
}
