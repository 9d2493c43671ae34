/** Slack's own text form, mrkdwn: escaping what we write, and reading what people write as plain text. Pure. */

import { toDisplayName } from '#src/platform/display-name.ts';

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>' };

/** Escapes the three characters that mean something in mrkdwn, so that no text can mention, link or broadcast ("Formatting message text"). */
export function escapeMrkdwn(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Standard Markdown ("Markdown block") in which only what Slack itself reads there is not escaped: mentions and channels. */
export function escapeMarkdown(text: string): string {
	return escapeMrkdwn(text).replace(/&lt;((?:@[UW]|#C|!subteam\^S)[A-Z0-9]+|!(?:here|channel|everyone))&gt;/g, '<$1>');
}

/** A person, a channel or a group of people as Slack writes them in its text form. @param label In that form too; empty for none. */
export function mentionOf(kind: '@' | '#' | '!subteam^', id: string, label: string): string {
	return label === '' ? `<${kind}${id}>` : `<${kind}${id}|${label}>`;
}

/** The labels that Slack gives beside ids, by id, in its text form: `<#C1|general>`. */
export function labelsIn(text: string): Map<string, string> {
	const found = text.matchAll(/<(?:@|#|!subteam\^)([A-Z0-9]+)\|([^<>\n]+)>/g);
	return new Map(Array.from(found, ([, id = '', label = '']) => [id, label]));
}

/**
 * Turns an incoming Slack text into the plain text that its author saw: the bot's own mention removed, other mentions, channels
 * and links written out, entities decoded once, trimmed.
 * @param names Of people, user groups and channels, by id, as far as they are known.
 */
export function decodeText(text: string, botUserId: string, names: ReadonlyMap<string, string>): string {
	return removeMention(text, botUserId)
		.replace(/<([^<>\n]+)>|&(amp|lt|gt);/g, (match, token: string | undefined, entity: string) =>
			token === undefined ? (entities[entity] ?? match) : decodeToken(token, names),
		)
		.trim();
}

/**
 * The text of a slash command as it was typed, but for people and user groups, who are written as `slack:<workspace>:<id>`: names are
 * not unique. Needs `should_escape` in the manifest; without it Slack gives the bare names.
 */
export function decodeCommandText(text: string, teamId: string): string {
	const named = text.replace(/<(?:@(?=[UW])|!subteam\^(?=S))([A-Z0-9]+)(?:\|[^<>\n]*)?>/g, `slack:${teamId}:$1`);
	return decodeText(named, '', new Map());
}

/** The ids of everybody whom an incoming Slack text mentions, each once, in order. */
export function mentionedUserIds(text: string): string[] {
	const ids = Array.from(text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>\n]*)?>/g), (match) => match[1] ?? '');
	return [...new Set(ids)];
}

/** Whether an incoming Slack text calls a group of people, or everybody who is here. */
export function addressesGroups(text: string): boolean {
	return /<!(?:subteam\^|here|channel|everyone)/.test(text);
}

/** With the blanks that set it apart, so that no double blank stays behind. */
function removeMention(text: string, userId: string): string {
	if (!/^[A-Z0-9]+$/.test(userId)) return text;
	const mention = `<@${userId}(?:\\|[^<>\\n]*)?>`;
	return text.replace(new RegExp(`^${mention}[ \\t]*|(?:(?<![ \\t])[ \\t]+)?${mention}`, 'gm'), '');
}

function decodeToken(token: string, names: ReadonlyMap<string, string>): string {
	const bar = token.indexOf('|');
	const target = decodeEntities(bar < 0 ? token : token.slice(0, bar));
	const label = bar < 0 ? '' : decodeEntities(token.slice(bar + 1));
	const id = target.slice(1);
	if (target.startsWith('@')) return `@${nameOr(id, names.get(id) ?? label)}`;
	if (target.startsWith('#')) return `#${nameOr(id, label.replace(/^#/, '') || names.get(id))}`;
	if (target.startsWith('!subteam^')) {
		const groupId = target.slice('!subteam^'.length);
		return `@${nameOr(groupId, label.replace(/^@/, '') || names.get(groupId))}`;
	}
	if (target.startsWith('!date^')) return label || dateOf(target);
	return target.startsWith('!') ? `@${id}` : decodeLink(target, label);
}

function nameOr(id: string, name = ''): string {
	return name === '' ? id : toDisplayName(name) || id;
}

/** `!date^1700000000^{date}`: what there is to show without a label. */
function dateOf(target: string): string {
	const seconds = Number(/^!date\^(\d{1,10})(?:\^|$)/.exec(target)?.[1] ?? Number.NaN);
	return Number.isNaN(seconds) ? '[a date]' : `${new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function decodeLink(url: string, label: string): string {
	if (label === '' || label === url) return url;
	const isSame = [`mailto:${label}`, `tel:${label}`].includes(url);
	if (isSame) return label;
	return [`http://${label}`, `https://${label}`].includes(url) ? url : `${label} (${url})`;
}

/** Once, and no more than the three that Slack writes ("Formatting message text"). */
export function decodeEntities(text: string): string {
	return text.replace(/&(amp|lt|gt);/g, (match, name: string) => entities[name] ?? match);
}
