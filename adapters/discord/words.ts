/** What a message of Discord says: everything that a person can see in it, as words with their author. Pure. */

import type { CitedWords, MessageWords } from '#src/platform/chat-event.ts';
import { decodeText, type Names } from './format.ts';
import { asId, asObject, asObjects, asText, asTime, type Json, timeOf } from './json.ts';
import { authorNameOf, displayNameOf } from './profiles.ts';
import { answeredIdOf } from './references.ts';
import { filesOf, mostFiles, stickersOf } from './words/attached.ts';
import { beginningOf, lines, named } from './words/bounds.ts';
import { componentWords } from './words/components.ts';
import { type Decode, type EmbedWords, embedWords } from './words/embeds.ts';
import { pollOf } from './words/poll.ts';
import { isWritten, toldBy } from './words/told.ts';

/** What the bot knows when it reads. */
export interface WordsReading {
	/** The ids that name the bot: its own, and that of the role that came with it. */
	own: ReadonlySet<string>;
	botUserId: string;
	names: Pick<Names, 'roles' | 'channels'>;
}

export interface Manner {
	/** Files are named in the words, or come beside them: then only those too many are told of. */
	files: 'named' | 'beside';
	/** How much is repeated of the message that this one answers: all of it, as much as tells which one it is, or nothing. */
	answered: 'whole' | 'brief' | 'nothing';
}

/** "Create Message": 4,000 characters, with Nitro. What is longer is nobody's. */
const mostContent = 8_000;
/** Content, and the 6,000 characters that all embeds of a message may have ("Embed Limits"). */
const mostOwnCharacters = 12_000;
const mostCitedCharacters = 12_000;
/** Enough to know it again. Discord's own clients show a line of it. */
const briefCharacters = 200;
/** "Create Message" takes ten embeds; a forwarded message brings one copy along. */
const mostEmbeds = 10;
const mostForwarded = 10;
/** What a cited message cites belongs to its words, and what that cites is too far away. */
const mostDepth = 2;

export function readWords(message: Json, reading: WordsReading, manner: Manner): MessageWords {
	return readMessage(message, reading, manner, 0);
}

/** Messages that were forwarded with this one ("Message Snapshot"): copies without an author. */
export function forwardedOf(message: Json): Json[] {
	return asObjects(message['message_snapshots'])
		.slice(0, mostForwarded)
		.map((snapshot) => asObject(snapshot['message']));
}

/** What somebody typed. */
export function contentOf(message: Json): string {
	return asText(message['content']).slice(0, mostContent);
}

/** Whether the words are those of an app, be it one of Discord's own. */
export function isFromApp(message: Json): boolean {
	const author = asObject(message['author']);
	return author['bot'] === true || author['system'] === true || message['webhook_id'] !== undefined;
}

function readMessage(message: Json, reading: WordsReading, manner: Manner, depth: number): MessageWords {
	const decode = decoderOf(message, reading);
	const content = isWritten(message) ? contentOf(message) : '';
	// In what is cited, the bot is one of those who are named.
	const written = depth === 0 ? decode(content, reading.own) : decode(content);
	const embeds = embedsOf(message, decode);
	// Without an author it is a copy, which shows all that it has as one.
	const areEmbedsOwn = isFromApp(message) || message['author'] === undefined;
	const text = lines(
		[toldBy(message), written, ...shownBeside(message, decode, reading, manner), ...(areEmbedsOwn ? embeds.map(wholeEmbed) : [])],
		'\n\n',
	);
	const cited = [
		...answeredWords(message, reading, manner, depth),
		...forwardedWords(message, reading, manner, depth),
		...(areEmbedsOwn ? [] : embeds.map(({ author, text }) => cite('shown', author || null, null, text))),
	];
	const bounded = withinBounds(cited.filter((one) => one.text !== ''));
	return { text: beginningOf(text, mostOwnCharacters), ...(bounded.length === 0 ? {} : { cited: bounded }) };
}

function decoderOf(message: Json, { names }: Pick<WordsReading, 'names'>): (text: string, own?: ReadonlySet<string>) => string {
	const users = new Map(asObjects(message['mentions']).map((user) => [asId(user['id']), displayNameOf(user, asObject(user['member']))]));
	return (text, own = new Set()) => decodeText(text.slice(0, mostContent), own, { ...names, users });
}

/** In the order in which Discord shows it. The buttons below what the bot itself said are none of its words. */
function shownBeside(message: Json, decode: Decode, { botUserId }: WordsReading, { files }: Manner): string[] {
	const isOwn = asId(asObject(message['author'])['id']) === botUserId;
	return [
		pollOf(message),
		lines(stickersOf(message), ' '),
		lines(files === 'named' ? filesOf(message) : filesOf(message).slice(mostFiles), ' '),
		isOwn ? '' : componentWords(message, decode),
	];
}

function embedsOf(message: Json, decode: Decode): EmbedWords[] {
	const embeds = asObjects(message['embeds']);
	const read = embeds.slice(0, mostEmbeds).map((embed) => embedWords(embed, decode));
	return embeds.length > mostEmbeds ? [...read, { author: '', text: `[${embeds.length - mostEmbeds} more embeds]` }] : read;
}

function wholeEmbed({ author, text }: EmbedWords): string {
	return lines([author, text]);
}

/** The message that this one answers: whoever reads the answer sees it above. */
function answeredWords(message: Json, reading: WordsReading, { answered: extent }: Manner, depth: number): CitedWords[] {
	const answeredId = answeredIdOf(message);
	if (answeredId === null || extent === 'nothing' || depth >= mostDepth) return [];
	const writtenAt = new Date(timeOf(answeredId)).toISOString();
	const { referenced_message: given } = message;
	const answered = asObject(given);
	if (asId(answered['id']) === '') {
		// What a cited message answers is seldom brought along, and above that one nobody sees it.
		const why = named(given === null ? 'a message that was deleted' : 'a message that cannot be read');
		return depth > 0 ? [] : [cite('quoted', null, writtenAt, why)];
	}
	const text =
		wholeText(readMessage(answered, reading, { files: 'named', answered: 'brief' }, depth + 1)) || named('a message without words');
	const shown = extent === 'brief' ? beginningOf(text, briefCharacters) : text;
	return [cite('quoted', authorNameOf(answered), writtenAt, shown)];
}

function forwardedWords(message: Json, reading: WordsReading, { files }: Manner, depth: number): CitedWords[] {
	if (depth >= mostDepth) return [];
	return forwardedOf(message).map((copy) => {
		const words = readMessage(copy, reading, { files, answered: 'nothing' }, depth + 1);
		return cite('forwarded', authorNameOf(copy), asTime(copy['timestamp']), wholeText(words));
	});
}

/** Words with what they cite, for where they are cited themselves. */
function wholeText({ text, cited = [] }: MessageWords): string {
	return lines([text, ...cited.map((one) => `${named(one.kind, one.author ?? '')} ${one.text}`)]);
}

function cite(kind: CitedWords['kind'], author: string | null, writtenAt: string | null, text: string): CitedWords {
	return { kind, author, writtenAt, text };
}

function withinBounds(cited: readonly CitedWords[]): CitedWords[] {
	let left = mostCitedCharacters;
	const kept: CitedWords[] = [];
	for (const one of cited) {
		if (left <= 0) return [...kept, cite(one.kind, null, null, `[${cited.length - kept.length} more]`)];
		kept.push({ ...one, text: beginningOf(one.text, left) });
		left -= one.text.length;
	}
	return kept;
}
