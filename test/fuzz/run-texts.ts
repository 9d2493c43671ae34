/** Sends many texts to one platform and gathers what is wrong, each kind once and as small as it can be. */

import { type Attempt, checkAttempt, makeAttempt } from './kinds.ts';
import type { Finding, FindingKind } from './readers/finding.ts';
import type { PlatformName } from './sent/platform.ts';
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
	/** Hears of each failure at once. */
	onFailure?: (failure: Failure) => void;
}

export interface Failure {
	platform: PlatformName;
	finding: Finding;
	attempt: Attempt;
	/** The number of the text, which the seed makes again. */
	index: number;
}

export async function runTexts(run: TextsRun): Promise<{ texts: number; failures: Failure[] }> {
	const failures: Failure[] = [];
	const known = new Set<string>();
	for (let index = run.from; index < run.to; index++) {
		if (run.onText?.(index) === false) return { texts: index - run.from, failures };
		const attempt = makeAttempt(run.platform, run.seed, index);
		for (const finding of await checkAttempt(run.platform, attempt)) {
			const key = keyOf(finding);
			if (known.has(key)) continue;
			known.add(key);
			const failure = { platform: run.platform, index, ...(await toSmallest(run.platform, attempt, finding.kind)) };
			failures.push(failure);
			run.onFailure?.(failure);
			if (failures.length >= run.mostFailures) return { texts: index - run.from + 1, failures };
		}
	}
	return { texts: run.to - run.from, failures };
}

/** What counts as the same: the kind and the reader, not the moment. */
export function keyOf({ kind, where }: Finding): string {
	return `${kind} ${where.replace(/ \(.*\)$/, '')}`;
}

async function toSmallest(platform: PlatformName, attempt: Attempt, kind: FindingKind): Promise<{ attempt: Attempt; finding: Finding }> {
	const smallest: Attempt = { kind: attempt.kind, script: await shrink(platform, attempt, kind) };
	const finding = (await checkAttempt(platform, smallest)).find((one) => one.kind === kind);
	return { attempt: smallest, finding: finding ?? { kind, where: 'it came and went', what: '' } };
}
