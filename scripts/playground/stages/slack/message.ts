/** From a message of the emulated Slack to what the page shows: its text by format, and its buttons. Pure. */

import type { Block, Ephemeral, VisibleMessage } from '#test/emulators/slack/index.ts';
import type { Roster } from '../../roster.ts';
import type { Message, MessageButton, Part } from '../../wire.ts';
import { plainMessage } from '../plain-message.ts';
import { botId } from '../stage.ts';
import { asTypedInSlack, unescapedFromSlack } from './typed-text.ts';

/** Who and what the ids in texts stand for. */
export interface Names extends Pick<Roster, 'personOf' | 'nameOf'> {
	nameOfChannel(id: string): string;
}

/** The adapter's name for its Stop button. */
export const stopButtonId = 'openccb_stop';

export function toMessage(message: VisibleMessage, names: Names): Message {
	const buttons = buttonsOf(message.blocks);
	const files = message.files.map(({ name }): Part => ({ format: 'file', text: name }));
	const attached = message.attachments.flatMap((attachment) => partsOfAttachment(attachment, names));
	return {
		...plainMessage,
		platform: 'slack',
		id: message.ts,
		placeId: message.channel,
		atMs: Number(message.ts) * 1000,
		threadId: message.threadTs ?? null,
		authorId: names.personOf(message.user),
		parts: [...partsOf(message.text, message.blocks, message.streaming !== undefined, names), ...attached, ...files],
		isCard: message.text === '' && attached.some(({ format }) => format !== 'forwarded'),
		source: message.botId === undefined ? asTypedInSlack(names, message.text) : '',
		buttons,
		// Where the bot edits instead of streaming, its Stop button says that it is still at work.
		isStreaming: message.streaming === 'in_progress' || buttons.some(({ id }) => id === stopButtonId),
		isEdited: message.edited,
	};
}

export function toPrivateMessage(ephemeral: Ephemeral, placeId: string, names: Names): Message {
	return {
		...plainMessage,
		platform: 'slack',
		id: ephemeral.ts,
		placeId,
		atMs: Number(ephemeral.ts) * 1000,
		threadId: ephemeral.threadTs ?? null,
		authorId: botId,
		parts: partsOf(ephemeral.text, ephemeral.blocks, false, names),
		buttons: buttonsOf(ephemeral.blocks),
		isPrivate: true,
	};
}

/** Streamed text is Markdown; plain text is mrkdwn and shows only where there are no blocks, or the rich text that people's own is made of. */
function partsOf(text: string, blocks: readonly Block[], isStream: boolean, names: Names): Part[] {
	const ofBlocks = blocks.flatMap(partsOfBlock);
	const isTyped = blocks.every(({ type }) => type === 'rich_text');
	const plain: Part[] = text === '' ? [] : [{ format: 'mrkdwn', text }];
	const parts: Part[] = isStream ? [{ format: 'markdown', text }, ...ofBlocks] : isTyped ? plain : ofBlocks;
	return parts.map((part) => ('text' in part ? { ...part, text: withNames(part.text, names) } : part));
}

/** A forwarded message, or what an app attached. */
function partsOfAttachment(attachment: Json, names: Names): Part[] {
	const { is_share: isShare, author_id: author, channel_name: placeName, message_blocks: shared, attachments, files } = attachment;
	const text = textOf(attachment['text']);
	if (isShare !== true) {
		const heading: Part = { format: 'heading', text: unescapedFromSlack(textOf(attachment['title'])) };
		return [heading, ...partsOf(text, listOf(attachment['blocks']).filter(isBlock), false, names)].filter(hasText);
	}
	const [{ message = null } = {}] = listOf(shared).filter(isJson);
	const blocks = isJson(message) ? listOf(message['blocks']).filter(isBlock) : [];
	const parts = [
		...partsOf(text, blocks, false, names),
		...listOf(attachments)
			.filter(isJson)
			.flatMap((inner) => partsOfAttachment(inner, names)),
		...listOf(files)
			.filter(isJson)
			.map(({ name }): Part => ({ format: 'file', text: String(name) })),
	];
	return [{ format: 'forwarded', authorId: names.personOf(String(author)), placeName: textOf(placeName) || null, parts }];
}

function withNames(text: string, names: Names): string {
	return text
		.replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `<@${names.personOf(id)}>`)
		.replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `<#${names.nameOfChannel(id)}>`);
}

function chartOf({ name, data }: Json): Part {
	const bars = listOf(data)
		.filter(isJson)
		.map(({ label, value }) => ({ label: textOf(label), value: Number(value) }));
	return { format: 'chart', title: textOf(name), bars };
}

function partsOfBlock(block: Block): Part[] {
	switch (block.type) {
		case 'markdown':
			return [{ format: 'markdown', text: textOf(block['text']) }];
		case 'data_visualization':
			return isJson(block['chart']) ? listOf(block['chart']['series']).filter(isJson).map(chartOf) : [];
		case 'section':
			return [block['text'], ...listOf(block['fields'])].map(textObject).filter(hasText);
		case 'header':
			return [{ format: 'heading', text: textOf(block['text']) }];
		case 'context':
			return listOf(block['elements'])
				.map((element): Part => ({ format: 'note', text: textOf(element) }))
				.filter(hasText);
		case 'rich_text':
			return listOf(block['elements']).filter(isJson).filter(isQuote).map(quoteOf);
		case 'divider':
			return [{ format: 'divider' }];
		case 'actions':
			return listOf(block['elements']).filter(isJson).flatMap(choicesOf);
		default:
			return [];
	}
}

function isQuote({ type }: Json): boolean {
	return type === 'rich_text_quote';
}

function quoteOf({ elements }: Json): Part {
	return { format: 'quote', text: listOf(elements).map(textOf).join('') };
}

function textObject(value: unknown): Part {
	return { format: isJson(value) && value['type'] === 'plain_text' ? 'plain' : 'mrkdwn', text: textOf(value) };
}

function choicesOf({ type, options }: Json): Part[] {
	const choices = listOf(options).map((option) => (isJson(option) ? textOf(option['text']) : ''));
	return type === 'radio_buttons' ? [{ format: 'choices', choices }] : [];
}

function hasText(part: Part): boolean {
	return !('text' in part) || part.text !== '';
}

function buttonsOf(blocks: readonly Block[]): MessageButton[] {
	return blocks.flatMap((block) => [...listOf(block['elements']), block['accessory']].filter(isJson).flatMap(buttonsOfElement));
}

function buttonsOfElement(element: Json): MessageButton[] {
	const id = String(element['action_id'] ?? '');
	if (element['type'] === 'feedback_buttons') {
		return [
			{ ...toButton(id, element['positive_button']), thumb: 'up' },
			{ ...toButton(id, element['negative_button']), thumb: 'down' },
		];
	}
	if (element['type'] === 'static_select') {
		const menu = textOf(element['placeholder']);
		return listOf(element['options']).map((option) => ({ ...toButton(id, option), menu }));
	}
	return element['type'] === 'button' ? [toButton(id, element)] : [];
}

function toButton(id: string, value: unknown): MessageButton {
	const button = isJson(value) ? value : {};
	const style = button['style'] === 'primary' || button['style'] === 'danger' ? button['style'] : 'default';
	return { id, value: String(button['value'] ?? ''), label: textOf(button['text']), style, thumb: null, menu: null };
}

type Json = Record<string, unknown>;

function isBlock(value: unknown): value is Block {
	return isJson(value) && typeof value['type'] === 'string';
}

function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The text of a text object or of a bare string. */
function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return isJson(value) && typeof value['text'] === 'string' ? value['text'] : '';
}
