/** The bot's side of Discord's formats: blocks of Markdown, buttons and message bodies. Pure. */

import { createHash } from 'node:crypto';
import type { Block } from '#src/markdown/block.ts';
import { type Leaf, readLeaves } from '#src/markdown/leaves.ts';
import { makeInlineSafe, quietCode } from '#src/markdown/safe-inline.ts';
import type { ButtonAction } from '#src/platform/chat-event.ts';
import type { Button, OutgoingMessage, PrivateOffer } from '#src/platform/chat-platform.ts';
import type { ShownPassage } from '#src/platform/source.ts';
import { discordCapabilities } from './capabilities.ts';
import { renderCode } from './format/code.ts';
import { renderLines, ruleLine } from './format/inline.ts';
import { lastReading } from './format/last-reading.ts';
import { escapeMarkdown } from './format/plain.ts';
import { showSources, toPassageMenu, writePassage } from './format/sources.ts';
import { renderTable } from './format/table.ts';

export { decodeText, mentionedIds, mentionsAny, type Names } from './format/incoming.ts';
export { toResultEmbeds, toResultText } from './format/results.ts';
export { escapeMarkdown };

/** The part of a message's body that says what it shows. */
export interface DiscordMessage {
	content: string;
	components: Record<string, unknown>[];
}

/** What a button says about the message that it is on. */
export interface ReplyMark {
	replyId: string;
	/** The first message of the reply chain; empty where messages form none. */
	rootId: string;
}

/** And about itself when it is pressed. */
export interface ButtonMark {
	action: ButtonAction;
	rootId: string;
}

/** "Component Reference": 5 buttons a row, 5 rows, labels of 80 characters, ids of 100. */
const rowButtons = 5;
const mostRows = 5;
const labelCharacters = 80;
const idCharacters = 100;
const actionRow = 1;
const button = 2;
const styles = { stop: 4, retry: 2, privately: 2, sql: 2, csv: 2, confirm: 4, feedback: 2 };
const plainActions = ['stop', 'retry', 'privately', 'sql', 'csv', 'confirm'] as const;
const thumbs = { up: '👍', down: '👎' };

/** "Create Message", nonce: at most 25 characters. */
const nonceCharacters = 25;

const buttonPrefix = 'openccb';

/** One block in Discord's dialect of Markdown, which has no tables, rules, footnotes or small headings, and hides text between bars. */
export function renderBlock(block: Block): string {
	if (block.kind === 'rule') return ruleLine;
	const source = block.kind === 'heading' ? withHash(block.source) : block.kind === 'quote' ? withAllMarks(block.source) : block.source;
	const safe = makeInlineSafe(source, quietCode);
	const written = readLeaves(safe)
		.map((leaf) => renderLeaf(safe.slice(leaf.start, leaf.end), leaf.kind))
		.join('')
		.replace(/\n+$/, '');
	// What was written anew may read otherwise than what was checked.
	return makeInlineSafe(written, quietCode);
}

export function toDiscordMessage({ text, buttons, sources, replyId, isBare = false }: OutgoingMessage, rootId: string): DiscordMessage {
	const { limit } = discordCapabilities.messageText;
	if (isBare) return { content: lastReading.makeClean(text, limit), components: [] };
	const menu = sources === undefined || replyId === undefined ? null : toPassageMenu(sources, idOf('passage', rootId, replyId));
	const rows = [...(menu === null ? [] : toRows([menu])), ...toRows(buttons.map((one) => toComponent(one, rootId)))];
	const room = { characters: limit, buttons: (mostRows - rows.length) * rowButtons };
	const shown = sources === undefined ? { content: text, buttons: [] } : showSources(text, sources, room);
	return { content: lastReading.makeClean(shown.content, limit), components: [...rows, ...toRows(shown.buttons)] };
}

