/** Walks through HTML of which nothing is known, well-formed or not, in a time that grows with its length alone. */

import { Parser } from 'htmlparser2';

/** An element that has begun; its attributes' names are in small letters, as is its own. */
export interface HtmlElement {
	name: string;
	attributes: Readonly<Record<string, string>>;
	parent: HtmlElement | null;
}

export interface HtmlVisitor {
	/** @returns what is to be done where the element ends. */
	enter(element: HtmlElement): (() => void) | undefined;
	text(text: string): void;
}

/** Far deeper than anything that an editor writes. For each end the parser looks through all elements that are open. */
const mostDepth = 100;

/** Character references come decoded. @returns false when it goes deeper than anything that people write: there it ends. */
export function walkHtml(html: string, { enter, text }: HtmlVisitor): boolean {
	let current: HtmlElement | null = null;
	let isWhole = true;
	const leaving: ((() => void) | undefined)[] = [];
	const parser = new Parser(
		{
			onopentag(name, attributes) {
				current = { name, attributes, parent: current };
				leaving.push(enter(current));
				if (leaving.length <= mostDepth) return;
				isWhole = false;
				parser.pause();
			},
			ontext: text,
			onclosetag() {
				current = current?.parent ?? null;
				leaving.pop()?.();
			},
		},
		{ recognizeSelfClosing: true },
	);
	parser.write(html);
	if (leaving.length <= mostDepth) parser.end();
	while (leaving.length > 0) leaving.pop()?.();
	return isWhole;
}
