/** The smallest pieces of hostile Markdown: what ends up beside what is for chance to choose. */

import type { Random } from '../random.ts';

export type Make = (random: Random) => string;

const zeroWidth = [
	'\u200b',
	'\u200c',
	'\u200d',
	'\u2060',
	'\ufeff',
	'\u00ad',
	'\u034f',
	'\u180e',
	'\ufe0f',
	'\u{e0020}',
	'\u3164',
	'\u115f',
];
const bidi = ['\u202e', '\u202d', '\u2066', '\u2067', '\u2069', '\u200e', '\u200f', '\u061c'];
const blanks = [' ', ' ', '  ', '\t', '\n', '\n', '\n\n', '\u00a0', '\u2003', '\u3000', '\r\n', '\u2028'];
const marks = ['[', ']', '(', ')', '<', '>', '!', '`', '\\', '&', '@', '#', '|', '*', '_', '~', ':', '"', "'", ';', '/', '-', '.'];
const joints = [
	'](',
	'][',
	'[]',
	'()',
	'[]()',
	'[](<>)',
	'![](',
	'![',
	')[',
	']:',
	'<>',
	'![]()',
	'[ ]( )',
	'[](#)',
	'[](x)',
	'[a]()',
	'[](javascript:1)',
	'![][]',
	'[][]',
];
const fullWidth = ['［', '］', '（', '）', '＜', '＞', '！', '＠', '｀', '。', '．', '｜', '：', '／'];

/** Names of hosts that a label may pretend, and those that are really contacted. */
const good = [
	'good.com',
	'bank.com',
	'www.good.com',
	'https://good.com/login',
	'good\u200b.com',
	'go\u00adod.com',
	'g\u043eod.com',
	'good。com',
	'ｇｏｏｄ.com',
	'good&#46;com',
	'good\\.com',
	'**good**.com',
	'g_o_od.com',
	'`good.com`',
	'http://good.com',
	'me@good.com',
	'//good.com',
];
const hosts = [
	'evil.example',
	'evil.example',
	'xn--e1v2i.example',
	'evil.example:8443',
	'good.com@evil.example',
	'good.com:pw@evil.example',
	'[::1]',
	'127.0.0.1',
	'evil\u3002example',
	'EVIL.example',
	'good.com.evil.example',
];
const paths = [
	'',
	'/',
	'/login',
	'/i.png?d=secret',
	'/a(b)c',
	'/@here',
	'/a|b',
	'/?q=a&b=c',
	'/#x',
	'/a%20b',
	'/`x`',
	'/[x]',
	'/&#40;',
	'/good.com',
	'/a_b_c',
	'/*',
	"/'",
];
const schemes = [
	'https:',
	'https:',
	'https:',
	'http:',
	'HTTPS:',
	'javascript:',
	'JavaScript:',
	'data:',
	'vbscript:',
	'file:',
	'tel:',
	'slack:',
	'msteams:',
	'ftp:',
	'mailto:',
	'steam:',
	'discord:',
	'ws:',
	'blob:',
	'sms:',
	'x-a+b.c:',
	'javascript&colon;',
	'java\nscript:',
	'&#106;avascript:',
	'https&#58;',
];
const plainWords = ['a', 'see', 'run', 'x', 'report', 'here', '1', 'Node.js', 'é', '日本', '😀', 'click'];
const entities = [
	'&lt;',
	'&gt;',
	'&amp;',
	'&#60;',
	'&#x3c;',
	'&#x3C;',
	'&#0060;',
	'&LT;',
	'&lt',
	'&amp;lt;',
	'&#33;',
	'&excl;',
	'&#91;',
	'&lsqb;',
	'&lbrack;',
	'&rsqb;',
	'&#40;',
	'&lpar;',
	'&rpar;',
	'&#64;',
	'&commat;',
	'&grave;',
	'&#96;',
	'&colon;',
	'&sol;',
	'&period;',
	'&num;',
	'&#x200b;',
	'&ZeroWidthSpace;',
	'&nbsp;',
	'&Tab;',
	'&NewLine;',
	'&#10;',
	'&#0;',
	'&#xD800;',
	'&;',
	'&#;',
	'&#x;',
	'&',
	'&bogus;',
];

