/** Reads Slack's own text form as "Formatting message text" has it: angle brackets mean something, and three entities are decoded. */

import type { Read, Token } from './reading.ts';

const TOKEN = /<([^<>\n]+)>/g;

/** `<@U1>`, `<!here>`, `<#C1>`, `<url>`, `<url|label>`. */
export const readMrkdwn: Read = (text) => {
	const tokens: Token[] = [];
	let position = 0;
	for (const { 0: whole, 1: content = '', index } of text.matchAll(TOKEN)) {
		tokens.push({ kind: 'text', text: decode(text.slice(position, index)) });
		position = index + whole.length;
		if (/^[@!#]/.test(content)) tokens.push({ kind: 'ping', text: whole });
		else {
			const [target = '', ...label] = content.split('|');
			const shown = label.length === 0 ? target : label.join('|');
			tokens.push({ kind: 'link', href: decode(target) }, { kind: 'text', text: decode(shown) }, { kind: 'link-end' });
		}
	}
	tokens.push({ kind: 'text', text: decode(text.slice(position)) });
	return tokens;
};

function decode(text: string): string {
	return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
