/** Makes a failing script as small as it can be while it fails in the same way. */

import { type Attempt, checkAttempt, type TextKind } from './kinds.ts';
import type { FindingKind } from './readers/finding.ts';
import type { PlatformName } from './sent/platform.ts';
import type { Script } from './sent/play.ts';

/** What is known of these texts holds for whole blocks only. */
const wholeBlocks: readonly TextKind[] = ['code', 'honest'];

/** Each try plays and reads the whole script; more than this helps no reader. */
const mostTries = 3_000;

/** The smallest script that was found, by fewer steps, then by ever smaller stretches left out of the text. */
export async function shrink(name: PlatformName, { kind: textKind, script }: Attempt, kind: FindingKind): Promise<Script> {
	let smallest = script;
	let tries = 0;
	const attempt = async (candidate: Script): Promise<boolean> => {
		if (tries++ >= mostTries) return false;
		const fails = (await checkAttempt(name, { kind: textKind, script: candidate })).some((finding) => finding.kind === kind);
		if (fails) smallest = candidate;
		return fails;
	};
	await attempt({ ...smallest, steps: [], road: 'edit', limit: null, sources: [] });
	await attempt({ ...smallest, sources: [] });
	await attempt({ ...smallest, limit: null });
	for (let index = smallest.steps.length - 1; index >= 0; index--) await attempt(withoutStep(smallest, index));
	if (wholeBlocks.includes(textKind)) {
		for (let at = blockStarts(smallest.text).length - 1; at >= 0; at--) await attempt(withoutBlock(smallest, at));
		return smallest;
	}
	for (let size = Math.max(1, smallest.text.length >> 1); size >= 1; size >>= 1) {
		let isSmaller = true;
		while (isSmaller) {
			isSmaller = false;
			for (let at = 0; at + size <= smallest.text.length; ) {
				if (await attempt(withoutText(smallest, at, size))) isSmaller = true;
				else at += size;
			}
		}
	}
	return smallest;
}

function withoutStep(script: Script, index: number): Script {
	return { ...script, steps: script.steps.filter((_step, at) => at !== index) };
}

/** Where the blocks of a text begin, which blank lines set apart. */
function blockStarts(text: string): number[] {
	return [0, ...Array.from(text.matchAll(/\n\n(?!\n)/g), ({ index }) => index + 2)];
}

function withoutBlock(script: Script, block: number): Script {
	const starts = blockStarts(script.text);
	const start = starts[block] ?? 0;
	const end = starts[block + 1] ?? script.text.length;
	const shorter = withoutText(script, start, end - start);
	return { ...shorter, text: shorter.text.replace(/\n+$/, '') };
}

function withoutText(script: Script, at: number, size: number): Script {
	const move = (place: number) => (place <= at ? place : Math.max(at, place - size));
	return {
		...script,
		text: script.text.slice(0, at) + script.text.slice(at + size),
		steps: script.steps.map(({ upTo, action }) => ({ upTo: move(upTo), action })),
	};
}
