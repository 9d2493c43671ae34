/** Draws formulas: TeX is read by temml, and what comes of it is looked through before it is shown. */

import temml from 'temml';

/** Of MathML Core, what shows something and does nothing. */
const elements: ReadonlySet<string> = new Set([
	...['math', 'mrow', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mstyle', 'mpadded', 'mphantom', 'merror'],
	...['mfrac', 'msqrt', 'mroot', 'msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'none'],
	...['mtable', 'mtr', 'mtd', 'menclose'],
]);
const namespace = 'http://www.w3.org/1998/Math/MathML';
/** Addresses and what is run. */
const forbidden = /^(?:on|xlink|href|src|id$|name$)/i;

/** In lengths of a letter: wider and higher than any formula that somebody reads. */
const mostSize: [number, number] = [30, 60];
const mostExpanded = 300;

/** @returns null for what cannot be read, or would be more than a formula. */
export function drawFormula(tex: string, isApart: boolean): Element | null {
	const frame = document.createElement('span');
	try {
		temml.render(tex, frame, { displayMode: isApart, throwOnError: true, trust: false, maxSize: mostSize, maxExpand: mostExpanded });
	} catch {
		return null;
	}
	const [math] = frame.children;
	return math !== undefined && [math, ...math.querySelectorAll('*')].every(isHarmless) ? math : null;
}

function isHarmless(element: Element): boolean {
	const isKnown = element.namespaceURI === namespace && elements.has(element.localName);
	return isKnown && element.getAttributeNames().every((name) => !forbidden.test(name));
}
