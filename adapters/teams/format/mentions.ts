/** Text as people write it in Teams: tags of mentions, character references and non-breaking spaces become plain text. Pure. */

import { toDisplayName } from '#src/platform/display-name.ts';
import { asObject, asObjects, type Json, textOf } from '../json.ts';

/** A message has at most 100 KB in UTF-16 ("Format your bot messages"), with all that belongs to it. What is longer is nobody's. */
const mostSourceCharacters = 51_200;

/** The ids that an activity's entities name: of people, and of the bot. */
export function mentionedIds(activity: Json): string[] {
	return mentionsOf(activity).map(({ id }) => id);
}

/**
 * The activity's text without the bot's own name, wherever and however often it stands there; other people keep theirs.
 * `removeRecipientMention` of the SDK takes away the first one only.
 */
export function readText(activity: Json, botId: string): string {
	const source = textOf(activity['text']).slice(0, mostSourceCharacters);
	const tags = new Map(mentionsOf(activity).map(({ tag, id }) => [tag, id === botId]));
	const text = source.replace(/<at\b[^<>]*>([^<>]*)<\/at>/gi, (tag: string, name: string) =>
		tags.get(tag) === true ? '' : `@${oneLine(name)}`,
	);
	return decodeReferences(text)
		.replaceAll('\u00a0', ' ')
		.replace(/\r\n?/g, '\n')
		.split('\n')
		.map((line) => line.replace(/(?<=\S) {2,}(?=\S)/g, ' ').trimEnd())
		.join('\n')
		.trim();
}

function mentionsOf(activity: Json): { tag: string; id: string }[] {
	return asObjects(activity['entities'])
		.filter(({ type }) => type === 'mention')
		.map((entity) => ({ tag: textOf(entity['text']), id: textOf(asObject(entity['mentioned'])['id']) }));
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A name with its character references, none of which ends the line any more. */
function oneLine(name: string): string {
	return toDisplayName(decodeReferences(name)).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Once only: `&amp;lt;` is what somebody wrote about `&lt;`. */
function decodeReferences(text: string): string {
	return text.replace(
		/&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([\da-f]{1,6}));/gi,
		(whole, name?: string, decimal?: string, hex?: string) => {
			if (name !== undefined) return characters[name.toLowerCase()] ?? whole;
			const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
			return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
		},
	);
}
