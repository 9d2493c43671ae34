import { describe, expect, it } from 'vitest';
import { keepKnownLinks, makeInlineSafe, withoutCode } from '#src/markdown/safe-inline.ts';
import { stablePrefixLength } from '#src/markdown/stable-prefix.ts';
import { threadMs } from '#test/setup/thread-time.ts';

const mayOpen = (address: string) => /^(?:https:\/\/|mailto:\w+@)(?:good\.com)(?:\/|$)/.test(address);
const keep = (source: string) => keepKnownLinks(source, mayOpen).replaceAll('\u200b', '·');

describe('an address that nobody knows', () => {
	it.each([
		['See https://evil.example/x?d=1, please.', 'See `https://evil.example/x?d=1`, please.'],
		['(https://evil.example/a_(b))', '(`https://evil.example/a_(b)`)'],
		['**https://evil.example**', '**`https://evil.example`**'],
		['<https://evil.example/x>', '`https://evil.example/x`'],
		['www.evil.example', '`www.evil.example`'],
		['http://[2001:db8', '`http://[2001:db8`'],
		['https://good.com/)https://evil.example', 'https://good.com/)`https://evil.example`'],
		['\u034f.HTTP://evil.example', '\u034f.`HTTP://evil.example`'],
		['[docs](https://evil.example/x)', '·docs (`https://evil.example/x`) '],
		['![](https://evil.example/x.png)', '·`https://evil.example/x.png` '],
		['[1]: https://evil.example/q', '\\[1]: `https://evil.example/q`'],
		['https&#58;//evil.example', 'https&·#58;`//evil.example`'],
		['https\\://evil\\.example', 'https\\:·`//evil\\.example`'],
		['//evil&period;example', '`//evil&period;example`'],
		['https://good.com\\.evil.example', '`https://good.com\\.evil.example`'],
		['| a |\n|---|\n| https://evil.example |', '| a |\n|---|\n| `https://evil.example` |'],
	])('is shown as code: %s', (source, shown) => {
		expect(keep(source)).toBe(shown);
	});

	it.each([
		['evil.example', 'evil.·example'],
		['secret.evil.sh', 'secret.·evil.·sh'],
		['evil.sh/secret', 'evil.·sh/secret'],
		['a@evil.example', 'a·@evil.·example'],
		['wwww.go', 'ww·ww.·go'],
		['` www.evil.example', '` w·ww.·evil.·example'],
		['allegro.pl', 'allegro.·pl'],
		['evil\\..example', 'evil\\.·.·example'],
		['good.com/)evil.example', 'good.com/)evil.·example'],
		['evil\uFEFF.example', 'evil\uFEFF.·example'],
		['evil.__example__', 'evil.·__example__'],
		['http://"@good.com', 'http://"%40good.·com'],
		['good.com<e@evil.example>or', 'good.com e·@evil.·example or'],
		['[](i.e/)evil.example', '·`i.e/` evil.·example'],
		['a\n\t``` x\n\tevil.example/1\n```\nhttps://evil.example', 'a\n\t``` x\n\tevil.··example/1\n```\nhttps:·/·/evil.·example'],
		['` https://evil.example', '` https:·/·/evil.·example'],
	])('is broken where it is not surely code: %s', (source, shown) => {
		expect(keep(source)).toBe(shown);
	});
});

it('is done with a million slashes at once, and not with each of them a million times', () => {
	const slashes = '/'.repeat(1_000_000);
	expect(keep(slashes)).toBe(slashes);
});

it.each([
	['java[good.com](tel:1)', 'java good.com (`tel:1`)'],
	['good.com[x](tel:1)', 'good.com x (`tel:1`)'],
	['//[]()good.com', '// ·good.com'],
	['[a]()good.com', '·a good.com'],
	['(`https://evil.example`)me@good.com', '(`https://evil.example`)me%40good.·com'],
	['see [good.com](tel:1)', 'see ·good.com (`tel:1`)'],
])('what is left of a link makes no address with what stands beside it: %s', (source, shown) => {
	expect(keep(source)).toBe(shown);
});

it.each([
	'See https://good.com/a and [docs](https://good.com/b).',
	'Write to <ana@good.com>.',
	'`curl https://evil.example/x`',
	'```sh\ncurl https://evil.example/x\n```',
	'1. Run:\n   ```sh\n   curl https://evil.example\n   ```',
	'Open notes.txt, README.md and main.ts in Node.js; set limits.max_tokens; it costs 3.14.',
])('what is known, code, and what is no address stay as they are: %j', (source) => {
	expect(keepKnownLinks(source, mayOpen)).toBe(source);
});

it('an address that is half written is at no moment a link, and nothing that was final changes', () => {
	const text = 'See [docs](https://evil.example/x), https://good.com.evil.example/1729 and `curl https://evil.example` now.';
	for (let length = 1; length <= text.length; length++) {
		const source = text.slice(0, length);
		expect(keepKnownLinks(source, mayOpen)).not.toMatch(/(?<!`|`curl )https?:\/\/(?!good\.com(?:[^.]|\.?$))\S+\.\S/);
		const stable = source.slice(0, stablePrefixLength(source, length, mayOpen));
		expect(keepKnownLinks(text, mayOpen).startsWith(keepKnownLinks(stable, mayOpen))).toBe(true);
	}
});

it('nothing is linked in what was code where code is shown as text', () => {
	expect(makeInlineSafe('`https://evil.example`', withoutCode)).toBe('`https:\u200b/\u200b/evil.\u200bexample`');
});

it.each(['https://', 'a.', 'a@', 'www.', 'a.b/', '://', 'x:', '//a.'])('a long text of %j is looked through in time', async (piece) => {
	const text = piece.repeat(10_000 / piece.length);
	expect(await threadMs(() => keepKnownLinks(text, mayOpen), 500)).toBeLessThan(500);
});
