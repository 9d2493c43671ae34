import { expect, it } from 'vitest';
import { readMarked } from '../../../../adapters/web/page/parts/marked-code.ts';
import { browserName } from '../../../../adapters/web/page/state/browser-name.ts';

it('reads what is marked as pieces whose text is the code, byte for byte', () => {
	const html =
		'<span class="hljs-keyword">if</span> a &lt; <span class="hljs-string">&quot;<span class="hljs-subst">b</span>&#x27;&amp;</span>';
	expect(readMarked(html)).toEqual([
		{ kind: 'hljs-keyword', text: 'if' },
		{ kind: '', text: ' a < ' },
		{ kind: 'hljs-string', text: '"' },
		{ kind: 'hljs-subst', text: 'b' },
		{ kind: 'hljs-string', text: "'&" },
	]);
});

it('leaves as text whatever else looks like HTML', () => {
	expect(readMarked('<img src=x onerror=alert(1)>&nbsp;<')).toEqual([
		{ kind: '', text: '<' },
		{ kind: '', text: 'img src=x onerror=alert(1)>&nbsp;' },
		{ kind: '', text: '<' },
	]);
});

it('names browsers and systems by what they call themselves', () => {
	const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
	expect(browserName(chrome)).toBe('Chrome, Windows');
	expect(browserName(`${chrome} Edg/156.0.0.0`)).toBe('Edge, Windows');
	expect(browserName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1')).toBe(
		'Safari, iPhone',
	);
	expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox, Linux');
	expect(browserName('')).toBeNull();
});
