/** From a message of the emulated Discord to what the page shows: its text, embeds and components. Pure. */

import type { VisibleMessage } from '#test/emulators/discord/index.ts';
import type { Roster } from '../../roster.ts';
import type { Message, MessageButton, Part } from '../../wire.ts';
import { plainMessage } from '../plain-message.ts';

/** Who and what the ids in texts stand for. */
export interface Names extends Pick<Roster, 'personOf' | 'nameOf'> {
	nameOfChannel(id: string): string;
}

type Json = Record<string, unknown>;

/** "Component Types" and "Button Styles" of the page "Component Reference". */
const types = { button: 2, stringSelect: 3, textDisplay: 10, separator: 14, container: 17 };
const styles = { primary: 1, success: 3, danger: 4 };
/** Drawn by the page, because not every machine has a font with them. */
const thumbs: Readonly<Record<string, 'up' | 'down'>> = { '👍': 'up', '👎': 'down' };

export function toMessage(message: VisibleMessage, names: Names): Message {
	const components = message.components.flatMap(withInner);
	const buttons = components.flatMap(buttonsOf);
	const cards = [...components.flatMap(componentParts), ...message.embeds.flatMap(embedParts), ...pollParts(message.poll)];
	const text = textParts(message.content);
	const files = message.attachments.map(({ name }): Part => ({ format: 'file', text: name }));
	return {
		...plainMessage,
		platform: 'discord',
		id: message.id,
		placeId: message.channelId,
		atMs: message.createdAtMs,
		repliesTo: message.reference?.messageId ?? null,
		authorId: names.personOf(message.authorId),
		parts: [
			...[...text, ...cards, ...files].map((part) => ('text' in part ? { ...part, text: withNames(part.text, names) } : part)),
			...forwardedParts(message, names),
		],
		isCard:
			text.length === 0 &&
			(message.embeds.length > 0 || message.poll !== undefined || components.some(({ type }) => type === types.container)),
		source: message.content.replace(/<@!?(\d+)>/g, (_, id: string) => `@${names.nameOf(names.personOf(id))}`),
		buttons,
		// Where the bot edits, its Stop button says that it is still at work.
		isStreaming: message.isThinking || isStoppable(message),
		isEdited: message.edited,
		isPrivate: message.isEphemeral,
	};
}

/** Whether the message has the bot's Stop button, as the adapter marks it. */
export function isStoppable({ buttons }: Pick<VisibleMessage, 'buttons'>): boolean {
	return buttons.some(({ customId }) => customId?.startsWith('openccb:stop:') === true);
}

/** The small lines at the end stand apart. */
function textParts(content: string): Part[] {
	const [small = ''] = /(?:^|\n)(?:-# .*(?:\n|$))+$/.exec(content) ?? [];
	const parts: Part[] = [
		{ format: 'markdown', text: content.slice(0, content.length - small.length).trimEnd() },
		{ format: 'note', text: small.trim() },
	];
	return parts.filter((part) => 'text' in part && part.text !== '');
}

function withNames(text: string, names: Names): string {
	return text
		.replace(/<@!?(\d+)>/g, (_, id: string) => `<@${names.personOf(id)}>`)
		.replace(/<#(\d+)>/g, (_, id: string) => `<#${names.nameOfChannel(id)}>`);
}

function pollParts(poll: Json | undefined): Part[] {
	if (poll === undefined) return [];
	const question = isJson(poll['question']) ? textOf(poll['question']['text']) : '';
	const choices = listOf(poll['answers']).map((answer) => (isJson(answer['poll_media']) ? textOf(answer['poll_media']['text']) : ''));
	return [
		{ format: 'heading', text: question },
		{ format: 'choices', choices },
	];
}

/** Discord tells where it was said, and not by whom. */
function forwardedParts({ forwarded }: VisibleMessage, names: Names): Part[] {
	if (forwarded === undefined) return [];
	return [
		{ format: 'forwarded', authorId: null, placeName: names.nameOfChannel(forwarded.channelId), parts: toMessage(forwarded, names).parts },
	];
}

/** A component and all that is in it, in reading order. */
function withInner(component: Json): Json[] {
	const accessory = component['accessory'];
	const inner = [...listOf(component['components']), ...(isJson(accessory) ? [accessory] : [])];
	return [component, ...inner.flatMap(withInner)];
}

function componentParts({ type, content }: Json): Part[] {
	if (type === types.textDisplay) return [{ format: 'markdown', text: textOf(content) }];
	return type === types.separator ? [{ format: 'divider' }] : [];
}

function embedParts(embed: Json): Part[] {
	const fields = listOf(embed['fields']).flatMap(({ name, value }): Part[] => [
		{ format: 'heading', text: textOf(name) },
		{ format: 'markdown', text: textOf(value) },
	]);
	const footer = isJson(embed['footer']) ? textOf(embed['footer']['text']) : '';
	const parts: Part[] = [
		{ format: 'heading', text: textOf(embed['title']) },
		{ format: 'markdown', text: textOf(embed['description']) },
		...fields,
		{ format: 'note', text: footer },
	];
	return parts.filter((part) => !('text' in part) || part.text !== '');
}

function buttonsOf(component: Json): MessageButton[] {
	if (component['type'] === types.button) return [toButton(component)];
	if (component['type'] !== types.stringSelect) return [];
	const [id, menu] = [textOf(component['custom_id']), textOf(component['placeholder'])];
	return listOf(component['options']).map(({ label, value, description }) => ({
		...{ id, value: textOf(value), style: 'default', thumb: null, menu },
		label: [textOf(label), textOf(description)].filter((text) => text !== '').join(' · '),
	}));
}

function toButton(button: Json): MessageButton {
	const { style } = button;
	const emoji = isJson(button['emoji']) ? textOf(button['emoji']['name']) : '';
	const look = style === styles.danger ? 'danger' : style === styles.primary || style === styles.success ? 'primary' : 'default';
	const label = [emoji, textOf(button['label'])].filter((text) => text !== '').join(' ');
	return { id: textOf(button['custom_id']), value: '', label, style: look, thumb: thumbs[label] ?? null, menu: null };
}

function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): Json[] {
	return Array.isArray(value) ? value.filter(isJson) : [];
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
