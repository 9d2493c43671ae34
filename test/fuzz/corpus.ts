/** Counter-examples that were found once, each as small as it could be made. They are sent again each time, in every way. */

import { readFileSync } from 'node:fs';
import type { TextKind } from './kinds.ts';
import type { FindingKind } from './readers/finding.ts';
import type { PlatformName } from './sent/platform.ts';
import type { Script } from './sent/play.ts';

/** What was looked for once: neither is needed for safety any more, and the texts are good ones still. */
type FormerKind = 'not-a-prefix' | 'not-idempotent';

export interface CounterExample extends Partial<Script> {
	text: string;
	/** What was found, where it was first seen. */
	platform: PlatformName;
	finding: FindingKind | FormerKind;
	kind: TextKind;
}

export const counterExamples: readonly CounterExample[] = JSON.parse(
	readFileSync(new URL('corpus/counter-examples.json', import.meta.url), 'utf8'),
);

/** The script of an entry; what it leaves out is the simplest. */
export function toScript(entry: CounterExample): Script {
	const { text, steps = [], road = 'edit', limit = null, ending = 'thumbs', sources = [] } = entry;
	return { text, steps, road, limit, ending, sources };
}

/** Places of one text at which it is cut, and at which it is looked at; more of them find nothing new. */
const mostCuts = 6;
const mostLooks = 40;

/** The script itself, and the same text on either road, with either ending, looked at again and again, and cut at some places. */
export function variantsOf(entry: CounterExample): Script[] {
	const script = toScript(entry);
	const looks = placesIn(entry.text, mostLooks).map((upTo) => ({ upTo, action: 'look' as const }));
	const cuts = placesIn(entry.text, mostCuts).map((upTo): Script => ({ ...script, road: 'stream', steps: [{ upTo, action: 'cut' }] }));
	return [
		script,
		{ ...script, road: 'stream', ending: 'retry', steps: [] },
		{ ...script, road: 'edit', ending: 'retry', steps: [] },
		{ ...script, road: 'stream', steps: looks },
		...cuts,
	];
}

function placesIn(text: string, most: number): number[] {
	const stride = Math.ceil(text.length / most);
	return Array.from({ length: text.length }, (_unused, index) => index + 1).filter((place) => place % stride === 0);
}
