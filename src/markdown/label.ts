/** Judges whether a link's label tells the truth about where the link leads. */

import { fileEndings } from './file-endings.ts';
import { toHost } from './link.ts';
import { unescapeMarkdown } from './parser.ts';

/** Longest stretch that one host name is looked for in: what the Domain Name System takes, and a scheme with a user name. */
const nameCharacters = 300;

/** Emphasis and code. */
const MARKS = /[*_~`]/g;
/** What is not seen, and what looks like the characters of an address ("Unicode Security Mechanisms", UTS 39). */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
const DOTS = /[\u3002\uFF0E\uFF61\u2024\u0701\u0702\u06D4\uA4F8\u05C5\u00B7\u2027\u22C5\u30FB]|[[({]\s*(?:\.|dot|punto)\s*[\])}]/giu;
const SLASHES = /[\u2044\u2215\u29F8\u2571\u27CB\uFE68\uFF0F\uFF3C]/g;
const COLONS = /[\uFF1A\uA789\u2236\u02D0]/g;
const TAG = /<\/?[a-z][a-z0-9-]*[ \t]*\/?>/gi;

/** A top-level domain has letters only, or is written in its ASCII form ("Internationalized Domain Names", RFC 5890). */
const TOP_LEVEL = /^(?:xn--[a-z0-9-]+|[\p{L}\p{M}]{2,})$/iu;

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/+(?<authority>[^/?#]*)|\/{2,}(?<host>[^/?#]*\.[^/?#]+))/i;
/** Two words or more with dots between them. */
const NAMES = /[\p{L}\p{N}\p{M}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)*\.[\p{L}\p{N}\p{M}_-]*[\p{L}\p{N}\p{M}]/gu;
/** No top-level domain has one letter: what stands before is read as the name. */
const LONE_ENDINGS = /(?<=\..+)(?:\.\p{L})+$/u;
const IP_ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;

const readings = [
	{ gap: '', bar: '', slash: '' },
	{ gap: '', bar: ' ', slash: '/' },
	{ gap: ' ', bar: ' ', slash: '/' },
];

/** Whether a label contains something that reads like a host or an address, of another host than `host`. */
export function namesAnotherHost(label: string, host: string): boolean {
	const plain = unescapeMarkdown(label).normalize('NFKC').replace(UNSEEN, '').replace(DOTS, '.').replace(COLONS, ':');
	// Marks, tags, bars and backslashes are not seen, or they are, and stand between two words.
	return readings.some(({ gap, bar, slash }) => {
		const shown = plain.replace(TAG, gap).replaceAll('|', bar).replace(MARKS, gap).replaceAll('\\', slash).replace(SLASHES, '/');
		return readsLikeAnother(shown, withoutWww(host));
	});
}

function readsLikeAnother(shown: string, host: string): boolean {
	return shown.split(/[\s<>()[\]{}"'“”‘’«»,;]+/).some((word) => wordNamesAnother(word, host));
}

/** Behind the right host comes its path, which may be called as it likes. */
function wordNamesAnother(word: string, host: string): boolean {
	if (!word.includes('.') && !word.includes('/')) return false;
	const address = word.slice(0, nameCharacters);
	const { authority, host: bare } = ADDRESS.exec(address)?.groups ?? {};
	const named = authority || bare || '';
	if (named !== '') return withoutWww(toHost(named.replace(/^.*@|:\d*$|[.:!…]*$/g, ''))) !== host;
	for (const { 0: whole, index } of address.matchAll(NAMES)) {
		const name = whole.replace(LONE_ENDINGS, '');
		const rest = address.slice(index + name.length);
		if (!isHost(name, rest)) continue;
		if (withoutWww(toHost(name)) !== host) return true;
		if (/^[/?#:]/.test(rest)) return false;
	}
	return false;
}

/**
 * What has the form of a host counts as one, but for files and code (`notes.txt`, `Promise.all`): a name that is taken for one by mistake costs
 * a note behind the link, and no more.
 */
function isHost(name: string, rest: string): boolean {
	if (IP_ADDRESS.test(name) || /^www\./i.test(name) || /^(?::\d+)?[/?#]/.test(rest)) return true;
	const ending = name.slice(name.lastIndexOf('.') + 1);
	return TOP_LEVEL.test(ending) && !fileEndings.has(ending.toLowerCase());
}

function withoutWww(host: string): string {
	return host.replace(/^www\./, '');
}
