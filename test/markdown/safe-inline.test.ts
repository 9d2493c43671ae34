/** What model text may and may not do once it is shown. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCodeSafe, makeInlineSafe } from '#src/markdown/safe-inline.ts';
import { threadMs } from '#test/setup/thread-time.ts';
import { ordinaryMarkdown } from './corpus.ts';
import { trickyMarkdown } from './tricky-markdown.ts';

const gap = '\u200b';

describe('makeInlineSafe', () => {
	it.each(ordinaryMarkdown)('leaves an ordinary text as it is: %j', (text) => {
		expect(makeInlineSafe(text)).toBe(text);
	});

	it.each([
		['<!channel> go', `<${gap}!channel> go`],
		['<!subteam^S1> go', `<${gap}!subteam^S1> go`],
		['hello <@U123>', `hello <${gap}@U123>`],
		['in <#C1|general>', `in <${gap}#C1|general>`],
		['\\<!here>', `\\<${gap}!here>`],
		['&lt;!here&gt;', `&lt;${gap}!here&gt;`],
		['<\\!here>', `<${gap}\\!here>`],
		['@channel @here @Everyone', `@${gap}channel @${gap}here @${gap}Everyone`],
		['\\@here', `\\@${gap}here`],
		['a <https://evil.test|bank.com> b', `a <${gap}https://evil.test|bank.com> b`],
		['`<!channel>` and `<b>`', `\`<${gap}!channel>\` and \`<b>\``],
		['| `a | <!x` |\n|---|---|', `| \`a | <${gap}!x\` |\n|---|---|`],
	])('breaks what would ping somebody: %j', (text, safe) => {
		expect(makeInlineSafe(text)).toBe(safe);
	});

	it.each([
		['![chart](https://a.test/x.png?q=secret)', '[chart](https://a.test/x.png?q=secret)'],
		['![](https://a.test/x.png)', `${gap}\`https://a.test/x.png\` `],
		['![a [b](https://b.test)](https://a.test)', `!${gap}[a [b](https://b.test)]${gap}(https://a.test)`],
		['[x](javascript:alert(1))', `${gap}x (\`javascript:alert(1)\`)`],
		['[x](./file.md "title")', `${gap}x (\`./file.md\`)`],
		['[x](data:text/html;base64,AAAA)', `${gap}x (\`data:text/html;base64,AAAA\`)`],
		['[x]()', `${gap}x${gap}`],
	])('shows no image and links only to the web and to mail addresses: %j', (text, safe) => {
		expect(makeInlineSafe(text)).toBe(safe);
	});

	it.each([
		['[bank.com](https://evil.test/a)', '[bank.com](https://evil.test/a) (evil.test)'],
		['[https://bank.com/login](https://evil.test "t")', '[https://bank.com/login](https://evil.test "t") (evil.test)'],
		['[go to **bank**.com now](https://evil.test)', '[go to **bank**.com now](https://evil.test) (evil.test)'],
		['[`bank.com`](<https://evil.test>)', '[`bank.com`](<https://evil.test>) (evil.test)'],
		['[bank&#46;com](https://evil.test)', '[bank&#46;com](https://evil.test) (evil.test)'],
		['[bank.com.e:x](https://evil.test)', '[bank.com.e:x](https://evil.test) (evil.test)'],
		['[bank\\.com](https://evil.test)', '[bank\\.com](https://evil.test) (evil.test)'],
		['[bank.com](https://bank.com@evil.test)', '[bank.com](https://bank.com@evil.test) (evil.test)'],
		['[here](https://bank.com@evil.test)', '[here](https://bank.com@evil.test) (evil.test)'],
		['[bank.com](https://b\u0430nk.com)', '[bank.com](https://b\u0430nk.com) (xn--bnk-6cd.com)'],
		['[me@bank.com](mailto:me@evil.test)', '[me@bank.com](mailto:me@evil.test) (evil.test)'],
		['> [bank.com](\n> https://evil.test)', '> [bank.com](https://evil.test) (evil.test)'],
		['[bank.com](\thttps://evil.test "<b>")', '[bank.com](https://evil.test) (evil.test)'],
		['[bank.com](https://evil.test "a \')")', '[bank.com](https://evil.test) (evil.test)'],
		['[www.-.pl](https://evil.test)', '[www.-.pl](https://evil.test) (evil.test)'],
		['<https://a`> [bank.com](https://evil.test) `', `<${gap}https://a\`> [bank.com]${gap}(https://evil.test) \``],
		['> `a\n> b` [bank.com](https://evil.test) `', '> `a\n> b` [bank.com](https://evil.test) (evil.test) `'],
		['- use ` here\n- [bank.com](https://evil.test) `', '- use ` here\n- [bank.com](https://evil.test) (evil.test) `'],
		['- a\n  ```\n  x\n- [bank.com](https://evil.test)', '- a\n  ```\n  x\n- [bank.com](https://evil.test) (evil.test)'],
		['[a [bank.com](https://evil.test)](https://a.test)', `[a [bank.com](https://evil.test) (evil.test)]${gap}(https://a.test)`],
		['[1]: https://evil.test', '\\[1]: https://evil.test'],
		['> - [bank.com]: https://evil.test', '> - \\[bank.com]: https://evil.test'],
		[`[${'a'.repeat(600)}](https://evil.test)`, `[${'a'.repeat(600)}]\\(https://evil.test)`],
		[`[bank.com](https://evil.test/${'a'.repeat(3000)})`, `[bank.com]\\(https://evil.test/${'a'.repeat(3000)})`],
	])('shows where a link really leads when its label says otherwise: %j', (text, safe) => {
		expect(makeInlineSafe(text)).toBe(safe);
	});

	it.each([
		['nested list', `- run:\n\n  \`\`\`js\n  a[i](x); // <#y>\n\n  b\n  \`\`\`\n- next`],
		['fence', '```js\na[i](x)\n```'],
	])('leaves code in a %s alone', (_, text) => {
		expect(makeInlineSafe(text)).toBe(text);
	});

	it('never leaves a broadcast command, in code or outside', () => {
		fc.assert(
			fc.property(trickyMarkdown, (text) => {
				expect(makeInlineSafe(text)).not.toMatch(/<!(?:channel|here|everyone|subteam\^)/i);
			}),
			{ numRuns: 500 },
		);
	});

	it.each(['[', '![', '<', '`', '](', '[a](', '<https:', '&lt;', '@', '\\', '> ', '- ', '[a]: ', '|', '[[a](b) '])(
		'takes little time for ten thousand times %j',
		async (marker) => {
			const text = `${marker.repeat(10_000)}\n${marker.repeat(100)}`;
			expect(await threadMs(() => makeInlineSafe(text), 500)).toBeLessThan(500);
		},
	);
});

describe('makeCodeSafe', () => {
	it.each([
		['<!channel> <!here> <!everyone> <!subteam^S1>', `<${gap}!channel> <${gap}!here> <${gap}!everyone> <${gap}!subteam^S1>`],
		['<@U012AB> <@W1|name>', `<${gap}@U012AB> <${gap}@W1|name>`],
		['<!DOCTYPE html> <@Component> List<@User x> <#include>', '<!DOCTYPE html> <@Component> List<@User x> <#include>'],
	])('breaks only what pings in code: %j', (code, safe) => {
		expect(makeCodeSafe(code)).toBe(safe);
	});
});
