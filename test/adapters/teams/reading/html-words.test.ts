/** What the adapter reads in the formatted form of messages, well-formed or not. */

import { describe, expect, it } from 'vitest';
import { html, type Json, mentionSpan, read, readHtml } from './messages.ts';

describe('a message in HTML', () => {
	it.each([
		['<p>Orders &amp; co fail</p>', 'Orders & co fail'],
		[`<div>${mentionSpan}&nbsp;what now?</div>`, 'what now?'],
		['<p>one</p>\n<p>&nbsp;</p>\n<p>two<br>three</p>', 'one\n\ntwo\nthree'],
		[
			'<ul>\n<li>one<ul><li>within</li></ul></li>\n<li><p>two</p></li><li></li></ul><ol start="3"><li>x</li><li>y</li></ol>',
			'- one\n  - within\n- two\n-\n3. x\n4. y',
		],
		['<table><tbody><tr><th>name</th><th>days</th></tr>\n<tr><td><p>Ana</p></td><td>23</td></tr></tbody></table>', 'name | days\nAna | 23'],
		[
			'<p>so:</p><pre class="language-python" itemid="codeBlockEditor-1"><code>def f():\n    return  <span>1</span>\n</code></pre><p>ok?</p>',
			'so:\ndef f():\n    return  1\nok?',
		],
		['<codeblock class="Bash"><code>one<br>&nbsp; two</code></codeblock>', 'one\n  two'],
		[
			'<p>see <a href="https://a.test/?x=1&amp;y=2">the plan</a>, <a href="https://a.test/">https://a.test</a>, <a href="mailto:a@b.c">a@b.c</a></p>',
			'see the plan (https://a.test/?x=1&y=2), https://a.test, a@b.c',
		],
		['<p>&nbsp;&nbsp;indented</p><p>a  b</p>', 'indented\na b'],
		['<h1>Title</h1>text', 'Title\ntext'],
		['<p>a<style>b{}</style><script>c()</script><!-- d --></p>', 'a'],
		['<systemEventMessage/>', ''],
	])('%j is read as %j', (content, text) => {
		expect(readHtml(content)).toEqual({ text });
	});

	it.each([
		['an unclosed tag', '<p>one<b>two', 'onetwo'],
		['a tag that never was opened', 'one</i></blockquote> two', 'one two'],
		['tags in the wrong order', '<b><i>one</b></i> two', 'one two'],
		['a tag that never ends', '<p>one</p><p class="two', 'one'],
		['an angle bracket', '<p>1 < 2 & 3 > 2</p>', '1 < 2 & 3 > 2'],
		['a quotation that never ends', 'one<blockquote itemtype="http://schema.skype.com/Reply">two', 'one'],
		['an unknown reference', '&nope; &#x0; &eacute;', '&nope; \ufffd é'],
	])('with %s is read all the same', (_what, content, text) => {
		expect(readHtml(content).text).toBe(text);
	});

	it('counts once beside its text, in the form that keeps more of its lines', () => {
		expect(readHtml('<p>a b<br>c</p>', { text: 'a b c' }).text).toBe('a b\nc');
		expect(readHtml('<p>if x: y</p>', { text: 'if x:\n    y' }).text).toBe('if x:\n    y');
		expect(readHtml('<p>&nbsp;</p>', { text: 'only here' }).text).toBe('only here');
		expect(readHtml('', { text: 'only here' }).text).toBe('only here');
	});

	it('as the text itself, where that says so', () => {
		expect(read({ textFormat: 'xml', text: '<p>a<br/>b</p>' }).text).toBe('a\nb');
		expect(read({ text: 'what does &lt;p&gt; mean?' }).text).toBe('what does <p> mean?');
	});

	it('deeper than any that people write is cut, and says so', () => {
		expect(readHtml(`kept${'<div>'.repeat(5_000)}lost`).text).toBe('kept [cut here]');
		expect(readHtml(`<p>${'word '.repeat(20_000)}</p>`).text).toMatch(/^word .* \[cut here\]$/s);
	});
});

describe('a picture', () => {
	const emoji = (more: string) => `<p>thanks <img itemscope itemtype="http://schema.skype.com/Emoji" ${more}></p>`;
	const statics = 'https://statics.teams.cdn.office.net/evergreen-assets/personal-expressions/v2/assets';

	it.each([
		[emoji('alt="😀" title="Grin"'), 'thanks 😀'],
		[emoji('alt="" title="Party parrot"'), 'thanks [emoji: Party parrot]'],
		['<p>ok<emoji id="yes" alt="👍" title="Yes"></emoji></p>', 'ok👍'],
		['<p><customemoji id="1" alt="partyparrot" source="x"></customemoji></p>', '[emoji: partyparrot]'],
		['<img itemtype="http://schema.skype.com/Sticker" alt="Wave]\n">', '[sticker: Wave]'],
		[
			'<readonly itemtype="http://schema.skype.com/Giphy" title="x"><img itemtype="http://schema.skype.com/Giphy" alt="Party (GIF Image)"></readonly>',
			'[GIF: Party]',
		],
		[`<img src="${statics}/emoticons/smile/default/30_f.png" alt="🙂">`, '🙂'],
		['<p>look <img src="https://eu-api.asm.skype.com/v1/objects/1/views/imgo" alt="the plan"></p>', 'look [image: the plan]'],
		['<p><img itemtype="http://schema.skype.com/AMSImage" alt="image"></p>', '[image]'],
		['<p><video src="x" title="demo"></video></p>', '[video: demo]'],
	])('%s is read as %j', (content, text) => {
		expect(readHtml(content)).toEqual({ text });
	});

	const attached = (contentUrl: string, more: Json = {}) => ({ contentType: 'image/*', contentUrl, ...more });

	it('of Teams’ own that comes as an image stands for words', () => {
		expect(read({ text: 'thanks', attachments: [attached(`${statics}/emoticons/smile/default/30_f.png`)] }).text).toBe(
			'thanks [emoji: smile]',
		);
		expect(read({ text: '', attachments: [attached('https://media4.giphy.com/media/x/giphy.gif', { name: 'party.gif' })] }).text).toBe(
			'[GIF: party]',
		);
		expect(read({ text: 'hi', attachments: [attached('https://statics.teams.microsoft.com/funstuff/stickers/1.png')] }).text).toBe(
			'hi [sticker]',
		);
	});

	it('that is in the text already is not said twice', () => {
		const url = 'https://statics.teams.microsoft.com/evergreen-assets/skype/v2/smile/50.png';
		expect(read({ text: 'thanks 🙂', attachments: [attached(url)] }).text).toBe('thanks 🙂');
		const twin = html(`<p>thanks <img itemtype="http://schema.skype.com/Emoji" src="${url}" alt="smile"></p>`);
		expect(read({ text: 'thanks', attachments: [attached(url), twin] }).text).toBe('thanks [emoji: smile]');
	});

	it('that a person shares is a file, and no word', () => {
		const image = attached('https://smba.trafficmanager.net/emea/v3/attachments/1/views/original', { name: 'cat.png' });
		expect(read({ attachments: [image, html('<p><img src="x" alt="image"></p>')] })).toEqual({ text: '' });
	});
});
