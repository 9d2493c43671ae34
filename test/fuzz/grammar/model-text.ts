/** What is rewritten before a text is cut into blocks, put into hostile text: formulas, fences in fences, tags for breaks, names of code. */

import type { Random } from '../random.ts';
import { inline } from './constructs.ts';
import type { Make } from './pieces.ts';

const delimiters = [
	['\\(', '\\)'],
	['\\[', '\\]'],
	['$$', '$$'],
	['\n\\[\n', '\n\\]\n'],
	['\n> $$\n> ', '\n> $$\n'],
] as const;
const commands = ['x^2 = ', '\\bar{x} ', '\\frac{a}{', '\\text{', '\\begin{aligned} a &= b \\\\ ', '\\lambda_{', ''];
const spellings = ['<br>', '<br/>', '<br', '__init__', '__name__(', '__x__', 'a.__b__'];

const formula: Make = (random) => {
	const [opening, closing] = random.pick(delimiters);
	return `${opening}${random.pick(commands)}${inline(random)}${random.pick(['', '}', '\\end{aligned}'])}${random.pick([closing, closing, ''])}`;
};
const nestedFence: Make = (random) => {
	const [outer, inner] = [random.pick(['```', '~~~', '````']), random.pick(['```', '~~~', '````'])];
	return `\n${random.pick(['', '> ', '- '])}${outer}${random.pick(['md', 'markdown', ''])}\n${inline(random)}\n${inner}js\n${inline(random)}\n${inner}\n${outer}\n`;
};

/** The text with one to three of them in it, wherever. */
export function withModelText(text: string, random: Random): string {
	let result = text;
	for (let count = 1 + random.below(3); count > 0; count--) {
		const at = random.below(result.length + 1);
		const piece = random.chance(0.6) ? formula(random) : random.chance(0.5) ? nestedFence(random) : random.pick(spellings);
		result = result.slice(0, at) + piece + result.slice(at);
	}
	return result;
}
