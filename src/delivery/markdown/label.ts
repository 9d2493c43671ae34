/** Judges whether a link's label tells the truth about where the link leads. */

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

/**
 * What a bare name must end in to read like a host: a country's code or one of the common names. `Promise.all` and `notes.txt`
 * are no hosts; two-letter endings that are files far more often (`Node.js`, `README.md`) are not taken for one either.
 */
const HOST_ENDING =
	/\.(?!(?:js|ts|md|py|rs|rb|sh|go|cs|pl|kt|gz|so|db|ps|vb)$)(?:[a-z]{2}|xn--[a-z0-9-]+|[^.]*\P{ASCII}[^.]*|com|org|net|edu|gov|mil|int|info|biz|name|pro|mobi|app|dev|page|cloud|tech|online|site|store|shop|xyz|bank|blog|news|live|link|click|top|club|work|world|space|website|support|help|team|group|company|finance|money|email|google|microsoft|slack|cat|eus|gal|arpa|aero|coop|jobs|museum|travel|tel|asia|post|example|test|invalid|localhost|local|internal|intranet|corp|lan|home|onion|academy|agency|art|bar|best|bet|bid|bond|build|business|buzz|cam|care|cash|casa|center|chat|city|codes|coach|community|computer|consulting|credit|date|deals|delivery|design|digital|direct|directory|doctor|domains|download|education|energy|engineering|events|exchange|expert|express|family|fans|farm|film|fit|football|foundation|fun|fund|fyi|gallery|game|games|gift|global|gold|gratis|guide|guru|health|homes|host|hosting|house|icu|inc|institute|insurance|investments|land|law|legal|life|limited|llc|loan|loans|lol|london|love|ltd|madrid|market|marketing|media|men|moe|monster|network|ninja|one|ooo|party|pay|photo|photos|pics|pizza|plus|porn|press|productions|promo|pub|quest|racing|realty|review|reviews|rip|rocks|run|sale|school|science|security|services|sex|social|software|solar|solutions|stream|studio|study|style|supply|surf|systems|tax|taxi|technology|tienda|tips|today|tools|town|trade|trading|training|tube|university|vacations|ventures|vet|video|vin|vip|vote|wang|watch|webcam|wiki|win|wtf|yoga|zone|barcelona|berlin|paris|nyc|amazon|apple|aws|bbva|santander|paypal|visa|gmail|office|windows|azure|skype|zip)$/iu;

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/+(?<authority>[^/?#]*)|\/{2,}(?<host>[^/?#]*\.[^/?#]+))/i;
const NAMES = /[\p{L}\p{N}\p{M}]+(?:-+[\p{L}\p{N}\p{M}]+)*(?:\.[\p{L}\p{N}\p{M}]+(?:-+[\p{L}\p{N}\p{M}]+)*)+/gu;
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
	for (const { 0: name, index } of address.matchAll(NAMES)) {
		const rest = address.slice(index + name.length);
		if (!isHost(name, rest)) continue;
		if (withoutWww(toHost(name)) !== host) return true;
		if (/^[/?#:]/.test(rest)) return false;
	}
	return false;
}

function isHost(name: string, rest: string): boolean {
	return IP_ADDRESS.test(name) || /^www\./i.test(name) || /^(?::\d+)?[/?#]/.test(rest) || HOST_ENDING.test(name);
}

function withoutWww(host: string): string {
	return host.replace(/^www\./, '');
}
