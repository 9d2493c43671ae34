/** What reaches a platform, read as it is sent: known counter-examples and some thousand new texts. `npm run fuzz` sends very many more. */

import { describe, expect, it } from 'vitest';
import { check, platformNames } from './check.ts';
import { counterExamples, toScript, variantsOf } from './corpus.ts';
import { checkAttempt } from './kinds.ts';
import { runTexts } from './run-texts.ts';

/** The same texts each time, so that a change that breaks them is seen at once; they take about a second a platform. */
const fixedSeed = 20_261_129;
const fixedTexts = 600;
/** And others each time. */
const freshSeed = Date.now() % 2 ** 31;
const freshTexts = 300;

describe.each(platformNames)('model text as %s gets it', (platform) => {
	it('holds what once went wrong, on every road and at every cut', async () => {
		const failures = [];
		for (const entry of counterExamples) {
			const isItsOwn = entry.platform === platform;
			const findings = isItsOwn ? await checkAttempt(platform, { kind: entry.kind, script: toScript(entry) }) : [];
			for (const script of variantsOf(entry)) findings.push(...(await check(platform, script)));
			if (findings.length > 0) failures.push({ text: entry.text, finding: findings[0] });
		}
		expect(failures).toEqual([]);
	});

	it.each([
		['fixed', fixedSeed, fixedTexts],
		['fresh', freshSeed, freshTexts],
	])('has no image, no ping, no lying label and no foreign scheme, with a %s seed: %i', async (_name, seed, texts) => {
		const { failures } = await runTexts({ platform, seed, from: 0, to: texts, mostFailures: 1 });
		expect(failures).toEqual([]);
	});
});
