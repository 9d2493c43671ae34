/** Ordinary answers without anything dangerous: nothing in them may be changed. */

import type { Random } from '../random.ts';
import type { Make } from './pieces.ts';

const words = [
	'The',
	'report',
	'is',
	'ready',
	'see',
	'días',
	'niño',
	'¿qué?',
	'AT&T',
	'R&D',
	'50 %',
	'3 < 4',
	'a > b',
	'x = [1, 2]',
	'f(x)',
	'«sí»',
	'"quoted"',
	"it's",
	'Wait!',
	'OK...',
	'C:\\temp',
	'日本語',
	'😀',
	'e.g.',
	'10 €',
	'snake_case_name',
	'2 * 3',
	'#5',
	'a/b',
	'v1.2.3',
	'[1]',
	'ana@example.com',
	'10:30',
	'(see below)',
	'Node.js',
	'x &amp; y',
	'if (a && b)',
	'C++',
	'~5',
	'no!',
	'-1',
	'1.5',
	'50|50',
];
const emphases = [
	'**bold**',
	'*slanted*',
	'~~gone~~',
	'`code`',
	'`a < b`',
	'`List<String>`',
	'`arr[0]`',
	'**`x`**',
	'***both***',
	'`npm i @types/node`',
];
const links = [
	'[docs](https://intranet.example.com/docs)',
	'[Node.js](https://nodejs.org)',
	'[README.md](https://github.com/a/b)',
	'[RFC 9110](https://www.rfc-editor.org/rfc/rfc9110 "HTTP")',
	'[example.com](https://www.example.com/)',
	'[https://example.com/a](https://example.com/a)',
	'https://example.com/a?b=c&d=e',
	'<https://example.com/x>',
	'[**bold** link](https://example.com/a_(b))',
];

const run: Make = (random) => {
	const count = 2 + random.below(8);
	return Array.from({ length: count }, () => random.pick(random.chance(0.75) ? words : random.chance(0.6) ? emphases : links)).join(' ');
};

/** Letters first, so that no line begins a block by chance. */
const line: Make = (random) => `Now ${run(random)}`;
const times = (random: Random, make: Make, most: number) => Array.from({ length: 1 + random.below(most) }, () => make(random));

const blocks: readonly Make[] = [
	line,
	line,
	(random) => times(random, line, 3).join('\n'),
	(random) => `${'#'.repeat(1 + random.below(4))} ${line(random)}`,
	(random) =>
		times(random, line, 4)
			.map((item) => `- ${item}`)
			.join('\n'),
	(random) =>
		times(random, line, 4)
			.map((item, index) => `${index + 1}. ${item}`)
			.join('\n'),
	(random) =>
		times(random, line, 3)
			.map((item) => `> ${item}`)
			.join('\n'),
	(random) => `\`\`\`js\n${times(random, (inner) => `const x = ${run(inner)};`, 4).join('\n')}\n\`\`\``,
];
const table: Make = (random) =>
	['| A | B |', '| --- | --- |', ...times(random, (inner) => `| ${inner.pick(words).replace('|', '/')} | ${inner.pick(links)} |`, 3)].join(
		'\n',
	);

/** Blocks set apart by blank lines. `hasTables`: also what a platform's dialect draws in another way. */
export function makeHonestText(random: Random, hasTables: boolean): string {
	return times(random, (inner) => (hasTables && inner.chance(0.15) ? table(inner) : inner.pick(blocks)(inner)), 4).join('\n\n');
}
