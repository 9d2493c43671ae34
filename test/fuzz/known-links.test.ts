/** Where only some hosts may be linked: hostile texts on every platform, and nothing else in them can be pressed at any moment. */

import { describe, expect, it } from 'vitest';
import { platformNames } from './check.ts';
import { counterExamples, toScript } from './corpus.ts';
import { withModelText } from './grammar/model-text.ts';
import { makeHostileText } from './grammar.ts';
import { createRandom, seedOf } from './random.ts';
import { foreignLinksOf } from './readers/live-links.ts';
import type { PlatformName } from './sent/platform.ts';
import { recordedPlatforms } from './sent/platforms.ts';
import { play, type Script } from './sent/play.ts';
import { makeScript } from './sent/script.ts';

/** The same texts each time; they and the known ones take about a second a platform. */
const seed = 20_261_201;
const texts = 100;

const mayOpen = (address: string) => /^(?:www\.)?(?:good|example)\.com$/.test(hostOf(address));

describe.each(platformNames)('model text with unknown hosts as %s gets it', (platform) => {
	it('links none of them', async () => {
		const scripts = Array.from({ length: texts }, (_unused, index) => makeHostileScript(index));
		const failures = [];
		for (const script of [...scripts, ...counterExamples.map(toScript)]) {
			const [failure] = await failuresOf(platform, script);
			if (failure !== undefined) failures.push({ text: script.text, failure });
		}
		expect(failures.slice(0, 3)).toEqual([]);
	});
});

function makeHostileScript(index: number): Script {
	const random = createRandom(seedOf(seed, index));
	const hostile = makeHostileText(random);
	return makeScript(random.chance(0.3) ? withModelText(hostile, random) : hostile, random);
}

async function failuresOf(platform: PlatformName, script: Script): Promise<string[]> {
	const { shown } = await play(recordedPlatforms[platform](), { ...script, sources: [], links: mayOpen });
	const surfaces = new Map(shown.flatMap((message) => message.surfaces).map((surface) => [`${surface.kind}:${surface.text}`, surface]));
	return [...surfaces.values()].flatMap((surface) =>
		foreignLinksOf(surface, ['good.com', 'example.com']).map((link) => `${link} in ${surface.kind} ${JSON.stringify(surface.text)}`),
	);
}

function hostOf(address: string): string {
	if (!URL.canParse(address)) return '';
	const { protocol, hostname, pathname } = new URL(address);
	return protocol === 'mailto:' ? pathname.slice(pathname.lastIndexOf('@') + 1).toLowerCase() : hostname;
}
