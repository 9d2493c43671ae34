/** The text of a message as Teams gives it beside its HTML: tags of mentions and quotations, character references. Pure. */

import { idOf, type Json, textOf } from '../json.ts';
import { type Mentions, readMentions } from './mentions.ts';
import { cutTo } from './named.ts';
import { decodeReferences } from './references.ts';

/** A message has at most 100 KB in UTF-16 ("Format your bot messages"), with all that belongs to it. What is longer is nobody's. */
const mostCharacters = 51_200;

export interface TypedText {
	text: string;
	/** The messages that it answers, by their ids, as people see them. */
	quotedIds: string[];
}

/**
 * The activity's text without the bot's own name, wherever and however often it stands there; other people keep theirs.
 * `removeRecipientMention` of the SDK takes away the first one only.
 */
export function readText(activity: Json, botId: string): string {
	return readTypedText(activity, readMentions(activity, botId)).text;
}

export function readTypedText(activity: Json, mentions: Mentions): TypedText {
	const quotedIds: string[] = [];
	let position = 0;
	const source = cutTo(textOf(activity['text']), mostCharacters)
		.replace(/<quoted\b([^<>]*)>(?:<\/quoted>)?/gi, (_tag, attributes: string) => {
			quotedIds.push(idOf(/\bmessageid\s*=\s*["']?([^\s"'/]{1,400})/i.exec(attributes)?.[1]));
			return '';
		})
		.replace(/<at\b[^<>]*>([^<>]*)<\/at>/gi, (_tag, name: string) => escaped(mentions.shown(decodeReferences(name), position++)));
	const text = decodeReferences(source)
		.replaceAll('\u00a0', ' ')
		.replace(/\r\n?/g, '\n')
		.split('\n')
		.map((line) => line.replace(/(?<=\S) {2,}(?=\S)/g, ' ').trimEnd())
		.join('\n')
		.trim();
	return { text, quotedIds };
}

/** Whether the text itself is HTML: then it says so, or holds another message as no text that a person typed can. */
export function isHtml(activity: Json): boolean {
	return activity['textFormat'] === 'xml' || /<blockquote\b[^<>]*>/i.test(textOf(activity['text']).slice(0, mostCharacters));
}

/** So that its references are decoded once, with those of the text. */
function escaped(name: string): string {
	return name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
