/** Which commands somebody may mean who begins to type one. Pure. */

import type { CommandView } from '#src/api/contract/commands.ts';

/** Nobody reads more at once. */
const mostShown = 8;

/** Null where what is typed is no beginning of a command, or a whole one. Those whose name begins so come first. */
export function commandsFor(text: string, commands: readonly CommandView[]): CommandView[] | null {
	const [, root, typed] = /^\/(?:(ccb)(?:\s+|$))?(\S*)$/i.exec(text) ?? [];
	if (typed === undefined) return null;
	const sought = folded(typed);
	// The root command itself is being typed.
	if (root === undefined && 'ccb'.startsWith(sought)) return commands.slice(0, mostShown);
	const beginning = commands.filter((command) => namesOf(command).some((name) => name.startsWith(sought)));
	const isAbout = ({ about }: CommandView) => about.split(/\s+/).some((word) => folded(word).startsWith(sought));
	const within = commands.filter((command) => !beginning.includes(command) && isAbout(command));
	const found = [...beginning, ...within];
	const isWhole = root !== undefined && found.length === 1 && namesOf(found[0] as CommandView).includes(sought);
	return found.length === 0 || isWhole ? null : found.slice(0, mostShown);
}

/** The command that is typed, once its name is whole. */
export function commandIn(text: string, commands: readonly CommandView[]): CommandView | null {
	const [, typed = ''] = /^\/ccb\s+(\S+)(?:\s|$)/i.exec(text) ?? [];
	return commands.find((command) => namesOf(command).includes(folded(typed))) ?? null;
}

function namesOf({ name, otherNames }: CommandView): string[] {
	return [name, ...otherNames].map(folded);
}

/** Without capitals and accents. */
function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
