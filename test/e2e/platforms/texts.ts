/** What the model says in the promises, where plain words are not enough. */

const marks = (part: number, count: number) => Array.from({ length: count }, (_, index) => `mark${part}x${index}`);

function section(part: number): { text: string; marks: string[] } {
	const [paragraph = '', ...others] = marks(part, 13);
	const [code, rows, items] = [others.slice(0, 4), others.slice(4, 8), others.slice(8)];
	const text = [
		`## Part ${part}`,
		`A paragraph about ${paragraph} that says **a thing** or two, \`in code\` too.`,
		`It goes on for a while, as paragraphs do, and says nothing that anybody would miss. `.repeat(6).trim(),
		`\`\`\`ts\n${code.map((mark) => `const ${mark} = '${'x'.repeat(40)}';`).join('\n')}\n\`\`\``,
		`| key | value |\n|---|---|\n${rows.map((mark) => `| ${mark} | a cell with words |`).join('\n')}`,
		items.map((mark, index) => `${index % 2 === 0 ? '-' : '  -'} an item about ${mark}`).join('\n'),
	].join('\n\n');
	return { text, marks: [paragraph, ...code, ...rows, ...items] };
}

const sections = Array.from({ length: 12 }, (_, part) => section(part));

/** Some 3,000 tokens with headings, fences, tables and lists. */
export const longAnswer = sections.map(({ text }) => text).join('\n\n');

/** Words that stand in it once each, in their order. */
export const longAnswerMarks = sections.flatMap((one) => one.marks);

/** All that Markdown has for a short text; readers see the same letters in the same order on every platform. */
export const formattedAnswer = [
	'# Title with *emphasis*',
	'A paragraph with **bold**, _italic_, `code <tag> & more`, 1 < 2 && 3 > 2, and snake_case_names * 2.',
	'- one\n- two\n  1. three\n  2. four',
	'> quoted words\n> in two lines',
	'```html\n<p class="a">text &amp; more</p>\n```',
	'The end.',
].join('\n\n');

/** Everything that calls people on some platform, with these people's ids in each of their forms. */
export function bait(ids: readonly string[]): string {
	const calls = ['<!channel>', '<!here|here>', '<!everyone>', '<!subteam^S0BUYERS|@buyers>', '@channel', '@here', '@everyone'];
	const people = ids.flatMap((id) => [`<@${id}>`, `<@!${id}>`, `<@&${id}>`, `<at id="${id}">you</at>`, `<at>${id}</at>`]);
	const text = [...calls, ...people].join(' and ');
	return [text, `**${text}**`, `- ${calls.join('\n- ')}`, `> ${text}`, `\`\`\`\n${text}\n\`\`\``, 'the end'].join('\n\n');
}
