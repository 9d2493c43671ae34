/** Rich text, as Slack writes it for whatever people type, in words. */

import { describe, expect, it } from 'vitest';
import { read, richText, section, text } from './pieces.ts';

describe('rich text', () => {
	const list = (style: string, items: unknown[], more = {}) => ({
		type: 'rich_text_list',
		style,
		elements: items.map((item) => section(item)),
		...more,
	});
	it.each([
		[
			'a link',
			[section(text('see '), { type: 'link', url: 'https://a.test/?b=1&c=2', text: 'the docs' })],
			'see the docs (https://a.test/?b=1&c=2)',
		],
		['a bare link', [section({ type: 'link', url: 'https://a.test/a|b' })], 'https://a.test/a%7Cb'],
		['a link that poses as a mention', [section({ type: 'link', url: '@UBOT', text: 'x' })], 'x @UBOT'],
		['people', [section({ type: 'user', user_id: 'U0BEA' }, text(' and '), { type: 'user', user_id: 'U0CY' })], '@Bea and @U0CY'],
		[
			'a group and a channel',
			[section({ type: 'usergroup', usergroup_id: 'S0OPS' }, { type: 'channel', channel_id: 'C0NEWS' })],
			'@ops#news',
		],
		['everybody', [section({ type: 'broadcast', range: 'here' }, text(' '), { type: 'broadcast', range: 'channel' })], '@here @channel'],
		['emoji', [section({ type: 'emoji', name: '+1', unicode: '1f44d-1f3fb' }, { type: 'emoji', name: 'our_logo' })], '👍🏻:our_logo:'],
		['an emoji that is none', [section({ type: 'emoji', name: 'x', unicode: 'ffffffff' })], ':x:'],
		['a date', [section({ type: 'date', timestamp: 1_700_000_000, format: '{date}', fallback: 'Nov 14' })], 'Nov 14'],
		['a date without words', [section({ type: 'date', timestamp: 1_700_000_000, format: '{date}' })], '2023-11-14 22:13 UTC'],
		['a colour', [section({ type: 'color', value: '#aabbcc' })], '#aabbcc'],
		['a workspace', [section({ type: 'team', team_id: 'T2' })], '[workspace: T2]'],
		['styles', [section(text('a', { bold: true }), text('b', { strike: true }), text('c < d', { code: true }))], 'a~b~`c < d`'],
		[
			'lists',
			[section(text('Steps:\n')), list('ordered', [text('one'), text('two')]), list('bullet', [text('in')], { indent: 1 })],
			'Steps:\n1. one\n2. two\n    • in',
		],
		['a list that goes on', [list('ordered', [text('three')], { offset: 2 })], '3. three'],
		['a quotation', [{ type: 'rich_text_quote', elements: [text('one\ntwo')] }, section(text('mine'))], '> one\n> two\nmine'],
		['code', [{ type: 'rich_text_preformatted', elements: [text('if (a < b)\n  <@UBOT>')] }], '```\nif (a < b)\n  <@UBOT>\n```'],
		['what is not known yet', [section({ type: 'hologram' }, { type: 'canvas_mention', text: 'Plan' })], '[hologram]Plan'],
		['a person without an id', [section({ type: 'user' }, { type: 'channel', channel_id: 'C <1>' })], '[somebody][a channel]'],
		['a type that every object has', [section({ type: 'constructor' }), { type: '__proto__', elements: [text('x')] }], '[constructor]\nx'],
	])('is read: %s', (_name, elements, said) => {
		expect(read({ blocks: [richText(...elements)] }).text).toBe(said);
	});

	it('takes the names that Slack gives beside the text', () => {
		const elements = [{ type: 'channel', channel_id: 'C9' }, text(' '), { type: 'usergroup', usergroup_id: 'S9' }];
		expect(read({ text: '<#C9|general> <!subteam^S9|@buyers>', blocks: [richText(section(...elements))] }).text).toBe('#general @buyers');
	});

	it('calls whom its elements name, and does not repeat that it calls the bot', () => {
		const call = (...elements: unknown[]) => read({ blocks: [richText(section(...elements))] });
		expect(call({ type: 'user', user_id: 'UBOT' }, text(' what now?'))).toMatchObject({ text: 'what now?', callsBot: true });
		expect(call({ type: 'user', user_id: 'U0BEA' }, text(' what now?'))).toMatchObject({ callsBot: false, callsPeople: true });
		expect(call({ type: 'broadcast', range: 'here' })).toMatchObject({ callsBot: false, callsPeople: true });
		expect(call(text('<@UBOT> <!here>'))).toMatchObject({ text: '<@UBOT> <!here>', callsBot: false, callsPeople: false });
	});
});
