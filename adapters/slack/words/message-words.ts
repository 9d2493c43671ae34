/** What a message of Slack says, wherever that stands: read alike for events, for edits and for threads. Pure. */

import type { MessageWords } from '#src/platform/chat-event.ts';
import { asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import { isOfApp } from '../authors.ts';
import { addressesGroups, decodeText, labelsIn, mentionedUserIds } from '../format/mrkdwn.ts';
import { leftOut } from '../readable-body.ts';
import { type Attached, readAttachments } from './attachments.ts';
import { readBlocksOrText } from './blocks.ts';
import { mostFiles, nameFiles } from './named.ts';
import { createPage, cutToPage, inLines, type Page } from './page.ts';

/** Who and what is named in texts, as far as it is known. */
export interface Known {
	botUserId: string;
	/** Of people, channels and groups of people, by id. */
	names: ReadonlyMap<string, string>;
}

export interface SlackWords extends MessageWords {
	/** The files of the message, and those of the messages that it passes on. */
	files: Json[];
	/** Whether the author calls this bot. */
	callsBot: boolean;
	/** Whether the author calls anybody: a person, a group of them, or everybody who is here. */
	callsPeople: boolean;
}

const tooBig = '[the rest of this message is too big to be read]';

/** A message as it was read: in Slack's own text form, in which it can be compared and nobody has a name yet. */
interface Draft {
	source: string;
	attached: Attached;
}

export function readWords(message: Json, known: Known): SlackWords {
	return toWords(message, readDraft(message, known), known);
}

function readDraft(message: Json, known: Known): Draft {
	const text = textOf(message['text']);
	const attachedText = asObjects(message['attachments']).map((attachment) => textOf(attachment['text']));
	const page = { own: createPage(labelsIn(text)), cited: createPage(labelsIn(attachedText.join('\n'))) };
	const said = readSaid(message, text, page.own);
	const attached = readAttachments(message['attachments'], isOfApp(message), page, known.names);
	const isLeftOut = message['blocks'] === leftOut || message['attachments'] === leftOut;
	return { source: inLines([cutToPage(inLines([said, attached.own])), isLeftOut ? tooBig : '']), attached };
}

function toWords(message: Json, { source, attached }: Draft, known: Known): SlackWords {
	// Of what stands in both, either may have been cut.
	const called = Array.isArray(message['blocks']) ? `${textOf(message['text'])}\n${source}` : source;
	const people = mentionedUserIds(called);
	// In the words of others the bot keeps its name.
	const cited = attached.cited.map((words) => ({ ...words, text: decodeText(cutToPage(words.text), '', known.names) }));
	return {
		text: decodeText(source, known.botUserId, known.names),
		...(cited.length === 0 ? {} : { cited }),
		files: [...asObjects(message['files']), ...attached.files].slice(0, mostFiles),
		callsBot: people.includes(known.botUserId),
		callsPeople: people.length > 0 || addressesGroups(called),
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
	const draft = readDraft(after, known);
	if (textOf(before['text']) === textOf(after['text'])) {
		const isAlike = Array.isArray(before['blocks']) === Array.isArray(after['blocks']);
		if (!isAlike && textOf(after['text']) !== '') return null;
		if (readDraft(before, known).source === draft.source) return null;
	}
	return toWords(after, draft, known);
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
