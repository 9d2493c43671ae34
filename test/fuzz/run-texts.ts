/** Sends many texts to one platform and gathers what is wrong, each kind once and as small as it can be. */

import { check } from './check.ts';
import { makeHostileText } from './grammar.ts';
import { createRandom, seedOf } from './random.ts';
import type { Finding, FindingKind } from './readers/finding.ts';
import type { PlatformName } from './sent/platform.ts';
import type { Script } from './sent/play.ts';
import { makeScript } from './sent/script.ts';
import { shrink } from './shrink.ts';

export interface TextsRun {
	platform: PlatformName;
	seed: number;
	/** The numbers of the texts: from the first one up to, and not including, the last. */
	from: number;
	to: number;
	/** Counter-examples after which it is enough; of one kind at one place there is at most one. */
	mostFailures: number;
	/** Hears of each text before it is sent, and ends the run by answering false. */
	onText?: (index: number) => boolean;
}

export interface Failure {
	platform: PlatformName;
	finding: Finding;
	script: Script;
	/** The number of the text, which the seed makes again. */
	index: number;
}

export async function runTexts(run: TextsRun): Promise<{ texts: number; failures: Failure[] }> {
	const failures: Failure[] = [];
	const known = new Set<string>();
	for (let index = run.from; index < run.to; index++) {
		if (run.onText?.(index) === false) return { texts: index - run.from, failures };
		const script = scriptOf(run.seed, index);
		for (const { kind, where } of await check(run.platform, script)) {
			if (known.has(`${kind} ${where}`)) continue;
			known.add(`${kind} ${where}`);
			failures.push({ platform: run.platform, index, ...(await toSmallest(run.platform, script, kind)) });
			if (failures.length >= run.mostFailures) return { texts: index - run.from + 1, failures };
		}
	}
	return { texts: run.to - run.from, failures };
}

/** The script that a seed makes at one number. */
export function scriptOf(seed: number, index: number): Script {
	const random = createRandom(seedOf(seed, index));
	return makeScript(makeHostileText(random), random);
}

async function toSmallest(platform: PlatformName, script: Script, kind: FindingKind): Promise<{ script: Script; finding: Finding }> {
	const smallest = await shrink(platform, script, kind);
	const finding = (await check(platform, smallest)).find((one) => one.kind === kind);
	return { script: smallest, finding: finding ?? { kind, where: 'it came and went', what: '' } };
}
