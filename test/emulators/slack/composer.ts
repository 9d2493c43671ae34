/** Slack's composer: the rich text that it makes of what a person types, beside the text. */

import type { Block, Json } from './types.ts';

/** One paragraph with mentions and links told apart. Lists, quotes and code stay text, as for people who have formatting switched off. */
export function toRichText(text: string): Block[] {
	if (text === '') return [];
	const elements = text.split(/(<[^<>\n]+>)/).flatMap((piece) => toElement(piece) ?? []);
	return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
}

function toElement(piece: string): Json | null {
	if (piece === '') return null;
	if (!/^<.*>$/.test(piece)) return { type: 'text', text: unescaped(piece) };
	const [target = '', label] = piece.slice(1, -1).split('|');
	if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
	if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
	if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice('!subteam^'.length) };
	if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
	return { type: 'link', url: unescaped(target), ...(label !== undefined && label !== '' && { text: unescaped(label) }) };
}

function unescaped(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
