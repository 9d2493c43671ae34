/** XML of office files as a tree. No entities but the five of XML, no external parts, no recursion. */

import { Parser } from 'htmlparser2';
import { Rejection } from './rejection.ts';

export interface XmlElement {
	/** With its prefix, as `a:t`: producers of office files all use the same. */
	name: string;
	attributes: Readonly<Record<string, string>>;
	children: (XmlElement | string)[];
}

/** Tables in tables of real documents reach some 50. */
const mostDepth = 1_000;
/** Each takes some 200 bytes of memory. */
const mostElements = 2_000_000;

/** @throws Rejection `too-large` when it goes deeper, or has more elements, than documents that people write. */
export function readXml(source: string): XmlElement {
	const root: XmlElement = { name: '', attributes: {}, children: [] };
	const open = [root];
	let elements = 0;
	const parser = new Parser(
		{
			onopentag(name, attributes) {
				elements++;
				if (open.length > mostDepth || elements > mostElements) throw new Rejection('too-large');
				const element: XmlElement = { name, attributes, children: [] };
				open.at(-1)?.children.push(element);
				open.push(element);
			},
			ontext(text) {
				open.at(-1)?.children.push(text);
			},
			onclosetag() {
				open.pop();
			},
		},
		{ xmlMode: true, decodeEntities: true },
	);
	parser.write(source);
	parser.end();
	return root;
}

export function elementsOf(element: XmlElement): XmlElement[] {
	return element.children.filter((child) => typeof child !== 'string');
}

/** All elements below with this name, in their order; what lies within a found one is not searched. */
export function findAll(element: XmlElement, ...names: string[]): XmlElement[] {
	const found: XmlElement[] = [];
	const ahead = elementsOf(element).reverse();
	while (ahead.length > 0) {
		const next = ahead.pop();
		if (next === undefined) break;
		if (names.includes(next.name)) found.push(next);
		else ahead.push(...elementsOf(next).reverse());
	}
	return found;
}

export function findFirst(element: XmlElement, name: string): XmlElement | undefined {
	return findAll(element, name)[0];
}

/** Everything written in it, where `instead` gives text for an element, or null to go into it. */
export function xmlText(element: XmlElement, instead: (element: XmlElement) => string | null = () => null): string {
	let text = '';
	const ahead: (XmlElement | string)[] = [...element.children].reverse();
	while (ahead.length > 0) {
		const next = ahead.pop();
		if (next === undefined) break;
		const written = typeof next === 'string' ? next : instead(next);
		if (written !== null) text += written;
		else if (typeof next !== 'string') ahead.push(...[...next.children].reverse());
	}
	return text;
}
