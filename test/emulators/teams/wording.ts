/** What people type, in the two forms that Teams sends of it: text with `<at>` tags and entities, and its twin in HTML. */

import type { Core } from './core.ts';
import type { Json } from './types.ts';

export interface Wording {
	text: string;
	html: string;
	/** The mentions, and what Teams says of the client. */
	entities: Json[];
}

export interface Typed {
	text: string;
	/** Whether the bot is mentioned before the text, and again after it. */
	mentionBot?: boolean | 'twice';
	/** People who are mentioned before the text. */
	mentions?: readonly string[];
	locale: string;
	timeZone: string;
	/** Formatted in the box: the HTML that it makes, with the mentions before it. The text is what Teams makes of it then. */
	html?: string;
}

interface Account {
	id: string;
	name: string;
}

/** Characters with a meaning in HTML arrive as references in both forms. */
export function word(core: Core, { text, mentionBot = false, mentions = [], locale, timeZone, html: formatted }: Typed): Wording {
	const bot: Account = { id: core.identity.botId, name: core.identity.botName };
	const people = mentions.map((id) => ({ id, name: core.tenant.user(id)?.name ?? '' }));
	const before = [...(mentionBot ? [bot] : []), ...people];
	const after = mentionBot === 'twice' ? [bot] : [];
	const all = [...before, ...after];
	const spans = (accounts: Account[], first: number) =>
		accounts.map(
			({ name }, index) => `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${first + index}">${encode(name)}</span>`,
		);
	const body = formatted ?? encode(text).replaceAll('\n', '<br>');
	const html = [...spans(before, 0), body, ...spans(after, before.length)].join('&nbsp;');
	const [country] = locale.split('-').slice(-1);
	return {
		text: [...before.map(tag), encode(text), ...after.map(tag)].join(' '),
		html: formatted === undefined ? `<p>${html}</p>` : `<div>${html}</div>`,
		entities: [
			...all.map((account) => ({ type: 'mention', mentioned: { ...account }, text: tag(account) })),
			{ type: 'clientInfo', locale, country, platform: 'Web', timezone: timeZone },
		],
	};
}

function tag({ name }: Account): string {
	return `<at>${encode(name)}</at>`;
}

export function encode(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
