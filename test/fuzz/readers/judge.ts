/** Judges a reading: images, links that lie or lead nowhere good, pings. */

import type { Finding } from './finding.ts';
import { hostOf, hostsNamedBy, isSameHost } from './hosts.ts';
import type { Token } from './reading.ts';

export interface Rules {
	/** What would ping, as text that the reader saw. */
	pings: RegExp | null;
	/** Whether tags do something there. */
	readsHtml: boolean;
}

const allowed = /^(?:https?|mailto):/i;

export function judge(tokens: readonly Token[], where: string, rules: Rules): Finding[] {
	const findings: Finding[] = [];
	const add = (kind: Finding['kind'], what: string) => void findings.push({ kind, where, what });
	tokens.forEach((token, index) => {
		if (token.kind === 'image') add('image', token.href);
		else if (token.kind === 'html' && rules.readsHtml) add('html', token.text);
		else if (token.kind === 'ping') add('ping', token.text);
		else if (token.kind === 'link') findings.push(...judgeLink(tokens, index, token.href, where));
	});
	if (rules.pings !== null) {
		for (const stretch of textsOf(tokens)) {
			const ping = rules.pings.exec(stretch);
			if (ping !== null) add('ping', ping[0]);
		}
	}
	return findings;
}

function judgeLink(tokens: readonly Token[], index: number, href: string, where: string): Finding[] {
	const address = href.trim();
	if (!allowed.test(address)) return [{ kind: 'scheme', where, what: href }];
	const host = hostOf(address);
	const end = tokens.findIndex((token, at) => at > index && token.kind === 'link-end');
	const label = joined(tokens.slice(index + 1, end < 0 ? undefined : end));
	// An address that stands there in full hides nothing; one that cannot be read leads nowhere.
	if (host === null || showsAddress(label, address)) return [];
	const foreign = hostsNamedBy(label).filter((named) => !isSameHost(named, host));
	if (foreign.length === 0 || (end >= 0 && followingText(tokens, end + 1).startsWith(` (${host})`))) return [];
	return [{ kind: 'foreign-label', where, what: `${label} -> ${href}` }];
}

function showsAddress(label: string, address: string): boolean {
	const plain = (text: string) => decodePercent(text).replace(/^(?:mailto:|https?:\/\/(?=www\.))/i, '');
	return plain(label) === plain(address);
}

/** As far as it can be decoded: readers encode what they find in an address. */
function decodePercent(text: string): string {
	return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
		try {
			return decodeURIComponent(encoded);
		} catch {
			return encoded;
		}
	});
}

function joined(tokens: readonly Token[]): string {
	return tokens.map((token) => (token.kind === 'text' || token.kind === 'code' ? token.text : '')).join('');
}

/** The words right behind a link, as far as they stand in the same paragraph; the longest host has 253 characters. */
function followingText(tokens: readonly Token[], from: number): string {
	let text = '';
	for (let at = from; at < tokens.length && text.length < 300; at++) {
		const token = tokens[at];
		if (token?.kind === 'link' || token?.kind === 'link-end') continue;
		if (token?.kind !== 'text') break;
		text += token.text;
	}
	return text;
}

/** The stretches of text that nothing interrupts but emphasis and the borders of links. */
function textsOf(tokens: readonly Token[]): string[] {
	const stretches: string[] = [];
	let stretch = '';
	for (const token of [...tokens, { kind: 'border' } as const]) {
		if (token.kind === 'text') stretch += token.text;
		else if (token.kind !== 'link' && token.kind !== 'link-end') {
			if (stretch !== '') stretches.push(stretch);
			stretch = '';
		}
	}
	return stretches;
}
