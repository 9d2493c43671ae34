/** The bot's side of Teams' formats: what a message looks like on the wire. Pure. */

import { readBlocks } from '#src/markdown/blocks.ts';
import { makeInlineSafe, quietCode } from '#src/markdown/safe-inline.ts';
import type { Button, OutgoingMessage } from '#src/platform/chat-platform.ts';
import type { SourceList } from '#src/platform/source.ts';
import { teamsCapabilities } from './capabilities.ts';
import { type CardParts, toCard } from './format/cards.ts';
import { mostCitations, toGeneratedEntity } from './format/entities.ts';
import { lastTextReading } from './format/last-reading.ts';
import { toPassageControls } from './format/sources.ts';
import { drawTable } from './format/tables.ts';
import type { Json } from './json.ts';

export { parseButton, toCardAttachment, toLine } from './format/cards.ts';
export { toResultCard } from './format/result-card.ts';
export { toPassageText } from './format/sources.ts';
export { escapePlain, renderBlock } from './format/text.ts';
export { readText } from './reading/typed-text.ts';

/**
 * A message, as `POST` and `PUT` take it. Thumbs are Teams' own; other buttons need a card, which then carries the text too, because
 * Teams may make two messages of a text and a card. What a card says is not cited at its numbers: its sources stand below the text.
 */
export function toActivity(message: OutgoingMessage): Json {
	if (message.isBare) return { type: 'message', textFormat: 'markdown', text: toWireText(message.text) };
	const { sources, replyId = '' } = message;
	const parts = cardPartsOf(message);
	if (!needsCard(parts)) return { ...toEmptyActivity(message), text: withCount(toWireText(message.text), sources) };
	const card = toCard(message.text, { ...parts, ...(sources === undefined ? {} : { sources }) }, replyId);
	return { ...toEmptyActivity(message), attachments: [card] };
}

/** The end of a native stream, whose text stays text; the card has the buttons only. */
export function toStreamEnd(message: OutgoingMessage, text: string): Json {
	const parts = cardPartsOf(message);
	const attachments = needsCard(parts) ? { attachments: [toCard('', parts, message.replyId ?? '')] } : {};
	return { ...toEmptyActivity(message), text: withCount(text, message.sources), ...attachments };
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

function toEmptyActivity({ buttons, replyId, sources }: OutgoingMessage): Json {
	// What belongs to a reply, or draws on sources, was written by a model.
	const isGenerated = replyId !== undefined || sources !== undefined;
	return {
		type: 'message',
		textFormat: 'markdown',
		...(isGenerated ? { entities: [toGeneratedEntity(sources)] } : {}),
		...(hasFeedbackPair(buttons) ? { channelData: { feedbackLoop: { type: 'default' } } } : {}),
	};
}

/** Beside thumbs there are no other buttons but those that show more of the answer: passages, which belong to a reply, and what a database was asked. */
function cardPartsOf({ buttons, replyId, sources }: OutgoingMessage): CardParts {
	const isRated = hasFeedbackPair(buttons);
	const others = buttons.filter(({ action: { name } }) => name !== 'feedback' && (!isRated || name === 'sql' || name === 'csv'));
	return { buttons: others, ...(replyId === undefined || sources === undefined ? {} : { passages: toPassageControls(sources) }) };
}

function needsCard({ buttons, passages }: CardParts): boolean {
	return buttons.length + (passages?.buttons.length ?? 0) > 0;
}

/** How many sources there are beyond those that Teams cites. */
function withCount(text: string, list: SourceList | undefined): string {
	const more = (list?.sources.length ?? 0) - mostCitations;
	return list === undefined || more <= 0 ? text : `${text}\n\n${list.words.more(more)}`;
}

/** Teams shows thumbs up and down together or not at all. */
function hasFeedbackPair(buttons: readonly Button[]): boolean {
	const ratings = buttons.map(({ action }) => (action.name === 'feedback' ? action.rating : ''));
	return ratings.includes('up') && ratings.includes('down');
}
