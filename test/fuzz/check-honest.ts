/** Whether ordinary text arrives as it was written: to the byte where the platform reads Markdown, word by word where it has a dialect. */

import { createCommonmarkReader } from './readers/commonmark.ts';
import type { Finding } from './readers/finding.ts';
import type { PlatformName } from './sent/platform.ts';
import type { Surface } from './sent/surface.ts';

const markdown = createCommonmarkReader({ html: false, code: true });

/** @param text What the model wrote, by the grammar of `makeHonestText`. @param shown What the last message shows. */
export function checkHonest(platform: PlatformName, text: string, shown: readonly Surface[]): Finding[] {
	const sent = shown.filter(({ kind }) => /^(?:slack-markdown|teams-text|discord-content)$/.test(kind)).map((surface) => surface.text);
	const isSame = platform === 'slack' ? sent.join('') === text : wordsOf(sent.join('\n\n')) === wordsOf(text);
	return isSame ? [] : [{ kind: 'text-changed', where: platform, what: JSON.stringify([text, ...sent]) }];
}

/** Letters and digits of text and code, in order. */
function wordsOf(text: string): string {
	return (
		markdown(text)
			.map((token) => (token.kind === 'text' || token.kind === 'code' ? token.text : ' '))
			.join('')
			.replace(/https?:\/\/|mailto:/g, ' ')
			.match(/[\p{L}\p{N}]+/gu)
			?.join(' ') ?? ''
	);
}
