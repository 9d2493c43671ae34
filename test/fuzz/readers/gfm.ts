/** Reads GitHub Flavored Markdown by micromark: tables, bare addresses and strikethrough beside CommonMark. Slow, so for final texts. */

import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Read, Token } from './reading.ts';

export interface GfmOptions {
	/** False for platforms that show tags as text. */
	html: boolean;
}

export function createGfmReader({ html }: GfmOptions): Read {
	const extensions = [gfm(), ...(html ? [] : [{ disable: { null: ['htmlFlow', 'htmlText'] } }])];
	const options = { extensions, htmlExtensions: [gfmHtml()], allowDangerousProtocol: true };
	return (text) => readHtml(micromark(text, options));
}

const TAG = /<(\/?)([a-z][a-z0-9]*)([^>]*)>/g;
const inlineTags = new Set(['em', 'strong', 'del', 'sup', 'input', 'br']);

/** The compiler writes well-formed HTML in which everything of the text is escaped, so that each tag is one that it made. */
function readHtml(html: string): Token[] {
	const tokens: Token[] = [];
	let position = 0;
	let isCode = false;
	for (const { 0: tag, 1: slash, 2: name = '', 3: attributes = '', index } of html.matchAll(TAG)) {
		const text = decode(html.slice(position, index));
		position = index + tag.length;
		if (text !== '') tokens.push({ kind: isCode ? 'code' : 'text', text });
		if (name === 'code') isCode = slash === '';
		else if (!inlineTags.has(name)) tokens.push(readTag(name, attributes, slash === ''));
	}
	if (position < html.length) tokens.push({ kind: 'text', text: decode(html.slice(position)) });
	return tokens;
}

function readTag(name: string, attributes: string, isOpening: boolean): Token {
	if (name === 'img') return { kind: 'image', href: attribute(attributes, 'src') };
	if (name !== 'a') return { kind: 'border' };
	return isOpening ? { kind: 'link', href: attribute(attributes, 'href') } : { kind: 'link-end' };
}

function attribute(attributes: string, name: string): string {
	return decode(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
}

const characters: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

function decode(text: string): string {
	return text.replace(/&(?:lt|gt|quot|amp);/g, (reference) => characters[reference] ?? reference);
}
