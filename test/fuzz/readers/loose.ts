/** Reads links and images as a client would that knows a pattern and no grammar: whatever looks like one is one. */

import type { Read, Token } from './reading.ts';

const LINK =
	/(!?)\[((?:\\.|[^[\]\\\n]){0,500})\]\(\s{0,3}(<[^<>\n]{0,2048}>|(?:\\.|\([^()\s]*\)|[^\s()<>\\]){1,2048})(?:\s+["'(][^\n]{0,500}?["')])?\s{0,3}\)/g;
/** A colon in whatever spelling: whether there is one decides what an address is. */
const COLON = /&(?:colon|#0*58|#x0*3a);/gi;
const CODE = /(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g;

/** @param knowsCode Whether what stands in backticks is taken out first. */
export function createLooseReader(knowsCode: boolean): Read {
	return (text) => {
		const tokens: Token[] = [];
		let position = 0;
		const readLinks = (stretch: string) => {
			let from = 0;
			for (const { 0: link, 1: mark, 2: label = '', 3: address = '', index } of stretch.matchAll(LINK)) {
				if (isEscaped(stretch, index)) continue;
				tokens.push({ kind: 'text', text: stretch.slice(from, index) });
				from = index + link.length;
				const href = address.replace(/^<|>$/g, '');
				if (mark === '!') tokens.push({ kind: 'image', href });
				else tokens.push({ kind: 'link', href: withoutEscapes(href) }, { kind: 'text', text: withoutEscapes(label) }, { kind: 'link-end' });
			}
			tokens.push({ kind: 'text', text: stretch.slice(from) });
		};
		if (knowsCode) {
			for (const { 0: span, 2: code = '', index } of text.matchAll(CODE)) {
				readLinks(text.slice(position, index));
				tokens.push({ kind: 'code', text: code });
				position = index + span.length;
			}
		}
		readLinks(text.slice(position));
		return tokens;
	};
}

function isEscaped(text: string, index: number): boolean {
	const before = /\\*$/.exec(text.slice(0, index))?.[0].length ?? 0;
	return before % 2 === 1;
}

function withoutEscapes(text: string): string {
	return text.replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(COLON, ':');
}
