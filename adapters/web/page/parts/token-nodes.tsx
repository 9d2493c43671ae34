/** Tokens of markdown-it as Preact nodes, by a list of what may appear. No HTML is parsed or inserted: what is not on the list is its text. */

import type { Token } from 'markdown-it';
import { type ComponentChildren, Fragment, h } from 'preact';

/** How the parts of a text are shown. */
export interface TokenMakers {
	/** Elements that may appear, by the tag that the parser names. */
	elements: Readonly<Record<string, string>>;
	/** What an element is given beside its children. */
	attributes?(element: string, token: Token, children: ComponentChildren): Readonly<Record<string, string>>;
	/** `address` may be anything. Images are links too: nobody's browser is made to fetch something. */
	link(address: string, children: ComponentChildren): ComponentChildren;
	code(language: string, text: string): ComponentChildren;
	/** Plain text; absent where it stays as it is. */
	text?(text: string): ComponentChildren;
	inlineCode(text: string): ComponentChildren;
	table(table: ComponentChildren): ComponentChildren;
	/** Of tokens that the parser was taught; null for those that it has by itself. */
	taught?(token: Token): ComponentChildren;
}

export function nodesOf(tokens: readonly Token[], makers: TokenMakers): ComponentChildren[] {
	const root: ComponentChildren[] = [];
	const open: { token: Token; children: ComponentChildren[] }[] = [];
	const add = (node: ComponentChildren) => (open.at(-1)?.children ?? root).push(node);
	for (const token of tokens) {
		if (token.nesting === 1) {
			open.push({ token, children: [] });
		} else if (token.nesting === -1) {
			const closed = open.pop();
			if (closed !== undefined) add(elementOf(closed.token, closed.children, makers));
		} else {
			add(makers.taught?.(token) ?? leafOf(token, makers));
		}
	}
	return root;
}

function elementOf(token: Token, children: ComponentChildren[], { elements, attributes, link, table }: TokenMakers): ComponentChildren {
	if (token.tag === 'a') return link(String(token.attrGet('href') ?? ''), children);
	const name = elements[token.tag];
	if (token.hidden || name === undefined) return <Fragment>{children}</Fragment>;
	const start = token.attrGet('start');
	const node = h(name, { ...attributes?.(name, token, children), ...(start === null ? {} : { start: Number(start) }) }, children);
	return name === 'table' ? table(node) : node;
}

function leafOf(token: Token, makers: TokenMakers): ComponentChildren {
	switch (token.type) {
		case 'inline':
			return nodesOf(token.children ?? [], makers);
		case 'softbreak':
		case 'hardbreak':
			return <br />;
		case 'code_inline':
			return makers.inlineCode(token.content);
		case 'fence':
		case 'code_block':
			// Its last line break is that of the fence.
			return makers.code(token.info.trim().split(/\s/)[0] ?? '', token.content.replace(/\n$/, ''));
		case 'hr':
			return <hr />;
		case 'image': {
			const address = String(token.attrGet('src') ?? '');
			return makers.link(address, token.content || address);
		}
		case 'text':
			return makers.text?.(token.content) ?? token.content;
		default:
			return token.content;
	}
}
