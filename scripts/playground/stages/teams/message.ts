/** From a message of the emulated Teams to what the page shows, and from what is typed to what Teams sends. Pure. */

import type { VisibleButton, VisibleMessage } from '#test/emulators/teams/index.ts';
import type { Roster } from '../../roster.ts';
import type { Message, MessageButton, Part } from '../../wire.ts';
import { plainMessage } from '../plain-message.ts';
import { botId } from '../stage.ts';
import { type CardMenu, cardMenu, cardParts } from './adaptive-card.ts';

/** Teams' own thumbs. */
export const feedbackButtonId = 'feedback';

/** Who the ids in messages stand for. */
export type Names = Pick<Roster, 'personOf'>;

export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

/** Files that people share, those that the bot offers, and those that they took. */
const fileCardTypes = /^application\/vnd\.microsoft\.teams\.(?:file|card\.file)\./;

export function toMessage(message: VisibleMessage, names: Names): Message {
	const isFromBot = message.from === 'bot';
	const ofCards = message.attachments
		.filter(({ contentType }) => contentType === adaptiveCardType)
		.flatMap(({ content }) => cardParts(content));
	// Buttons of other apps are none of this bot's.
	const buttons = isFromBot ? message.buttons.flatMap((button) => withMenu(button, menuOf(message))) : [];
	const isStreaming = message.streaming === 'in_progress';
	const files = message.attachments
		.filter(({ contentType }) => fileCardTypes.test(String(contentType)))
		.map(({ name }): Part => ({ format: 'file', text: String(name) }));
	return {
		...plainMessage,
		platform: 'teams',
		id: message.id,
		placeId: message.conversation,
		atMs: message.history[0]?.atMs ?? Number(message.id),
		threadId: message.threadRootId ?? null,
		repliesTo: quotedId(message),
		authorId: names.personOf(message.from),
		parts: [...textParts(message, names), ...ofCards, ...files, ...forwardedParts(message, names)],
		isCard: ofCards.length > 0,
		source: isFromBot ? '' : asTyped(message.forwarded?.comment ?? message.text),
		buttons: message.feedbackEnabled && !isStreaming ? [...buttons, ...thumbs] : buttons,
		citations: message.citations.map(({ position, name, keywords, abstract, url }) => ({
			number: position,
			title: name,
			about: keywords.join(' · '),
			text: abstract ?? '',
			url: url ?? null,
		})),
		isAi: message.aiGenerated,
		// Where the bot edits instead of streaming, its Stop button says that it is still at work.
		isStreaming: isStreaming || message.buttons.some(isStop),
		isEdited: message.edited && !isFromBot,
		isPrivate: message.isTargeted,
	};
}

/** Mentions become entities, which the emulator puts before the text. */
export function typedForTeams(roster: Roster, text: string): { text: string; mentionBot: boolean; mentions: string[] } {
	const mentioned: string[] = [];
	const rest = roster.withMentions(text, (id) => {
		mentioned.push(id);
		return '';
	});
	const bot = roster.idOf(botId);
	const bare = rest.replace(/[ \t]{2,}/g, ' ').trim();
	return { text: bare, mentionBot: mentioned.includes(bot), mentions: mentioned.filter((id) => id !== bot) };
}

/** The bot's Stop button, as the adapter marks it. */
export function isStop({ data }: VisibleButton): boolean {
	return JSON.stringify(data ?? '').includes('"name":"stop"');
}

/** Whether a button sends in what was entered into a form of the bot's, as the adapter marks it. */
export function isForm(data: unknown): boolean {
	return typeof data === 'object' && data !== null && 'openccb_form' in data;
}

function textParts({ from, text, forwarded, textFormat, progress, entities }: VisibleMessage, names: Names): Part[] {
	const ids = new Map(
		entities.filter(({ type }) => type === 'mention').map((entity) => [entity['text'], mentionedId(entity['mentioned'])]),
	);
	const shown = outsideCode(forwarded?.comment ?? text, (stretch) =>
		stretch
			.replace(/<at[^<>]*>[\s\S]*?<\/at>/g, (tag) => mention(ids.get(tag), tag, names))
			// Teams takes what looks like a tag for one and shows nothing of it.
			.replace(/<\/?[a-z][^<>@#]*>/gi, (tag) => (/^<[@#]/.test(tag) ? tag : '')),
	);
	// What people type is told encoded; what the bot writes is Markdown, which knows entities itself.
	const read = from === 'bot' ? shown : decoded(shown);
	const parts: Part[] = read === '' ? [] : [{ format: textFormat === 'plain' ? 'plain' : 'markdown', text: read }];
	return progress === '' ? parts : [...parts, { format: 'note', text: progress }];
}

function forwardedParts({ forwarded }: VisibleMessage, names: Names): Part[] {
	if (forwarded === undefined) return [];
	const parts: Part[] = [{ format: 'markdown', text: forwarded.visibleText }];
	return [{ format: 'forwarded', authorId: names.personOf(forwarded.from), placeName: null, parts }];
}

/** The message that this one answers, as the entity says it. */
function quotedId({ entities }: VisibleMessage): string | null {
	const quoted = entities.find(({ type }) => type === 'quotedReply')?.['quotedReply'];
	return typeof quoted === 'object' && quoted !== null && 'messageId' in quoted ? String(quoted.messageId) : null;
}

function mention(id: string | undefined, tag: string, { personOf }: Names): string {
	if (id === undefined) return tag.replace(/<[^<>]*>/g, '');
	return `<@${id.startsWith('28:') ? botId : personOf(id)}>`;
}

function mentionedId(mentioned: unknown): string {
	return typeof mentioned === 'object' && mentioned !== null && 'id' in mentioned ? String(mentioned.id) : '';
}

function outsideCode(text: string, change: (stretch: string) => string): string {
	const stretches = text.split(/(```[\s\S]*?(?:```|$)|`[^`\n]*`)/);
	return stretches.map((stretch, index) => (index % 2 === 1 ? stretch : change(stretch))).join('');
}

function asTyped(text: string): string {
	return decoded(text.replace(/<quoted [^<>]*\/>/g, '').replace(/<at[^<>]*>([\s\S]*?)<\/at>/g, '@$1'));
}

function decoded(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const thumbs: readonly MessageButton[] = [
	{ id: feedbackButtonId, value: 'like', label: 'Like', style: 'default', thumb: 'up', menu: null },
	{ id: feedbackButtonId, value: 'dislike', label: 'Dislike', style: 'default', thumb: 'down', menu: null },
];

/** Several buttons may share a title; the data tells them apart. */
function toButton({ title, data }: VisibleButton): MessageButton {
	return { id: title, value: JSON.stringify({ data }), label: title, style: 'default', thumb: null, menu: null };
}

/** Choosing from the card's menu presses its button at once here. */
function withMenu(button: VisibleButton, menu: CardMenu | null): MessageButton[] {
	const own = toButton(button);
	if (menu === null) return [own];
	return menu.choices.map(({ title, value }) => ({
		...own,
		value: JSON.stringify({ data: button.data, inputs: { [menu.id]: value } }),
		...{ label: title, menu: button.title },
	}));
}

function menuOf({ attachments }: VisibleMessage): CardMenu | null {
	const cards = attachments.filter(({ contentType }) => contentType === adaptiveCardType);
	return cards.map(({ content }) => cardMenu(content)).find((menu) => menu !== null) ?? null;
}
