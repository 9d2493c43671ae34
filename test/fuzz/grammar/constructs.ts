/** Whole constructs of Markdown, well formed and nearly so: links in all their forms, images, code, blocks. */

import type { Random } from '../random.ts';
import { address, blank, entity, escaped, goodName, joint, type Make, mark, mention, odd, tag, target, ticks, word } from './pieces.ts';

const titles: readonly string[] = ['', '', '', '', ' "t"', " 't'", ' (t)', ' "<!here>"', ' "good.com', ' "](https://evil.example)"', ' t'];

const label: Make = (random) => {
	const choice = random.next();
	if (choice < 0.4) return goodName(random);
	if (choice < 0.6) return word(random);
	if (choice < 0.7) return `${word(random)} ${goodName(random)}`;
	if (choice < 0.8) return random.pick(['', ' ', '\u200b', '**', '``', '[', '\\]', '[x]', '![](y)']);
	return inline(random);
};

const destination: Make = (random) => {
	const choice = random.next();
	if (choice < 0.6) return target(random);
	if (choice < 0.85) return `<${target(random)}>`;
	return `<${target(random)}>${random.pick(['x', ' x', '\u200b', ')', '"', '<', '>'])}`;
};

const link: Make = (random) => {
	const padding = random.pick(['', '', '', '', ' ', '\n', '\t', '\n> ']);
	return `[${label(random)}](${padding}${destination(random)}${random.pick(titles)}${random.pick(['', '', '', ' ', '\n'])})`;
};
const image: Make = (random) => random.pick(['!', '!', '!', '!!', '\\!', '!\u200b', '![', '！', '&excl;']) + link(random);
const reference: Make = (random) => `[${label(random)}]${random.pick(['[1]', '[]', '', '[x]', ' [1]', '[good.com]'])}`;
const definition: Make = (random) =>
	`${random.pick(['\n', '\n\n', '> ', '- ', '   ', '', '\n\t'])}[${random.pick(['1', 'x', 'good.com', 'g\\]', '^1'])}]:${random.pick([' ', '', '\n', '\n  '])}${destination(random)}${random.pick(titles)}\n`;
const autolink: Make = (random) =>
	`<${random.chance(0.8) ? address(random) : random.pick(['me@evil.example', 'a@b', 'x:y', 'https:', ' https://evil.example'])}>`;
const bareAddress: Make = (random) => random.pick(['', 'www.', ' ', '\\', '(']) + address(random);
const nestedLink: Make = (random) => `[${link(random)}](${destination(random)})`;
const codeSpan: Make = (random) => {
	const marker = ticks(random);
	return marker + inline(random) + (random.chance(0.75) ? marker : ticks(random));
};

const makers: readonly Make[] = [
	link,
	link,
	link,
	link,
	image,
	image,
	reference,
	autolink,
	autolink,
	bareAddress,
	nestedLink,
	codeSpan,
	codeSpan,
	joint,
	joint,
	joint,
	mention,
	mention,
	mention,
	tag,
	entity,
	entity,
	escaped,
	odd,
	mark,
	mark,
	word,
	word,
	blank,
	blank,
	ticks,
	goodName,
];

/** Some inline construct. Nesting ends by chance, soon. */
export const inline: Make = (random) => random.pick(makers)(random);

const fence: Make = (random) => {
	const marker = random.pick(['```', '```', '````', '~~~', '~~~~', '``', '`````']);
	const indent = random.pick(['', '', '', ' ', '   ', '    ', '\t', '> ', '- ']);
	const body = lines(random, 2);
	const end = random.pick([marker, marker, marker, '```', '~~~', '', `${marker} x`, `    ${marker}`]);
	return `\n${indent}${marker}${random.pick(['', 'js', ' html', 'a`b', ' x y', '<!here>', '[a](b)'])}\n${indent === '- ' ? '  ' : indent}${body}\n${end}\n`;
};
const table: Make = (random) => {
	const row = () =>
		`${random.pick(['|', '', '| '])}${inline(random)}|${inline(random)}${random.pick(['|', '', ' |'])}`.replaceAll('\n', ' ');
	return `\n${row()}\n${random.pick(['|---|---|', '---|---', '|:-|-:|', '|--|', '- | -'])}\n${row()}\n${random.chance(0.4) ? `${row()}\n` : ''}`;
};
const heading: Make = (random) =>
	random.pick([
		`\n${'#'.repeat(1 + random.below(7))} ${lines(random, 1)}\n`,
		`\n${lines(random, 1)}\n${random.pick(['===', '---', '-', '= ='])}\n`,
	]);
const list: Make = (random) =>
	`\n${random.pick(['-', '*', '+', '1.', '2)', '- [ ]', '-   ', '123456789.'])} ${lines(random, 1)}\n${random.pick(['', '  ', '    ', '   ', '\t', '- '])}${lines(random, 1)}\n`;
const quote: Make = (random) =>
	`\n${random.pick(['>', '> ', '>>', '> > ', '>>> ', '>- '])}${lines(random, 1)}\n${random.pick(['', '> ', '>', '  '])}${lines(random, 1)}\n`;
const rule: Make = (random) => random.pick(['\n---\n', '\n***\n', '\n\n', '\n', '\n\n\n', '\n___\n', '\n-# ']);

function lines(random: Random, most: number): string {
	let text = '';
	for (let count = 1 + random.below(most + 1); count > 0; count--) text += inline(random) + (random.chance(0.3) ? blank(random) : '');
	return text;
}

const blocks: readonly Make[] = [fence, fence, table, heading, list, quote, definition, rule];

/** Some block construct, with the line breaks that set it apart. */
export const block: Make = (random) => random.pick(blocks)(random);
