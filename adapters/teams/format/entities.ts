/** The mark on the bot's messages: that a model wrote them, and which sources they draw on. Pure. */

import { namesAnotherHost } from '#src/markdown/label.ts';
import type { Source } from '#src/platform/chat-platform.ts';
import { shortened } from '#src/text.ts';
import type { Json } from '../json.ts';

/** "Bot messages with AI-generated content" names twenty; it named ten before, and clients that show no more are still about. */
const maxCitations = 10;
/** The same page: the most characters of a source's name and of its abstract. */
const nameCharacters = 80;
const abstractCharacters = 160;

/** The one root entity that a message may have: the label, with the sources that `[1]`, `[2]`, … in the text open. */
export function toGeneratedEntity(sources: readonly Source[]): Json {
	return {
		type: 'https://schema.org/Message',
		'@type': 'Message',
		'@context': 'https://schema.org',
		additionalType: ['AIGeneratedContent'],
		...(sources.length === 0 ? {} : { citation: sources.slice(0, maxCitations).map(toClaim) }),
	};
}

function toClaim({ position, title, url, excerpt }: Source): Json {
	const address = readWebAddress(url);
	const host = address === null ? '' : new URL(address).hostname;
	const name = address !== null && namesAnotherHost(title, host) ? host : title.trim();
	const appearance = {
		'@type': 'DigitalDocument',
		name: shortened(name, nameCharacters) || String(position),
		...(excerpt.trim() === '' ? {} : { abstract: shortened(excerpt.trim(), abstractCharacters) }),
		...(address === null ? {} : { url: address }),
	};
	return { '@type': 'Claim', position, appearance };
}

/** Null for what is no address of the web. */
function readWebAddress(url: string | null): string | null {
	const address = url !== null && URL.canParse(url) ? new URL(url) : null;
	return address !== null && /^https?:$/.test(address.protocol) ? address.href.replaceAll('|', '%7C') : null;
}
