/** Whether code arrives as the model wrote it, byte for byte, but for what would ping from within code or end it. */

import { createCommonmarkReader } from './readers/commonmark.ts';
import { readDiscord } from './readers/discord.ts';
import type { Finding } from './readers/finding.ts';
import type { Read } from './readers/reading.ts';
import type { PlatformName } from './sent/platform.ts';
import type { Surface, SurfaceKind } from './sent/surface.ts';

const markdown = createCommonmarkReader({ html: false, code: true });

const readers: Partial<Record<SurfaceKind, Read>> = {
	'slack-markdown': markdown,
	'teams-text': markdown,
	'card-text': markdown,
	'discord-content': readDiscord,
};

/** Where a zero-width space may stand in code, and nowhere else: behind what the first part matches. */
const breaks: Record<PlatformName, RegExp> = {
	slack: /(<)\u200b(?=!(?:channel|here|everyone|subteam\^)|@[UW][A-Z0-9]+[|>])/gi,
	teams: /(<)\u200b(?=\/?at\b)/gi,
	// A row of three backticks would end the fence.
	discord: /(``)\u200b(?=`)/g,
};

/** @param shown What the last message shows. @param text What the model wrote, by the grammar of `makeCodeText`. */
export function checkCode(platform: PlatformName, text: string, shown: readonly Surface[]): Finding[] {
	const expected = codesOf(markdown, text);
	const actual = shown.flatMap(({ kind, text: sent, isCode }) => (isCode === true ? [sent] : codesOf(readers[kind] ?? (() => []), sent)));
	const plain = actual.map((code, index) => (code === expected[index] ? code : withoutBreaks(code, platform)));
	if (JSON.stringify(plain) === JSON.stringify(expected)) return [];
	const at = plain.findIndex((code, index) => code !== expected[index]);
	return [{ kind: 'code-changed', where: platform, what: JSON.stringify([expected[at] ?? expected, plain[at] ?? plain]) }];
}

function codesOf(read: Read, text: string): string[] {
	return read(text).flatMap((token) => (token.kind === 'code' ? [token.text] : []));
}

function withoutBreaks(code: string, platform: PlatformName): string {
	// Breaks that the pattern's own match takes away can bare another one.
	let before = '';
	let after = code;
	while (after !== before) {
		before = after;
		after = before.replace(breaks[platform], '$1');
	}
	return after;
}
