/** Where only some hosts may be linked: whatever went wrong once, and hostile texts, and nothing else in them can be pressed at any moment. */

import { describe, expect, it } from 'vitest';
import { checkKnown, platformNames } from './check.ts';
import { counterExamples, toScript } from './corpus.ts';
import { withModelText } from './grammar/model-text.ts';
import { makeHostileText } from './grammar.ts';
import { createRandom, seedOf } from './random.ts';
import type { Script } from './sent/play.ts';
import { makeScript } from './sent/script.ts';

/** The same texts each time; they and the known ones take about a second a platform. */
const seed = 20_261_201;
const texts = 100;

describe.each(platformNames)('model text with unknown hosts as %s gets it', (platform) => {
	it('links none of them', async () => {
		const scripts = Array.from({ length: texts }, (_unused, index) => makeHostileScript(index));
		const failures = [];
		for (const script of [...scripts, ...counterExamples.map(toScript)]) {
			const [finding] = await checkKnown(platform, script);
			if (finding !== undefined) failures.push({ text: script.text, finding });
		}
		expect(failures.slice(0, 3)).toEqual([]);
	});
});

function makeHostileScript(index: number): Script {
	const random = createRandom(seedOf(seed, index));
	const hostile = makeHostileText(random);
	return makeScript(random.chance(0.3) ? withModelText(hostile, random) : hostile, random);
}
