/** What people write on Discord, as the plain text that they saw. Pure. */

import { toDisplayName } from '#src/platform/display-name.ts';

/** What ids stand for, as far as it is known. */
export interface Names {
	users: ReadonlyMap<string, string>;
	roles: ReadonlyMap<string, string>;
	channels: ReadonlyMap<string, string>;
}

/** Users, nicknames (`!`), roles, channels, commands, emoji, times and places of a server ("Reference", message formatting). */
const TOKEN =
	/<(?:@([!&]?)(\d{15,20})|#(\d{15,20})|\/([^\n<>:]{1,100}):\d{15,20}|a?(:\w{2,32}:)\d{15,20}|t:(-?\d{1,12})(?::\w)?|id:(customize|browse|guide|linked-roles)(?::\d{1,20})?)>/g;

/** What every server has ("Guild Navigation Types"). */
const serverPlaces: Readonly<Record<string, string>> = {
	customize: 'Channels & Roles',
	browse: 'Browse Channels',
	guide: 'Server Guide',
	'linked-roles': 'Linked Roles',
};

/**
 * Decodes what Discord writes in angle brackets, once; the mentions of the bot and of its role are removed. All other Markdown stays as it
 * was typed.
 * @param own The ids that name the bot: its own, and that of the role that came with it.
 */
export function decodeText(text: string, own: ReadonlySet<string>, names: Names): string {
	return removeMentions(text, own)
		.replace(
			TOKEN,
			(match, kind?: string, id?: string, channel?: string, command?: string, emoji?: string, time?: string, place?: string) => {
				if (id !== undefined) return `@${nameOf(kind === '&' ? names.roles : names.users, id)}`;
				if (channel !== undefined) return `#${nameOf(names.channels, channel)}`;
				if (command !== undefined) return `/${command}`;
				if (place !== undefined) return serverPlaces[place] ?? match;
				return emoji ?? (time === undefined ? match : toTime(time));
			},
		)
		.trim();
}

/** Whether the text names one of these ids: a reply names whom it answers in its fields, but not in its text. */
export function mentionsAny(text: string, ids: ReadonlySet<string>): boolean {
	return mentionedIds(text).some((id) => ids.has(id));
}

/** Users and roles that the text names, each as often as it does. */
export function mentionedIds(text: string): string[] {
	return Array.from(text.matchAll(/<@[!&]?(\d{15,20})>/g), ([, id = '']) => id);
}

function nameOf(names: ReadonlyMap<string, string>, id: string): string {
	return toDisplayName(names.get(id) ?? '') || id;
}

/** At a line's beginning with the blanks that follow it, elsewhere with those before. */
function removeMentions(text: string, own: ReadonlySet<string>): string {
	if (own.size === 0) return text;
	const mention = `<@[!&]?(?:${[...own].join('|')})>`;
	return text.replace(new RegExp(`^${mention}[ \\t]*|(?:(?<![ \\t])[ \\t]+)?${mention}`, 'gm'), '');
}

function toTime(seconds: string): string {
	const atMs = Number(seconds) * 1_000;
	// The range of dates in ECMAScript, "Time Values and Time Range".
	return Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : seconds;
}
