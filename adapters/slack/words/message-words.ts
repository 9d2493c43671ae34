/** What a message of Slack says, wherever that stands: read alike for events, for edits and for threads. Pure. */

import type { MessageWords } from '#src/platform/chat-event.ts';
import { asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import { isOfApp } from '../authors.ts';
import { addressesPeople, decodeText, labelsIn, mentionedUserIds } from '../format/mrkdwn.ts';
import { leftOut } from '../readable-body.ts';
import { type Known, readAttachments } from './attachments.ts';
import { readBlocksOrText } from './blocks.ts';
import { mostFiles, nameFiles } from './named.ts';
import { createPage, inLines, type Page } from './page.ts';

export interface SlackWords extends MessageWords {
	/** The files of the message, and those of the messages that it passes on. */
	files: Json[];
	/** Whether the author calls this bot. */
	callsBot: boolean;
	/** Whether the author calls anybody: a person, a group of them, or everybody who is here. */
	callsPeople: boolean;
}

const tooBig = '[the rest of this message is too big to be read]';

export function readWords(message: Json, known: Known): SlackWords {
	const text = textOf(message['text']);
	const page = { own: createPage(labelsIn(text)), cited: createPage() };
	const said = readSaid(message, text, page.own);
	const attached = readAttachments(message['attachments'], isOfApp(message), page, known);
	const isLeftOut = message['blocks'] === leftOut || message['attachments'] === leftOut;
	const source = inLines([said, attached.own, isLeftOut ? tooBig : '']);
	// Of what stands in both, either may have been cut.
	const called = `${text}\n${source}`;
	return {
		text: decodeText(source, known.botUserId, known.names),
		...(attached.cited.length === 0 ? {} : { cited: attached.cited }),
		files: [...asObjects(message['files']), ...attached.files].slice(0, mostFiles),
		callsBot: mentionedUserIds(called).includes(known.botUserId),
		callsPeople: addressesPeople(called),
	};
}

/** The words of a message in a thread, whose files nobody hands on: they are named. */
export function readThreadWords(message: Json, known: Known): MessageWords {
	const { text, cited } = readWords(message, known);
	const named = nameFiles(asObjects(message['files']), createPage());
	const files = decodeText(inLines(named), known.botUserId, known.names);
	return { text: inLines([text, files]), ...(cited === undefined ? {} : { cited }) };
}

/**
 * What the author says now, or null when that is what they said before. What Slack shows of links comes later and goes again, and files have
 * events of their own: neither is anybody's word. Where only one of the two was given as blocks, the texts tell.
 */
export function readChange(before: Json, after: Json, known: Known): SlackWords | null {
	const words = readWords(after, known);
	if (textOf(before['text']) !== textOf(after['text'])) return words;
	const isAlike = Array.isArray(before['blocks']) === Array.isArray(after['blocks']);
	if (!isAlike && textOf(after['text']) !== '') return null;
	return readWords(before, known).text === words.text ? null : words;
}

/** While text is streamed, it stands beside the blocks and not for them. */
function readSaid(message: Json, text: string, page: Page): string {
	const isStreamed = textOf(message['streaming_state']) !== '';
	const readText = () => page.words(text);
	if (!isStreamed) return readBlocksOrText(message['blocks'], readText, page);
	const shown = readBlocksOrText(message['blocks'], () => '', page);
	return lettersOf(shown).includes(lettersOf(text)) ? shown : inLines([readText(), shown]);
}

function lettersOf(source: string): string {
	return source.replace(/[^\p{L}\p{N}]+/gu, '');
}
