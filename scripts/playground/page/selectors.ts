/** What the parts of the page need to know of the view: pure functions. */

import type { About, Activity, Channel, Message, Person, View } from '../wire.ts';

export interface ThreadSummary {
	count: number;
	authorIds: string[];
	lastTs: string;
}

export function aboutOf(view: View): About | null {
	return view.about.all ?? null;
}

/** The messages of the channel itself, oldest first. */
export function rootsOf(view: View, channelId: string): Message[] {
	return sorted(Object.values(view.messages).filter((message) => message.channelId === channelId && message.threadTs === null));
}

export function repliesOf(view: View, channelId: string, threadTs: string): Message[] {
	return sorted(Object.values(view.messages).filter((message) => message.channelId === channelId && message.threadTs === threadTs));
}

export function summaryOf(replies: readonly Message[]): ThreadSummary | null {
	const last = replies.at(-1);
	if (last === undefined) return null;
	return { count: replies.length, authorIds: [...new Set(replies.map(({ authorId }) => authorId))], lastTs: last.ts };
}

export function activityOf(view: View, channelId: string, threadTs: string): Activity | null {
	return view.activities[`${channelId}/${threadTs}`] ?? null;
}

export function isBot(view: View, id: string): boolean {
	return aboutOf(view)?.botId === id;
}

export function nameOf(view: View, id: string): string {
	if (isBot(view, id)) return 'OpenCCB';
	return view.people[id]?.name ?? view.channels[id]?.name ?? id;
}

export function firstName(person: Person): string {
	return person.name.split(' ')[0] ?? person.name;
}

/** `#ventas`, or the name of the other side of a direct conversation. */
export function titleOf(view: View, channel: Channel): string {
	return channel.otherId === null ? channel.name : nameOf(view, channel.otherId);
}

/** The direct conversation with the bot, where it was opened. */
export function botChannelOf(view: View): Channel | null {
	return Object.values(view.channels).find(({ otherId }) => otherId !== null && isBot(view, otherId)) ?? null;
}

/** `17:05`, in the manner of the reader's language. */
export function timeOf(ts: string, locale: string): string {
	return new Date(Number(ts.split('.')[0]) * 1000).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
}

/** Typed names become Slack mentions: `@OpenCCB` is sent as `<@U…>`. Longer names first, so that no name hides another. */
export function withMentions(view: View, text: string): string {
	const names = [...Object.values(view.people).map(({ id, name }) => ({ id, name })), { id: aboutOf(view)?.botId ?? '', name: 'OpenCCB' }];
	names.sort((left, right) => right.name.length - left.name.length);
	return names.reduce((typed, { id, name }) => typed.replaceAll(`@${name}`, `<@${id}>`), escapeMarkup(text));
}

/** The other way round, for a message that its author edits. */
export function withoutMentions(view: View, source: string): string {
	return source
		.replace(/<@([A-Z0-9]+)>/g, (_, id: string) => `@${nameOf(view, id)}`)
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}

function escapeMarkup(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function sorted(messages: Message[]): Message[] {
	return messages.sort((left, right) => (left.ts < right.ts ? -1 : left.ts > right.ts ? 1 : 0));
}
