/** Reads Discord's Markdown by the patterns of its clients' parser ("simple-markdown"), tried in order at each place. */

import type { Read, Token } from './reading.ts';

interface Rule {
	pattern: RegExp;
	/** Null when it is none after all. */
	read(match: RegExpExecArray, isInLink: boolean): Token[] | null;
}

const rules: readonly Rule[] = [
	{ pattern: /```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```/iy, read: ([, , code = '']) => [{ kind: 'code', text: code }] },
	{ pattern: /(`+)([\s\S]*?[^`])\1(?!`)/y, read: ([, , code = '']) => [{ kind: 'code', text: code }] },
	{ pattern: /\\([^0-9A-Za-z\s])/y, read: ([, character = '']) => [{ kind: 'text', text: character }] },
	{
		pattern: /<@!?\d{15,20}>|<@&\d{15,20}>|<#\d{15,20}>|@everyone|@here|<\/[^\n>:]{1,100}:\d{15,20}>|<id:\w+>/y,
		read: ([ping]) => [{ kind: 'ping', text: ping }],
	},
	{ pattern: /<t:-?\d{1,17}(?::[tTdDfFR])?>|<a?:\w{2,32}:\d{15,20}>/y, read: ([shown]) => [{ kind: 'ping', text: shown }] },
	{ pattern: /<([a-z][a-z0-9+.-]*:\/[^ >]+)>/iy, read: ([, href = '']) => toLink(href, [{ kind: 'text', text: href }]) },
	{
		pattern: /(?:https?|steam|discord):\/\/[^\s<]+[^<.,:;"'\]\s]/y,
		read: ([href], isInLink) => (isInLink ? [{ kind: 'text', text: href }] : toLink(href, [{ kind: 'text', text: href }])),
	},
	{
		pattern:
			/!?\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^()\s]*\)|\((?![^()\s]*\))|[^\s\\()]|\\.){0,2048}?)>?(?:\s+['"]([\s\S]*?)['"])?\s*\)/y,
		read: ([, label = '', href = ''], isInLink) => {
			const address = href.replace(/\\([^0-9A-Za-z\s])/g, '$1');
			// What has no scheme is shown as it was written.
			if (isInLink || !/^[a-z][a-z0-9+.-]*:/i.test(address)) return null;
			return toLink(address, readDiscordText(label, true));
		},
	},
];

function toLink(href: string, label: Token[]): Token[] {
	return [{ kind: 'link', href }, ...label, { kind: 'link-end' }];
}

/** What may begin one of the rules; all else is text. */
const SPECIAL = /[`\\<@![]|(?:https?|steam|discord):\/\//g;

function readDiscordText(text: string, isInLink: boolean): Token[] {
	const tokens: Token[] = [];
	let position = 0;
	while (position < text.length) {
		SPECIAL.lastIndex = position;
		const next = SPECIAL.exec(text)?.index ?? text.length;
		if (next > position) tokens.push({ kind: 'text', text: text.slice(position, next) });
		position = next;
		if (position >= text.length) break;
		const found = readRule(text, position, isInLink);
		tokens.push(...(found?.tokens ?? [{ kind: 'text', text: text.charAt(position) } as const]));
		position += found?.length ?? 1;
	}
	return tokens;
}

function readRule(text: string, position: number, isInLink: boolean): { tokens: Token[]; length: number } | null {
	for (const { pattern, read } of rules) {
		pattern.lastIndex = position;
		const match = pattern.exec(text);
		const tokens = match === null ? null : read(match, isInLink);
		if (match !== null && tokens !== null) return { tokens, length: match[0].length };
	}
	return null;
}

/** Emphasis joins nothing and is not read; the marks of headings, lists and quotes stay text. */
export const readDiscord: Read = (text) => readDiscordText(text, false);
