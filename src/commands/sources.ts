/** `sources`: what the bot's last answer here draws on, with links. */

import type { ResultPart } from '../platform/command-result.ts';
import { lineAboutSource, type Source, type SourceWords, sourceWordsFor, webAddressOf } from '../platform/source.ts';
import { defineCommand } from './definition.ts';

export const sourcesCommand = defineCommand({
	names: { en: 'sources', es: 'fuentes' },
	audience: 'everyone',
	answer: 'private',
	arguments: {},
	examples: ['sources', 'fuentes'],
	async run({ person, account, platform, place, words, signal, services: { passages } }) {
		const sources = await passages.lastCited({ asker: person, account, platform, place }, signal);
		if (sources === null) return [words.sources.noAnswer];
		if (sources.length === 0) return [words.sources.none];
		const shown = sourceWordsFor(words, person.timeZone ?? 'UTC');
		return [words.sources.ofLast, { list: sources.map((source) => lineOf(source, shown)) } satisfies ResultPart];
	},
});

function lineOf(source: Source, words: SourceWords): string {
	const about = lineAboutSource(source, words);
	const address = webAddressOf(source.url)?.href;
	return `[${source.position}] ${[source.title, about, address].filter((part) => part !== undefined && part !== '').join(' · ')}`;
}
