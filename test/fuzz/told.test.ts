/** What commands tell in names, values and tables, read as it is sent: names of people and words of models stand in all of these. */

import { describe, expect, it } from 'vitest';
import type { CommandResult } from '#src/platform/command-result.ts';
import { checkTold, platformNames } from './check.ts';
import { counterExamples } from './corpus.ts';
import { makeHostileText } from './grammar.ts';
import { createRandom, seedOf } from './random.ts';

/** The same texts each time; they take about a second on all platforms. */
const seed = 20_261_130;
/** What is told one person is hardly longer in all. */
const mostCharacters = 1_000;
/** Longer ones make a message of lines. */
const nameCharacters = 120;
const hostileTexts = Array.from({ length: 30 }, (_unused, index) => makeHostileText(createRandom(seedOf(seed, index))));
const texts = [...counterExamples.map(({ text }) => text), ...hostileTexts].map((text) => text.slice(0, mostCharacters));
/** The text in every place that a result has, and cut between two of them. */
function resultsOf(text: string): CommandResult[] {
	const name = text.slice(0, nameCharacters);
	const half = Math.floor(text.length / 2);
	return [
		[text, { list: [text, name] }],
		[
			text.slice(0, half),
			{
				rows: [
					[text.slice(half), name],
					[name, text],
				],
			},
			text,
		],
		[
			{
				columns: ['name', name, 'more'],
				table: [
					[name, text, ''],
					['x', text.slice(0, half), text.slice(half)],
				],
			},
		],
	];
}

describe.each(platformNames)('what %s is told', (platform) => {
	it('has no image, no ping, no lying label and no foreign scheme, in whatever form', async () => {
		const failures = [];
		for (const text of texts) {
			for (const told of resultsOf(text)) {
				const [finding] = await checkTold(platform, told);
				if (finding !== undefined) failures.push({ told, finding });
			}
		}
		expect(failures.slice(0, 3)).toEqual([]);
	});
});
