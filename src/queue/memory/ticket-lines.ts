/** The lines of all models in memory, two for each, and what a user had in one of them that counts in the others. */

import type { TicketEntry, TicketPriority } from '../ticket-book.ts';
import { createTicketLine, type TicketLine } from './ticket-line.ts';

type LineName = Pick<TicketEntry, 'model' | 'priority'>;

export interface TicketLines {
	of(name: LineName): TicketLine;
	/** In the order in which they are served. */
	both(model: string): [interactive: TicketLine, background: TicketLine];
	/** Those that somebody waited for, by name. */
	models(): string[];
	/** The most that the user of an entry is ahead of the others in a line of another model. */
	aheadElsewhere(entry: LineName & Pick<TicketEntry, 'userId'>): number;
	/** How many wait. */
	sizes(): Record<TicketPriority, number>;
}

export function createTicketLines(): TicketLines {
	const lines = new Map<string, Record<TicketPriority, TicketLine>>();

	function linesOf(model: string): Record<TicketPriority, TicketLine> {
		const known = lines.get(model);
		if (known !== undefined) return known;
		const made = { interactive: createTicketLine(), background: createTicketLine() };
		lines.set(model, made);
		return made;
	}

	function size(priority: TicketPriority): number {
		return [...lines.values()].reduce((sum, of) => sum + of[priority].size(), 0);
	}

	return {
		of: ({ model, priority }) => linesOf(model)[priority],
		both(model) {
			const { interactive, background } = linesOf(model);
			return [interactive, background];
		},
		models: () => [...lines.keys()].sort(),
		aheadElsewhere({ model, priority, userId }) {
			const others = [...lines].filter(([other]) => other !== model);
			return Math.max(0, ...others.map(([, of]) => of[priority].aheadOf(userId)));
		},
		sizes: () => ({ interactive: size('interactive'), background: size('background') }),
	};
}
