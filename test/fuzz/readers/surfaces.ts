/** Which readers stand for each surface of a platform, and what they must not find there. */

import type { Surface, SurfaceKind } from '../sent/surface.ts';
import { createCommonmarkReader } from './commonmark.ts';
import { readDiscord } from './discord.ts';
import type { Finding } from './finding.ts';
import { createGfmReader } from './gfm.ts';
import { judge, type Rules } from './judge.ts';
import { createLooseReader } from './loose.ts';
import { readMrkdwn } from './mrkdwn.ts';
import type { Read, Token } from './reading.ts';

interface NamedReader {
	name: string;
	read: Read;
	rules: Rules;
	/** Slow ones look at final texts only. */
	isSlow?: boolean;
	/** What a text must have for this reader to see anything that the reader before it does not. */
	differsAt?: RegExp;
}

/** Slack's commands and mentions in what a reader saw, escapes and entities decoded. */
const slackPings = /<(?:!(?:here|channel|everyone|subteam\^)|@[UW][A-Z0-9]+|#C[A-Z0-9]+)/i;
/** Slack's commands wherever they stand, code included. */
const slackCommands = /<(?:!(?:here|channel|everyone|subteam\^)|@[UW][A-Z0-9]+[|>])/i;
/** The tag of a mention wherever it stands, code included. */
const teamsTags = /<\/?at\b/i;

const markdown = createCommonmarkReader({ html: false, code: true });
const markdownWithHtml = createCommonmarkReader({ html: true, code: true });
const markdownWithoutCode = createCommonmarkReader({ html: false, code: false });
const loose = createLooseReader(true);
const looseWithoutCode = createLooseReader(false);
const gfm = createGfmReader({ html: false });
const gfmWithHtml = createGfmReader({ html: true });

/** Where HTML may begin. */
const tags = /<[a-z/!?]/i;
/** Where GitHub's Markdown sees other links than CommonMark: the cells of tables, footnotes. Its bare addresses hide nothing. */
const extensions = /\|[^\n]*\n[ \t>|:-]*-|\[\^/;
const slackRules: Rules = { pings: slackPings, readsHtml: false };
const noPings: Rules = { pings: null, readsHtml: false };

const readers: Record<SurfaceKind, readonly NamedReader[]> = {
	'slack-markdown': [
		{ name: 'commonmark', read: markdown, rules: slackRules },
		{ name: 'commonmark with html', read: markdownWithHtml, rules: slackRules, differsAt: tags },
		{ name: 'gfm', read: gfm, rules: slackRules, isSlow: true, differsAt: extensions },
	],
	'slack-mrkdwn': [{ name: 'mrkdwn', read: readMrkdwn, rules: noPings }],
	'teams-text': [
		{ name: 'commonmark with html', read: markdownWithHtml, rules: { pings: null, readsHtml: true } },
		{ name: 'commonmark', read: markdown, rules: noPings, differsAt: tags },
		{ name: 'gfm', read: gfmWithHtml, rules: noPings, isSlow: true, differsAt: extensions },
	],
	'card-text': [
		{ name: 'commonmark', read: markdown, rules: noPings },
		{ name: 'commonmark without code', read: markdownWithoutCode, rules: noPings, differsAt: /`|~~~|^(?: {4}|\t)/m },
		{ name: 'commonmark with html', read: markdownWithHtml, rules: noPings, differsAt: tags },
		{ name: 'loose', read: loose, rules: noPings },
		{ name: 'loose without code', read: looseWithoutCode, rules: noPings, differsAt: /`/ },
	],
	'discord-content': [
		{ name: 'discord', read: readDiscord, rules: noPings },
		{ name: 'commonmark', read: markdown, rules: noPings },
	],
	plain: [],
	address: [],
};

/** Everything wrong with one surface. `isFinal`: whether the slow readers look too. */
export function readSurface({ kind, text }: Surface, isFinal: boolean): Finding[] {
	const needed = neededFor(kind, text, isFinal);
	const findings = needed.flatMap(({ name, read, rules }) => judge(read(text), `${kind}, ${name}`, rules));
	return [...findings, ...readRaw(kind, text)];
}

/** What each reader makes of it. */
export function readingsOf({ kind, text }: Surface): Token[][] {
	return neededFor(kind, text, true).map(({ read }) => read(text));
}

function neededFor(kind: SurfaceKind, text: string, isFinal: boolean): NamedReader[] {
	return readers[kind].filter(({ isSlow = false, differsAt }) => (isFinal || !isSlow) && (differsAt?.test(text) ?? true));
}

function readRaw(kind: SurfaceKind, text: string): Finding[] {
	const find = (pattern: RegExp, where: string): Finding[] => {
		const found = pattern.exec(text);
		return found === null ? [] : [{ kind: 'ping', where: `${kind}, ${where}`, what: found[0] }];
	};
	switch (kind) {
		case 'slack-markdown':
			return find(slackCommands, 'as sent');
		case 'teams-text':
			return find(teamsTags, 'as sent');
		case 'address':
			return /^https?:\/\//i.test(text) ? [] : [{ kind: 'scheme', where: kind, what: text }];
		default:
			return [];
	}
}
