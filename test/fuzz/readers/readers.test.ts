/** The readers find what must be found, and nothing in honest text: a reader that sees nothing would let everything pass. */

import { describe, expect, it } from 'vitest';
import type { Surface, SurfaceKind } from '../sent/surface.ts';
import type { FindingKind } from './finding.ts';
import { hostsNamedBy, isSameHost } from './hosts.ts';
import { readSurface } from './surfaces.ts';

const markdownSurfaces: SurfaceKind[] = ['slack-markdown', 'teams-text', 'card-text', 'discord-content'];

const everywhere: [kind: FindingKind, text: string][] = [
	['image', '![x](https://evil.example/i.png)'],
	['image', 'a **![](https://evil.example)** b'],
	['image', '- ![x](<https://evil.example/i.png> "t")'],
	['image', '![x][1]\n\n[1]: https://evil.example/i.png'],
	['foreign-label', '[good.com](https://evil.example)'],
	['foreign-label', '[go to **good**.com](https://evil.example)'],
	['foreign-label', '[good&#46;com](https://evil.example)'],
	['foreign-label', '[good\u200b.com](https://evil.example)'],
	['foreign-label', '[ｇｏｏｄ．ｃｏｍ](https://evil.example)'],
	['foreign-label', '[good。com](https://evil.example)'],
	['foreign-label', '[`good.com`](https://evil.example)'],
	['foreign-label', '[https://good.com/login](https://evil.example/login)'],
	['foreign-label', '[me@good.com](mailto:me@evil.example)'],
	['foreign-label', '[good.com](https://good.com@evil.example)'],
	['foreign-label', '[good.com][1]\n\n[1]: https://evil.example'],
	['foreign-label', '> [good.com](https://evil.example) (good.com)'],
	['scheme', '[run](javascript:alert(1))'],
	['scheme', '[run](&#106;avascript:alert(1))'],
	['scheme', '[run](data:text/html,x)'],
	['scheme', '<javascript:alert(1)>'],
	['scheme', '[x](./file.md)'],
	['scheme', '[x](//evil.example)'],
	['scheme', '[x]()'],
];
/** Readers of a dialect do not know every form of CommonMark, but one of a surface's readers finds each. */
const onOne: [surface: SurfaceKind, kind: FindingKind, text: string][] = [
	['slack-markdown', 'ping', '<!here>'],
	['slack-markdown', 'ping', 'a `<!channel|x>` b'],
	['slack-markdown', 'ping', '```\n<!subteam^S1>\n```'],
	['slack-markdown', 'ping', '<@U0BOB>'],
	['slack-markdown', 'ping', '\\<\\!here>'],
	['slack-markdown', 'ping', '&lt;!here&gt;'],
	['slack-markdown', 'ping', '<#C1>'],
	['slack-markdown', 'foreign-label', '| a | b |\n|---|---|\n| `x | [good.com](https://evil.example) ` |'],
	['slack-markdown', 'foreign-label', '<a title="[good.com](https://evil.example)">'],
	['slack-mrkdwn', 'ping', 'x <@U0BOB>'],
	['slack-mrkdwn', 'ping', 'x <!here|here>'],
	['slack-mrkdwn', 'foreign-label', '<https://evil.example|good.com>'],
	['slack-mrkdwn', 'scheme', '<javascript:alert(1)|x>'],
	['teams-text', 'ping', '`<at>Bob</at>`'],
	['teams-text', 'html', 'x <img src="https://evil.example/i.png">'],
	['teams-text', 'html', '<a href="https://evil.example">good.com</a>'],
	['card-text', 'foreign-label', '`[good.com](https://evil.example)`'],
	['card-text', 'image', '`![x](https://evil.example/i.png)`'],
	['discord-content', 'ping', 'x @everyone'],
	['discord-content', 'ping', 'x <@123456789012345678>'],
	['discord-content', 'ping', 'x <@&123456789012345678>'],
	['discord-content', 'ping', 'x </cmd:123456789012345678>'],
	['discord-content', 'ping', 'https://x.example/\\<id:customize>'],
	['discord-content', 'foreign-label', '[good.com](<https://evil.example>)'],
	['discord-content', 'scheme', 'steam://run/1'],
	['address', 'scheme', 'javascript:alert(1)'],
];

const honest: string[] = [
	'[report](https://example.com) and [Node.js](https://nodejs.org), [README.md](https://github.com/a/b)',
	'[example.com](https://www.example.com/) [example.com](https://login.example.com/x)',
	'[good.com](https://evil.example) (evil.example) is shown',
	'**[good.com](https://evil.example) (evil.example)**',
	'<https://example.com/a?b=c> https://example.com/good.com www.example.com me@example.com',
	'[https://example.com/a](https://example.com/a) [write](mailto:ana@example.com)',
	'a < b && c > d, f(x)[y], a[1], [ ] and ! [x] (y)',
	'`a.b(c)` and `List<String>`\n\n```js\nx = "@decorator";\n```',
	'1. one\n2. two\n   - three\n\n> quoted [1]',
	'v1.2.3, Promise.all, notes.txt, e.g. this, 3.5 %, end.Next',
];

function kindsIn(kind: SurfaceKind, text: string): FindingKind[] {
	const surface: Surface = { kind, text };
	return readSurface(surface, true).map((finding) => finding.kind);
}

describe('the readers', () => {
	it.each(everywhere)('find %s on every surface that reads Markdown: %j', (kind, text) => {
		for (const surface of markdownSurfaces) expect(kindsIn(surface, text), surface).toContain(kind);
	});

	it.each(onOne)('on %s find %s: %j', (surface, kind, text) => {
		expect(kindsIn(surface, text)).toContain(kind);
	});

	it.each(honest)('find nothing in honest text: %j', (text) => {
		for (const surface of markdownSurfaces) expect(kindsIn(surface, text), surface).toEqual([]);
	});
});

describe('hosts in labels', () => {
	it.each([
		['good.com', ['good.com']],
		['see https://Good.com/x now', ['good.com']],
		['me@good.com', ['good.com']],
		['go\u00adod.com', ['good.com']],
		['//good.com', ['good.com']],
		['Node.js notes.txt v1.2.3 e.g. a/good.com', []],
	])('are %j: %j', (label, hosts) => {
		expect(hostsNamedBy(label)).toEqual(hosts);
	});

	it('belong together when one is within the other', () => {
		expect([isSameHost('good.com', 'login.good.com'), isSameHost('good.com', 'notgood.com')]).toEqual([true, false]);
	});
});
