/** Who is next: users in turn, each user's requests in order, background only when no person waits. */

export interface QueueEntry {
	userId: string;
	priority: 'interactive' | 'background';
}

export interface FairQueue<Entry extends QueueEntry> {
	/** `first` puts an entry before everybody of its priority: for one that had its turn and lost it. */
	add(entry: Entry, first?: boolean): void;
	remove(entry: Entry): void;
	/** Takes an entry that has its turn out; its user goes to the end of the line. */
	take(entry: Entry): void;
	/** All entries in the order in which they will be served if nothing changes. */
	order(): Entry[];
	size(): number;
}

export function createFairQueue<Entry extends QueueEntry>(): FairQueue<Entry> {
	const lines = { interactive: new Map<string, Entry[]>(), background: new Map<string, Entry[]>() };
	let size = 0;

	const remove = (entry: Entry): void => {
		const line = lines[entry.priority];
		const entries = line.get(entry.userId) ?? [];
		const index = entries.indexOf(entry);
		if (index < 0) return;
		entries.splice(index, 1);
		size--;
		if (entries.length === 0) line.delete(entry.userId);
	};
	return {
		add: (entry, first = false) => {
			const line = lines[entry.priority];
			const entries = line.get(entry.userId) ?? [];
			size++;
			if (first) moveToFront(line, entry.userId, [entry, ...entries]);
			else line.set(entry.userId, [...entries, entry]);
		},
		remove,
		take: (entry) => {
			remove(entry);
			const line = lines[entry.priority];
			const rest = line.get(entry.userId);
			if (!rest) return;
			line.delete(entry.userId);
			line.set(entry.userId, rest);
		},
		order: () => [...rounds(lines.interactive), ...rounds(lines.background)],
		size: () => size,
	};
}

function moveToFront<Entry>(line: Map<string, Entry[]>, userId: string, entries: Entry[]): void {
	const others = [...line].filter(([id]) => id !== userId);
	line.clear();
	line.set(userId, entries);
	for (const [id, waiting] of others) line.set(id, waiting);
}

/** One entry per user and round. */
function rounds<Entry>(line: Map<string, Entry[]>): Entry[] {
	const longest = Math.max(0, ...[...line.values()].map((entries) => entries.length));
	return Array.from({ length: longest }, (_, round) => [...line.values()].flatMap((entries) => entries.slice(round, round + 1))).flat();
}
