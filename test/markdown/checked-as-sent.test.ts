/** Text that was made safe, read again: by the same rules, and by a reader of CommonMark that is not ours. */

import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { makeInlineSafe, quietCode, withoutCode } from '#src/markdown/safe-inline.ts';
import { trickyMarkdown } from './tricky-markdown.ts';

const gap = '\u200b';

/** Takes every address, as others do who leave it to their user. */
function createReader(disabled: string[]) {
	const reader = new MarkdownIt('commonmark', { html: true });
	reader.validateLink = () => true;
	return reader.disable(disabled);
}

const readers = { commonmark: createReader([]), 'without indented code': createReader(['code']) };

/** Whatever is alive in a text and must not be. */
function findAlive(text: string, reader: InstanceType<typeof MarkdownIt>): string[] {
	const tokens = reader.parse(text, {}).flatMap((token: Token) => [token, ...(token.children ?? [])]);
	return tokens.flatMap((token: Token) => {
		if (token.type === 'image') return [`image ${token.attrGet('src') ?? ''}`];
		if (token.type === 'html_block') return [`html ${token.content}`];
		if (token.type === 'html_inline' && !/^<\/?[a-z][a-z0-9-]*[ \t]*\/?>$/i.test(token.content)) return [`html ${token.content}`];
		const href = token.type === 'link_open' ? String(token.attrGet('href')) : 'https://';
		return /^(?:https?:\/\/|mailto:)/i.test(href) ? [] : [`address ${href}`];
	});
}

describe('text that was made safe', () => {
	it.each(Object.entries(readers))('has no image, no tag and no other address for a reader (%s)', (_name, reader) => {
		fc.assert(
			fc.property(trickyMarkdown, (text) => {
				expect(findAlive(makeInlineSafe(text), reader)).toEqual([]);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('has no link where code is shown as text, be it in backticks or not', () => {
		const reader = createReader(['fence', 'code', 'backticks']);
		fc.assert(
			fc.property(trickyMarkdown, (text) => {
				expect(findAlive(makeInlineSafe(text, withoutCode), reader)).toEqual([]);
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each(['- ', '* ', '12) ', '> - ', '- 1. > ', '\t+ '])(
		'has no tag at the start of a line where code is shown as text, behind %j',
		(marks) => {
			const safe = makeInlineSafe(`\n\`\`\`\n${marks}<div>\n${marks}</div>`, withoutCode);
			expect(safe).toBe(`\n${gap}\`\`\`\n${marks}<${gap}div>\n${marks}<${gap}/div>`);
		},
	);

	it.each(Object.entries({ strict: undefined, quiet: quietCode }))('stays as it is when it is made safe again (%s)', (_name, dialect) => {
		fc.assert(
			fc.property(trickyMarkdown, (text) => {
				const safe = makeInlineSafe(text, dialect);
				expect(makeInlineSafe(safe, dialect)).toBe(safe);
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each([
		// What is refused vanishes without a trace, and its neighbours join.
		['<[]()!here>', `<${gap}!here>`],
		['[bank.com][]()(https://evil.test/login)', `[bank.com]${gap}(https://evil.test/login)`],
		['[run][]()(javascript:alert(1))', `[run]${gap}(javascript:alert(1))`],
		['<el:[](\n)>', `<${gap}el:${gap}>`],
		['[good.com[]()]: https://evil.test', `[good.com${gap}]${gap}: https://evil.test`],
		// One exclamation mark goes, the other stays.
		['!![x](https://evil.test/i.png)', `!${gap}[x](https://evil.test/i.png)`],
		['\\![x](https://evil.test/i.png)', `\\!${gap}[x](https://evil.test/i.png)`],
		// Backticks of ours meet others.
		['`a[](javascript:`b [bank.com](https://evil.test) `', '`a[](javascript:`b [bank.com](https://evil.test) (evil.test) `'],
		['``[](javascript:1)`[bank.com](https://evil.test)`', `\`\`${gap}javascript:1 \`[bank.com]${gap}(https://evil.test)\``],
		// What is code here is none elsewhere: tables, tags, indented code, addresses that swallow backticks.
		['`a|`[bank.com](https://evil.test)`b|\n---|---\n', `\`a|\`[bank.com]${gap}(https://evil.test)\`b|\n---|---\n`],
		['<a title="`">[bank.com](https://evil.test)`', `<${gap}a title="\`">[bank.com](https://evil.test)\``],
		['<div>\n```\n</div>\n\n[bank.com](https://evil.test)\n```', `<${gap}div>\n\`\`\`\n</div>\n\n[bank.com](https://evil.test)\n\`\`\``],
		['https://a.test` `[bank.com](https://evil.test)`', `https://a.test\` \`[bank.com](https://evil.test) (evil.test)\``],
		['    x\n-\n  ```\n[bank.com](https://evil.test)\n```', `    x\n-\n  ${gap}\`\`\`\n[bank.com]${gap}(https://evil.test)\n${gap}\`\`\``],
		// Addresses.
		['<javascript:alert(1)> <tel:1> <slack:x>', `<${gap}javascript:alert(1)> <${gap}tel:1> <${gap}slack:x>`],
		['https://bank.com@evil.test', 'https://bank.com%40evil.test'],
		['https:///bank.com@evil.test', 'https:///bank.com%40evil.test'],
		['[x](mailto:a@bank.com,b@evil.test)', `${gap}x (\`mailto:a%40bank.com,b%40evil.test\`)`],
	])('lets nothing join or come alive: %j', (text, safe) => {
		// How many of the spaces that nobody sees stand in one place is nobody's concern.
		expect(makeInlineSafe(text).replace(/\u200b+/g, gap)).toBe(safe);
	});

	it.each([
		'bank\uFF0Ecom',
		'bank.com\u2215login',
		'hxxps://bank.com',
		'bank\u034F.com',
		'bank||.||com',
		'evil.test/a|b**ank**.com',
		'bank<b></b>.com',
		'bank.com-->',
		'bank.com:8080',
		'//bank.com',
		'https://intranet/login',
		'192.168.0.1',
	])('says where a link leads that calls itself %s', (label) => {
		expect(makeInlineSafe(`[${label}](https://evil.test)`)).toMatch(/ \(evil\.test\)$/);
	});
});
