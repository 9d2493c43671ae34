/** The bot's side of Teams' formats: what a message looks like on the wire. Pure. */

import { readBlocks } from '#src/markdown/blocks.ts';
import { makeInlineSafe, quietCode } from '#src/markdown/safe-inline.ts';
import type { Button, OutgoingMessage } from '#src/platform/chat-platform.ts';
import { teamsCapabilities } from './capabilities.ts';
import { toCard } from './format/cards.ts';
import { toGeneratedEntity } from './format/entities.ts';
import { lastTextReading } from './format/last-reading.ts';
import { drawTable } from './format/tables.ts';
import type { Json } from './json.ts';

export { parseButton } from './format/cards.ts';
export { escapePlain, renderBlock } from './format/text.ts';
export { readText } from './reading/typed-text.ts';

/**
 * A message, as `POST` and `PUT` take it. Thumbs are Teams' own; other buttons need a card, which then carries the text too, because
 * Teams may make two messages of a text and a card. Beside thumbs there are no other buttons.
 */
export function toActivity(message: OutgoingMessage): Json {
	if (message.isBare) return { type: 'message', textFormat: 'markdown', text: toWireText(message.text) };
	const buttons = cardButtonsOf(message.buttons);
	const content = buttons.length === 0 ? { text: toWireText(message.text) } : { attachments: [toCard(message.text, buttons)] };
	return { ...toEmptyActivity(message), ...content };
}

/** The end of a native stream, whose text stays text; the card has the buttons only. */
export function toStreamEnd(message: OutgoingMessage, text: string): Json {
	const buttons = cardButtonsOf(message.buttons);
	return { ...toEmptyActivity(message), text, ...(buttons.length === 0 ? {} : { attachments: [toCard('', buttons)] }) };
}

/** The text that is sent: without tables, which Teams' text does not know, and checked once more, because it was written anew since. */
export function toWireText(text: string): string {
	const drawn = makeInlineSafe(text.includes('|') ? drawTables(text) : text, quietCode);
	return lastTextReading.makeClean(drawn, teamsCapabilities.messageText.limit);
}

function drawTables(text: string): string {
	let output = '';
	let position = 0;
	for (const { kind, source, start, end } of readBlocks(text).blocks) {
		if (kind !== 'table') continue;
		output += text.slice(position, start) + drawTable(source);
		position = end;
	}
	return output + text.slice(position);
}

function toEmptyActivity({ buttons, replyId, sources: cited }: OutgoingMessage): Json {
	const sources = cited?.sources ?? [];
	// What belongs to a reply, or draws on sources, was written by a model.
	const isGenerated = replyId !== undefined || sources.length > 0;
	return {
		type: 'message',
		textFormat: 'markdown',
		...(isGenerated ? { entities: [toGeneratedEntity(sources)] } : {}),
		...(hasFeedbackPair(buttons) ? { channelData: { feedbackLoop: { type: 'default' } } } : {}),
	};
}

function cardButtonsOf(buttons: readonly Button[]): Button[] {
	return hasFeedbackPair(buttons) ? [] : buttons.filter(({ action }) => action.name !== 'feedback');
}

/** Teams shows thumbs up and down together or not at all. */
function hasFeedbackPair(buttons: readonly Button[]): boolean {
	const ratings = buttons.map(({ action }) => (action.name === 'feedback' ? action.rating : ''));
	return ratings.includes('up') && ratings.includes('down');
}