/** What one person is shown of a source, as it may be read. */
export function toPassageContent(passage: ShownPassage): string {
	const { limit } = discordCapabilities.messageText;
	return lastReading.makeClean(writePassage(passage, limit), limit);
}

/** What one person is offered, in words of our own. */
export function toPrivateOffer({ text, button: offered }: PrivateOffer): DiscordMessage {
	return { content: escapeMarkdown(text), components: toRows([toComponent(offered, '')]) };
}

/** What a pressed button means, or a choice from a menu, or null when it is none of ours. The inverse of what `toDiscordMessage` writes. */
export function parseButton(customId: string, chosen = ''): ButtonMark | null {
	const mark = parseId(customId);
	if (mark === null) return null;
	const { word, rootId, replyId } = mark;
	const plain = plainActions.find((name) => name === word);
	if (plain !== undefined) return { action: { name: plain, replyId }, rootId };
	if (word === 'up' || word === 'down') return { action: { name: 'feedback', replyId, rating: word }, rootId };
	return /^\d{1,3}$/.test(chosen) ? { action: { name: 'passage', replyId, position: Number(chosen) }, rootId } : null;
}

/** What the first of our buttons on a message of ours says of it, wherever it is. */
export function readMark(components: unknown): ReplyMark | null {
	for (const row of asList(components)) {
		for (const component of asList((row as { components?: unknown } | null)?.components)) {
			const customId = (component as { custom_id?: unknown } | null)?.custom_id;
			const mark = typeof customId === 'string' ? parseId(customId) : null;
			if (mark !== null) return { replyId: mark.replyId, rootId: mark.rootId };
		}
	}
	return null;
}

/** Discord shows one message for each nonce within a few minutes: so the same for each attempt to send one message, and short. */
export function toNonce(sendKey: string): string {
	return createHash('sha256').update(sendKey).digest('base64url').slice(0, nonceCharacters);
}

function renderLeaf(text: string, kind: Leaf['kind']): string {
	if (kind === 'code') return renderCode(text);
	return kind === 'table' ? renderTable(text) : renderLines(text);
}

/** A title that is underlined, as one that begins with hashes. */
function withHash(source: string): string {
	const lines = source.split('\n');
	const underline = lines.length > 1 ? /^ {0,3}(=+|-+)[ \t]*$/.exec(lines.at(-1) ?? '')?.[1] : undefined;
	if (underline === undefined) return source;
	return `${underline.startsWith('=') ? '#' : '##'} ${lines.slice(0, -1).join(' ').trim()}`;
}

/** Markdown lets a paragraph go on outside of its quote's marks. */
function withAllMarks(source: string): string {
	return source.replace(/^(?![ \t]*>)/gm, '> ');
}

function toRows(components: Record<string, unknown>[]): Record<string, unknown>[] {
	return Array.from({ length: Math.ceil(components.length / rowButtons) }, (_unused, row) => ({
		type: actionRow,
		components: components.slice(row * rowButtons, (row + 1) * rowButtons),
	}));
}

function idOf(word: string, rootId: string, replyId: string | null): string {
	return `${buttonPrefix}:${word}:${rootId}:${replyId}`.slice(0, idCharacters);
}

function parseId(customId: string): (ReplyMark & { word: string }) | null {
	const [, word, rootId = '', replyId = ''] =
		/^openccb:(stop|retry|privately|sql|csv|confirm|up|down|passage):(\d{0,20}):([\s\S]+)$/.exec(customId) ?? [];
	return word === undefined ? null : { word, rootId, replyId };
}

function toComponent({ action, label }: Button, rootId: string): Record<string, unknown> {
	const word = action.name === 'feedback' ? action.rating : action.name;
	const looks =
		action.name === 'feedback' ? { emoji: { name: thumbs[action.rating] } } : { label: label.slice(0, labelCharacters).toWellFormed() };
	return { type: button, style: styles[action.name], custom_id: idOf(word, rootId, action.replyId), ...looks };
}

function asList(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}