const slackMentions = [
	'<!here>',
	'<!channel>',
	'<!everyone>',
	'<!here|here>',
	'<!subteam^S1>',
	'<!subteam^S1|@group>',
	'<@U0BOB>',
	'<@W1>',
	'<@U0BOB|bob>',
	'<#C1>',
	'<#C1|general>',
	'<!date^1^{date}|x>',
	'<https://evil.example/|good.com>',
	'<javascript:alert(1)|x>',
	'<mailto:a@evil.example|me@good.com>',
];
const discordMentions = [
	'@everyone',
	'@here',
	'<@123456789012345678>',
	'<@!123456789012345678>',
	'<@&123456789012345678>',
	'<#123456789012345678>',
	'</cmd:123456789012345678>',
	'<t:1700000000:R>',
	'<a:x:123456789012345678>',
	'<:x:123456789012345678>',
	'<id:customize>',
	'<id:guide>',
];
const teamsMentions = [
	'<at>Bob</at>',
	'<at id="0">Bob</at>',
	'<at>',
	'</at>',
	'<AT>Bob</AT>',
	'< at>Bob</at>',
	'<at\u200b>Bob</at>',
	'<at/>',
	'<at\n>Bob</at>',
];
const tags = [
	'<img src="https://evil.example/i.png">',
	"<img src=x onerror='x'>",
	'<a href="https://evil.example">good.com</a>',
	'<a href=javascript:1>x</a>',
	'<b>',
	'</b>',
	'<br>',
	'<!-- x -->',
	'<!--',
	'-->',
	'<?x?>',
	'<![CDATA[x]]>',
	'<!DOCTYPE html>',
	'<script>',
	'</script>',
	'<pre>',
	'</pre>',
	'<details>',
	'<x y="',
	'<div>',
	'<table><tr><td>',
	'<iframe src=https://evil.example>',
];

export const zeroWidths: Make = (random) => random.pick(zeroWidth);
export const word: Make = (random) => random.pick(plainWords);
export const blank: Make = (random) => random.pick(blanks);
export const mark: Make = (random) => random.pick(marks);
export const joint: Make = (random) => random.pick(joints);
export const entity: Make = (random) => random.pick(entities);
export const escaped: Make = (random) => `\\${random.pick(marks)}`;
export const odd: Make = (random) => random.pick(random.chance(0.6) ? zeroWidth : random.chance(0.5) ? bidi : fullWidth);
export const tag: Make = (random) => random.pick(tags);
export const mention: Make = (random) => random.pick(random.pick([slackMentions, discordMentions, teamsMentions]));
export const goodName: Make = (random) => random.pick(good);
export const ticks: Make = (random) => '`'.repeat(1 + random.below(random.chance(0.8) ? 3 : 6));

/** An address, mostly of the attacker's host. */
export const address: Make = (random) => {
	const scheme = random.pick(schemes);
	const slashes = /^https?|^ftp|^ws|^steam|^slack|^HTTPS/.test(scheme) ? random.pick(['//', '//', '//', '//', '/', '///', '\\\\']) : '';
	if (scheme === 'mailto:') return `mailto:me@${random.pick(hosts)}`;
	if (slashes === '' && scheme !== 'file:') return `${scheme}${random.pick(['alert(1)', 'text/html,x', '//evil.example', 'x'])}`;
	return `${scheme}${slashes}${random.pick(hosts)}${random.pick(paths)}`;
};

/** An address, or what stands where one is expected. */
export const target: Make = (random) =>
	random.chance(0.85)
		? address(random)
		: random.pick(['', '#', './file.md', '//evil.example', 'evil.example', 'www.evil.example', '/x', 'x y', '\\', '<']);
