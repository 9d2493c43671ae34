/** The kinds of texts that are sent, each with its grammar and what has to hold for it. */

import { check, checkArrival, checkKnown } from './check.ts';
import { checkCode } from './check-code.ts';
import { checkHonest } from './check-honest.ts';
import { makeCodeText } from './grammar/code-text.ts';
import { makeHonestText } from './grammar/honest-text.ts';
import { withModelText } from './grammar/model-text.ts';
import { makeHostileText } from './grammar.ts';
import { createRandom, seedOf } from './random.ts';
import type { Finding } from './readers/finding.ts';
import type { PlatformName } from './sent/platform.ts';
import type { Script } from './sent/play.ts';
import { makeScript, makeWholeScript } from './sent/script.ts';

/** `known`: hostile text in an answer that may link to known hosts alone. */
export type TextKind = 'hostile' | 'known' | 'code' | 'honest';

export interface Attempt {
	kind: TextKind;
	script: Script;
}

/** The attempt that a seed makes at one number: mostly hostile text, every fourth with what is rewritten; two in ten with known hosts alone, one in ten of the others each. */
export function makeAttempt(platform: PlatformName, seed: number, index: number): Attempt {
	const random = createRandom(seedOf(seed, index));
	const place = random.next();
	if (place < 0.2) return { kind: 'hostile', script: makeScript(withModelText(makeHostileText(random), random), random) };
	if (place < 0.6) return { kind: 'hostile', script: makeScript(makeHostileText(random), random) };
	if (place < 0.65) return { kind: 'known', script: makeScript(withModelText(makeHostileText(random), random), random) };
	if (place < 0.8) return { kind: 'known', script: makeScript(makeHostileText(random), random) };
	if (place < 0.9) return { kind: 'code', script: makeWholeScript(makeCodeText(random), random) };
	return { kind: 'honest', script: makeWholeScript(makeHonestText(random, platform === 'slack'), random) };
}

/** All that is wrong with it. */
export async function checkAttempt(platform: PlatformName, { kind, script }: Attempt): Promise<Finding[]> {
	if (kind === 'hostile') return await check(platform, script);
	if (kind === 'known') return await checkKnown(platform, script);
	return await checkArrival(platform, script, kind === 'code' ? checkCode : checkHonest);
}
