/** Results of commands as text, in a platform's own marks or without any. Pure. */

import type { CommandResult, ResultPart } from './command-result.ts';
import { entriesOf } from './result-parts.ts';

/** How a platform writes what it does not take for marks of its own, and what stands out. */
export interface Marks {
	escape(text: string): string;
	/** @param escaped by `escape`. */
	strong(escaped: string): string;
}

const none: Marks = { escape: (text) => text, strong: (text) => text };

/** The names of rows stand out, where there are marks for that. */
export function resultText(result: CommandResult, marks: Marks = none): string {
	return result.flatMap((part) => linesOf(part, marks)).join('\n');
}

function linesOf(part: ResultPart, marks: Marks): string[] {
	if (typeof part === 'string') return [marks.escape(part)];
	if ('list' in part) return part.list.map((entry) => marks.escape(`• ${entry}`));
	return entriesOf(part).map(([name, values]) => `• ${marks.strong(marks.escape(name))}${marks.escape(`: ${values.join(', ')}`)}`);
}
