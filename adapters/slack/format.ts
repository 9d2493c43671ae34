/** The bot's side of Slack's formats: blocks of Markdown, buttons and message bodies. Pure. */

import type { Block } from '#src/markdown/block.ts';
import { breakBroadcasts } from '#src/markdown/mention.ts';
import { toPlainWords } from '#src/markdown/plain-words.ts';
import { makeInlineSafe } from '#src/markdown/safe-inline.ts';
import type { ButtonAction } from '#src/platform/chat-event.ts';
import type { Button, OutgoingMessage, PrivateOffer } from '#src/platform/chat-platform.ts';
import { lastReading } from './format/last-reading.ts';
import { escapeMrkdwn } from './format/mrkdwn.ts';
import { parsePassage, toSourceBlocks } from './format/sources.ts';

export { decodeCommandText, decodeEntities, decodeText, escapeMrkdwn, mentionedUserIds } from './format/mrkdwn.ts';
export { toResultBlocks, toResultText } from './format/result-blocks.ts';
export { toPassageMessage } from './format/sources.ts';

/** The part of a `chat.postMessage` or `chat.update` body that says what the message shows. */
export interface SlackMessage {
	/** For notifications and screen readers; the blocks are what is shown. */
	text: string;
	blocks: Record<string, unknown>[];
	metadata?: { event_type: string; event_payload: { reply_id: string } };
}

/** `chat.update` refuses a `text` above 4,000 characters with `msg_too_long` ("chat.update"); some room is kept. */
const fallbackCharacters = 3_900;
/** As much of an answer is read for it: of more than half of that, marks are hardly ever made. */
const readCharacters = 2 * fallbackCharacters;

/** "Markdown block": 12,000 characters in all. */
const markdownCharacters = 12_000;

/** Labels of buttons take 75 characters ("Button element", "Feedback buttons element"). */
const labelCharacters = 75;

/** How a message of the bot is marked as part of a reply. */
const replyEventType = 'openccb_reply';

const plainActions = ['stop', 'retry', 'privately', 'sql', 'csv', 'confirm'] as const;
const actionIds = {
	stop: 'openccb_stop',
	retry: 'openccb_retry',
	privately: 'openccb_privately',
	sql: 'openccb_sql',
	csv: 'openccb_csv',
	confirm: 'openccb_confirm',
	feedback: 'openccb_feedback',
};

/**
 * One block as Slack's standard Markdown ("Markdown block", `markdown_text`), which knows headings, tables, quotes, lists and
 * fenced code itself: the source stays as it is, byte for byte, but for what would ping somebody or hide where a link leads.
 */
export function renderBlock(block: Block): string {
	return makeInlineSafe(block.source);
}

/** The body of a message: a `markdown` block with the text; below it the sources, the feedback pair and the other buttons; the text alone when it is to be bare. */
export function toSlackMessage(message: OutgoingMessage): SlackMessage {
	const blocks: Record<string, unknown>[] = [];
	const text = lastReading.makeClean(message.text, markdownCharacters);
	// No blocks, and what they showed before goes: the text is shown as it is written, since nothing in it means anything to mrkdwn.
	if (message.isBare) return { text: escapeMrkdwn(text), blocks };
	if (text !== '') blocks.push({ type: 'markdown', text });
	if (message.sources !== undefined) blocks.push(...toSourceBlocks(message.sources, message.replyId));
	const pair = feedbackPair(message.buttons);
	if (pair !== null) blocks.push(pair);
	const others = message.buttons.filter((button) => pair === null || button.action.name !== 'feedback');
	if (others.length > 0) blocks.push({ type: 'actions', elements: others.map(toButtonElement) });
	return {
		text: toFallback(text),
		blocks,
		...(message.replyId === undefined ? {} : { metadata: { event_type: replyEventType, event_payload: { reply_id: message.replyId } } }),
	};
}

/** What one person is offered, as a message that nothing in the text means anything to. */
export function toOfferMessage({ text, button }: PrivateOffer): Pick<SlackMessage, 'text' | 'blocks'> {
	return {
		text: escapeMrkdwn(text),
		blocks: [
			{ type: 'section', text: { type: 'plain_text', text } },
			{ type: 'actions', elements: [toButtonElement(button)] },
		],
	};
}

/** What a pressed button means, or null when it is none of ours. The inverse of what `toSlackMessage` and `toOfferMessage` write. */
export function parseButton(actionId: string, value: string): ButtonAction | null {
	const passage = parsePassage(actionId, value);
	if (passage !== null) return { name: 'passage', ...passage };
	const colon = value.indexOf(':');
	const word = value.slice(0, Math.max(colon, 0));
	const replyId = value.slice(colon + 1);
	if (colon < 1 || replyId === '') return null;
	const plain = plainActions.find((name) => name === word && actionId === actionIds[name]);
	if (plain !== undefined) return { name: plain, replyId };
	if (actionId === actionIds.feedback && (word === 'up' || word === 'down')) return { name: 'feedback', replyId, rating: word };
	return null;
}

/** Slack shows thumbs up and down as one element; it needs both. */
function feedbackPair(buttons: readonly Button[]): Record<string, unknown> | null {
	const find = (rating: 'up' | 'down') => buttons.find(({ action }) => action.name === 'feedback' && action.rating === rating);
	const [up, down] = [find('up'), find('down')];
	if (up === undefined || down === undefined) return null;
	const toOption = (button: Button) => ({ ...toLabelled(button), accessibility_label: toLabel(button) });
	const element = {
		type: 'feedback_buttons',
		action_id: actionIds.feedback,
		positive_button: toOption(up),
		negative_button: toOption(down),
	};
	return { type: 'context_actions', elements: [element] };
}

function toButtonElement(button: Button): Record<string, unknown> {
	return { type: 'button', action_id: actionIds[button.action.name], ...toLabelled(button) };
}

function toLabelled(button: Button): { text: { type: 'plain_text'; text: string }; value: string } {
	const { action } = button;
	const word = action.name === 'feedback' ? action.rating : action.name;
	return { text: { type: 'plain_text', text: toLabel(button) }, value: `${word}:${action.replyId}` };
}

function toLabel(button: Button): string {
	return button.label.slice(0, labelCharacters).toWellFormed();
}

/**
 * What notifications say and screen readers read out: the words of the text without its marks. All of them where they fit; otherwise the
 * beginning, cut neither inside an entity nor inside a surrogate pair. Nothing in it means anything: what mrkdwn reads is escaped, and it
 * knows no other links.
 */
function toFallback(text: string): string {
	const beginning = text.slice(0, readCharacters).toWellFormed();
	const words = escapeMrkdwn(breakBroadcasts(toPlainWords(beginning)));
	if (words.length <= fallbackCharacters && beginning.length === text.length) return words === '' && text !== '' ? '…' : words;
	const start = words.slice(0, fallbackCharacters - 1).replace(/&[a-z]{0,3}$|[\uD800-\uDBFF]$/, '');
	return `${start}…`;
}
