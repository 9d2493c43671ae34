/** What a person reads in a message: the text of its blocks and its buttons. */

import type { Block, Json, StoredMessage, VisibleButton, VisibleMessage } from './types.ts';

/** The message as a person sees it, copied so that later changes do not show in it. */
export function toVisible(message: StoredMessage): VisibleMessage {
	return {
		ts: message.ts,
		threadTs: message.threadTs,
		channel: message.channel,
		user: message.user,
		botId: message.botId,
		visibleText: visibleText(message),
		text: message.text,
		blocks: structuredClone(message.blocks),
		attachments: structuredClone(message.attachments),
		metadata: structuredClone(message.metadata),
		buttons: findButtons(message.blocks).map(({ button }) => button),
		streaming: message.stream?.state,
		edited: message.edited !== undefined,
		deleted: message.deleted,
		reactions: message.reactions.map(({ name }) => name),
		files: message.files.map(({ id, name, mimetype }) => ({ id, name, mimetype })),
		history: message.history.map((entry) => ({ ...entry })),
	};
}

/** Blocks hide the plain text, even blocks that have nothing to read: Slack shows `text` only in notifications then. */
export function visibleText(message: Pick<StoredMessage, 'text' | 'blocks' | 'stream' | 'deleted'>): string {
	if (message.deleted) return '';
	const ofBlocks = message.blocks.map(blockText).filter((text) => text !== '');
	if (message.stream !== undefined) return [message.stream.text, ...ofBlocks].filter((text) => text !== '').join('\n');
	return message.blocks.length > 0 ? ofBlocks.join('\n') : message.text;
}

/** The readable text of one block, without the labels of its buttons. */
function blockText(block: Block): string {
	switch (block.type) {
		case 'markdown':
			return textOf(block.text);
		case 'data_visualization':
			return [textOf(block.title), ...chartLines(block.chart)].join('\n');
		case 'section':
			return [block.text, ...listOf(block.fields)]
				.map(textOf)
				.filter((text) => text !== '')
				.join('\n');
		case 'header':
			return textOf(block.text);
		case 'context':
			return listOf(block.elements)
				.map(textOf)
				.filter((text) => text !== '')
				.join(' ');
		case 'rich_text':
			return listOf(block.elements)
				.map((element) => richText(element))
				.join('\n');
		case 'table':
			return listOf(block.rows)
				.map((row) => listOf(row).map(cellText).join(' | '))
				.join('\n');
		default:
			return '';
	}
}

function chartLines(chart: unknown): string[] {
	const series = isJson(chart) ? listOf(chart.series).filter(isJson) : [];
	return series.flatMap(({ name, data }) => [
		textOf(name),
		...listOf(data)
			.filter(isJson)
			.map(({ label, value }) => `${textOf(label)}: ${String(value)}`),
	]);
}

/** Every button of the blocks with the block and the element that carry it. Feedback buttons give two, of the same action id, and menus all options. */
export function findButtons(blocks: readonly Block[]): { block: Block; element: Json; button: VisibleButton }[] {
	return blocks.flatMap((block) => {
		const elements = [...listOf(block.elements), ...(isJson(block.accessory) ? [block.accessory] : [])].filter(isJson);
		return elements.flatMap((element) => buttonsOf(element).map((button) => ({ block, element, button })));
	});
}

export function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The text of a text object or of a bare string. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	return isJson(value) && typeof value.text === 'string' ? value.text : '';
}

function buttonsOf(element: Json): VisibleButton[] {
	const actionId = String(element.action_id ?? '');
	if (element.type === 'feedback_buttons') {
		return [element.positive_button, element.negative_button]
			.filter(isJson)
			.map((half) => ({ actionId, value: String(half.value ?? ''), label: textOf(half.text) }));
	}
	if (element.type === 'static_select' || element.type === 'overflow') {
		return listOf(element.options)
			.filter(isJson)
			.map((option) => ({ actionId, value: String(option.value ?? ''), label: textOf(option.text) }));
	}
	if (element.type !== 'button' && element.type !== 'icon_button') return [];
	const style = typeof element.style === 'string' ? { style: element.style } : {};
	return [{ actionId, value: String(element.value ?? ''), label: textOf(element.text), ...style }];
}

function richText(element: unknown): string {
	if (!isJson(element)) return '';
	if (element.type === 'rich_text_list')
		return listOf(element.elements)
			.map((item) => `• ${richText(item)}`)
			.join('\n');
	if (Array.isArray(element.elements)) return element.elements.map(richText).join('');
	if (element.type === 'user') return `<@${String(element.user_id)}>`;
	if (element.type === 'link') return String(element.text ?? element.url ?? '');
	if (element.type === 'emoji') return `:${String(element.name)}:`;
	return textOf(element);
}

function cellText(cell: unknown): string {
	if (!isJson(cell)) return '';
	return cell.type === 'rich_text' ? listOf(cell.elements).map(richText).join('\n') : textOf(cell);
}
