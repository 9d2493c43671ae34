/** From a message of the emulated Slack to what the page shows: its text by format, and its buttons. Pure. */

import type { Block, Ephemeral, VisibleMessage } from '#test/emulators/slack/index.ts';
import type { Roster } from '../../roster.ts';
import type { Message, MessageButton, Part } from '../../wire.ts';
import { plainMessage } from '../plain-message.ts';
import { botId } from '../stage.ts';
import { asTypedInSlack } from './typed-text.ts';

/** Who and what the ids in texts stand for. */
export interface Names extends Pick<Roster, 'personOf' | 'nameOf'> {
	nameOfChannel(id: string): string;
}

/** The adapter's name for its Stop button. */
export const stopButtonId = 'openccb_stop';

export function toMessage(message: VisibleMessage, names: Names): Message {
	const buttons = buttonsOf(message.blocks);
	const files = message.files.map(({ name }): Part => ({ format: 'file', text: name }));
	return {
		...plainMessage,
		platform: 'slack',
		id: message.ts,
		placeId: message.channel,
		atMs: Number(message.ts) * 1000,
		threadId: message.threadTs ?? null,
		authorId: names.personOf(message.user),
		parts: [...partsOf(message.text, message.blocks, message.streaming !== undefined, names), ...files],
		source: message.botId === undefined ? asTypedInSlack(names, message.text) : '',
		buttons,
		// Where the bot edits instead of streaming, its Stop button says that it is still at work.
		isStreaming: message.streaming === 'in_progress' || buttons.some(({ id }) => id === stopButtonId),
		isEdited: message.edited,
	};
}

export function toPrivateMessage(ephemeral: Ephemeral, address: Pick<Message, 'id' | 'placeId' | 'atMs'>, names: Names): Message {
	return {
		...plainMessage,
		platform: 'slack',
		...address,
		authorId: botId,
		parts: partsOf(ephemeral.text, ephemeral.blocks, false, names),
		isPrivate: true,
	};
}

/** Streamed text is Markdown; plain text is mrkdwn and shows only where there are no blocks, or the rich text that people's own is made of. */
function partsOf(text: string, blocks: readonly Block[], isStream: boolean, names: Names): Part[] {
	const ofBlocks = blocks.flatMap(partsOfBlock);
	const isTyped = blocks.every(({ type }) => type === 'rich_text');
	const parts: Part[] = isStream ? [{ format: 'markdown', text }, ...ofBlocks] : isTyped ? [{ format: 'mrkdwn', text }] : ofBlocks;
	return parts.map((part) => ('text' in part ? { ...part, text: withNames(part.text, names) } : part));
}

function withNames(text: string, names: Names): string {
	return text
		.replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `<@${names.personOf(id)}>`)
		.replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `<#${names.nameOfChannel(id)}>`);
}

function partsOfBlock(block: Block): Part[] {
	switch (block.type) {
		case 'markdown':
			return [{ format: 'markdown', text: textOf(block['text']) }];
		case 'section':
			return [block['text'], ...listOf(block['fields'])].map(textObject).filter(hasText);
		case 'header':
			return [{ format: 'heading', text: textOf(block['text']) }];
		case 'context':
			return listOf(block['elements'])
				.map((element): Part => ({ format: 'note', text: textOf(element) }))
				.filter(hasText);
		case 'divider':
			return [{ format: 'divider' }];
		default:
			return [];
	}
}

function textObject(value: unknown): Part {
	return { format: isJson(value) && value['type'] === 'plain_text' ? 'plain' : 'mrkdwn', text: textOf(value) };
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
	return element['type'] === 'button' ? [toButton(id, element)] : [];
}

function toButton(id: string, value: unknown): MessageButton {
	const button = isJson(value) ? value : {};
	const style = button['style'] === 'primary' || button['style'] === 'danger' ? button['style'] : 'default';
	return { id, value: String(button['value'] ?? ''), label: textOf(button['text']), style, thumb: null };
}

type Json = Record<string, unknown>;

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
