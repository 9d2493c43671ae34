/** What the parts of the page need to know of the view: pure functions. */

import type { About, Activity, Message, Part, Place, Platform, ReplyLag, View } from '../wire.ts';

export const platformNames: Readonly<Record<Platform, string>> = { slack: 'Slack', teams: 'Microsoft Teams', discord: 'Discord' };

export function aboutOf(view: View): About | null {
	return view.about.all ?? null;
}

export function placesOf(view: View, platform: Platform): Place[] {
	return Object.values(view.places).filter((place) => place.platform === platform);
}

/** The messages of the place itself, oldest first. */
export function rootsOf(view: View, place: Place): Message[] {
	return messagesIn(view, place, null);
}

export function repliesOf(view: View, place: Place, threadId: string): Message[] {
	return messagesIn(view, place, threadId);
}

export function messageOf(view: View, place: Place, id: string): Message | null {
	return view.messages[`${place.platform}/${place.id}/${id}`] ?? null;
}

/** What the person who looks has said there, in threads too. */
export function saidIn(view: View, place: Place): Message[] {
	const mine = ({ platform, placeId, authorId }: Message) =>
		platform === place.platform && placeId === place.id && authorId === aboutOf(view)?.meId;
	return Object.values(view.messages).filter(mine);
}

/** The message behind a link as "Copy link" gives it; null where the person sees none. */
export function messageBehind(view: View, link: string): Message | null {
	const address = pathOf(link);
	return Object.values(view.messages).find((message) => message.link !== null && pathOf(message.link) === address) ?? null;
}

export function activityOf(view: View, place: Place, threadId: string | null): Activity | null {
	return view.activities[`${place.platform}/${place.id}/${threadId ?? ''}`] ?? null;
}

/** The newest measured reply on a platform. */
export function newestLag(view: View, platform: Platform): ReplyLag | null {
	const lags = Object.values(view.replies).filter((lag) => lag.platform === platform);
	return lags.reduce<ReplyLag | null>((newest, lag) => (newest === null || lag.atMs > newest.atMs ? lag : newest), null);
}

export function isBot(view: View, id: string): boolean {
	return aboutOf(view)?.botId === id;
}

/** Neither a person nor this bot. */
export function isOtherApp(view: View, id: string): boolean {
	return !isBot(view, id) && view.people[id] === undefined;
}

export function nameOf(view: View, id: string): string {
	if (isBot(view, id)) return 'OpenCCB';
	return view.people[id]?.name ?? id;
}

/** `Tom` of `Tom Baker`. */
export function firstWord(name: string): string {
	return name.split(' ')[0] ?? name;
}

/** `ventas`, or the bot's name for the conversation with it. */
export function titleOf(place: Place): string {
	return place.kind === 'direct' ? 'OpenCCB' : place.name;
}

/** `17:05`, in the manner of the reader's language. */
export function timeOf(atMs: number, locale: string): string {
	return new Date(atMs).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
}

/** What a message says, in one line. */
export function excerptOf(view: View, message: Message): string {
	return message.parts
		.map(wordsOf)
		.join(' ')
		.replace(/<@([\w-]+)>/g, (_, id: string) => `@${nameOf(view, id)}`)
		.replace(/[*_`~#>]+|\s+/g, ' ')
		.trim();
}

function wordsOf(part: Part): string {
	if (part.format === 'forwarded') return part.parts.map(wordsOf).join(' ');
	if (part.format === 'choices') return part.choices.join(', ');
	return 'text' in part ? part.text : '';
}

/** `85 ms`, `1.2 s`; a dash where there is nothing yet. */
export function durationText(valueMs: number | null): string {
	if (valueMs === null) return '–';
	return valueMs < 999.5 ? `${Math.round(valueMs)} ms` : `${(valueMs / 1000).toFixed(1)} s`;
}

/** What stands behind the question mark only helps clients to find the way. */
function pathOf(link: string): string {
	return link.split('?')[0] ?? link;
}

function messagesIn(view: View, place: Place, threadId: string | null): Message[] {
	return Object.values(view.messages)
		.filter((message) => message.platform === place.platform && message.placeId === place.id && message.threadId === threadId)
		.sort((left, right) => left.atMs - right.atMs);
}
