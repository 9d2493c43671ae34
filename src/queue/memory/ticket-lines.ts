/** The lines of all models in memory, two for each, and what a user had in one of them that counts in the others. */

import type { TurnEntry, TurnPriority } from '../ticket-book.ts';
import { createTurnLine, type TurnLine } from './ticket-line.ts';

type LineName = Pick<TurnEntry, 'model' | 'priority'>;

export interface TurnLines {
	of(name: LineName): TurnLine;
	/** In the order in which they are served. */
	both(model: string): [interactive: TurnLine, background: TurnLine];
	/** Those that somebody waited for, by name. */
	models(): string[];
	/** The most that the user of an entry is ahead of the others in a line of another model. */
	aheadElsewhere(entry: LineName & Pick<TurnEntry, 'userId'>): number;
	/** How many wait. */
	sizes(): Record<TurnPriority, number>;
}

export function createTurnLines(): TurnLines {
	const lines = new Map<string, Record<TurnPriority, TurnLine>>();

	function linesOf(model: string): Record<TurnPriority, TurnLine> {
		const known = lines.get(model);
		if (known !== undefined) return known;
		const made = { interactive: createTurnLine(), background: createTurnLine() };
		lines.set(model, made);
		return made;
	}

	function size(priority: TurnPriority): number {
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
