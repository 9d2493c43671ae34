/** The mark on the bot's messages: that a model wrote them, and which sources they draw on. Pure. */

import { namesAnotherHost } from '#src/markdown/label.ts';
import { dayOfSource, type Source, type SourceList, type SourceWords, webAddressOf } from '#src/platform/source.ts';
import { shortened, shortenedInMiddle } from '#src/text.ts';
import type { Json } from '../json.ts';

/** "Bot messages with AI-generated content" names twenty; it named ten before, and clients that show no more are still about. */
export const mostCitations = 10;
/** The same page: the most characters of a source's name and of its abstract. */
const nameCharacters = 80;
const abstractCharacters = 160;
/** And of a keyword, of which there may be three. */
const keywordCharacters = 28;

/** The one root entity that a message may have: the label, with the sources that `[1]`, `[2]`, … in the text open. */
export function toGeneratedEntity(list: SourceList | undefined): Json {
	const claims = list?.sources.slice(0, mostCitations).map((source) => toClaim(source, list.words)) ?? [];
	return {
		type: 'https://schema.org/Message',
		'@type': 'Message',
		'@context': 'https://schema.org',
		additionalType: ['AIGeneratedContent'],
		...(claims.length === 0 ? {} : { citation: claims }),
	};
}

/** Where it stands and of when it is are its keywords. Where it is in another language, its own words tell what the answer draws on. */
function toClaim(source: Source, words: SourceWords): Json {
	const { position, title, place, url, excerpt, original } = source;
	const address = webAddressOf(url);
	const name = address !== null && namesAnotherHost(title, address.hostname) ? address.hostname : title.trim();
	const keywords = [place ?? '', dayOfSource(source, words)].filter((word) => word !== '');
	const abstract = original === undefined ? excerpt.trim() : words.original(original);
	const appearance = {
		'@type': 'DigitalDocument',
		name: shortenedInMiddle(name, nameCharacters) || String(position),
		...(abstract === '' ? {} : { abstract: shortened(abstract, abstractCharacters) }),
		...(keywords.length === 0 ? {} : { keywords: keywords.map((word) => shortenedInMiddle(word, keywordCharacters)) }),
		...(address === null ? {} : { url: address.href.replaceAll('|', '%7C') }),
	};
	return { '@type': 'Claim', position, appearance };
}
