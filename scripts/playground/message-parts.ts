/** From a message of the emulated Slack to what the page shows: its text by format, and its buttons. */

import type { Block, Ephemeral, VisibleMessage } from '#test/emulators/slack/index.ts';
import type { Message, MessageButton, Part } from './wire.ts';

type Json = Record<string, unknown>;

export function toMessage(message: VisibleMessage): Message {
	const buttons = buttonsOf(message.blocks);
	return {
		id: `${message.channel}/${message.ts}`,
		channelId: message.channel,
		ts: message.ts,
		threadTs: message.threadTs ?? null,
		authorId: message.user,
		parts: partsOf(message.text, message.blocks, message.streaming !== undefined),
		source: message.botId === undefined ? message.text : '',
		buttons,
		// Where the bot edits instead of streaming, its Stop button says that it is still at work.
		isStreaming: message.streaming === 'in_progress' || buttons.some(({ actionId }) => actionId === stopActionId),
		isEdited: message.edited,
		isPrivate: false,
	};
}

/** `ts` says when it came: Slack does not show it, the page needs an order. */
export function toPrivateMessage(ephemeral: Ephemeral, address: Pick<Message, 'id' | 'channelId' | 'ts' | 'authorId'>): Message {
	return {
		...address,
		threadTs: null,
		parts: partsOf(ephemeral.text, ephemeral.blocks, false),
		source: '',
		buttons: [],
		isStreaming: false,
		isEdited: false,
		isPrivate: true,
	};
}

/** The adapter's name for its Stop button. */
const stopActionId = 'openccb_stop';

/** Streamed text is Markdown; plain text is mrkdwn and shows only where there are no blocks. */
function partsOf(text: string, blocks: readonly Block[], isStream: boolean): Part[] {
	const ofBlocks = blocks.flatMap(partsOfBlock);
	if (isStream) return [{ format: 'markdown', text }, ...ofBlocks];
	return blocks.length > 0 ? ofBlocks : [{ format: 'mrkdwn', text }];
}

function partsOfBlock(block: Block): Part[] {
	switch (block.type) {
		case 'markdown':
			return [{ format: 'markdown', text: textOf(block.text) }];
		case 'section':
			return [block.text, ...listOf(block.fields)].map(textObject).filter(hasText);
		case 'header':
			return [{ format: 'heading', text: textOf(block.text) }];
		case 'context':
			return listOf(block.elements)
				.map((element): Part => ({ format: 'note', text: textOf(element) }))
				.filter(hasText);
		case 'divider':
			return [{ format: 'divider' }];
		default:
			return [];
	}
}

function textObject(value: unknown): Part {
	return { format: isJson(value) && value.type === 'plain_text' ? 'plain' : 'mrkdwn', text: textOf(value) };
}

function hasText(part: Part): boolean {
	return part.format === 'divider' || part.text !== '';
}

function buttonsOf(blocks: readonly Block[]): MessageButton[] {
	return blocks.flatMap((block) => [...listOf(block.elements), block.accessory].filter(isJson).flatMap(buttonsOfElement));
}

function buttonsOfElement(element: Json): MessageButton[] {
	const actionId = String(element.action_id ?? '');
	if (element.type === 'feedback_buttons') {
		return [
			{ ...toButton(actionId, element.positive_button), thumb: 'up' },
			{ ...toButton(actionId, element.negative_button), thumb: 'down' },
		];
	}
	return element.type === 'button' ? [toButton(actionId, element)] : [];
}

function toButton(actionId: string, value: unknown): MessageButton {
	const button = isJson(value) ? value : {};
	const style = button.style === 'primary' || button.style === 'danger' ? button.style : 'default';
	return { actionId, value: String(button.value ?? ''), label: textOf(button.text), style, thumb: null };
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
	return isJson(value) && typeof value.text === 'string' ? value.text : '';
}
