/** What people said in a place, to be summed up for one of them: read with the platform's eyes, or, where it shows the bot nothing, what was said to the bot. */

import type { Clock } from '../clock.ts';
import { toBotError } from '../errors.ts';
import type { SaidThere, SaidThereMessage } from '../history/said-there.ts';
import type { Memberships } from '../identity/memberships.ts';
import type { Person } from '../identity/person.ts';
import { localTime } from '../local-time.ts';
import type { Words } from '../locales/locales.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor, CitedWords } from '../platform/chat-event.ts';
import type { ChatPlatform, MessageReference, ThreadMessage } from '../platform/chat-platform.ts';
import { toDisplayName } from '../platform/display-name.ts';
import type { Place } from '../platform/place.ts';
import { shortened } from '../text.ts';
import type { FoundSource } from '../tools/tool.ts';

/** What there is to sum up. Sentences are in the asker's language. */
export interface Recap {
	/** What the model is asked. */
	task: string;
	/** Oldest first, each with its link as far as there is one. */
	messages: readonly FoundSource[];
	/** More was said in that time than was read. */
	isCut: boolean;
	/** Told below the answer. */
	remarks: readonly string[];
	/** Told below the answer where not all was read: how many of the newest were. */
	cutRemark: (count: number) => string;
	/** Lines that cite none of them are not shown. */
	citesEachLine: boolean;
}

/** Called when it is time to read. A sentence: why there is nothing to sum up. @throws BotError `CANCELLED`. */
export type ReadRecap = (signal: AbortSignal) => Promise<Recap | { sentence: string }>;

export interface RecapAsking {
	person: Person;
	account: Actor;
	platform: ChatPlatform;
	words: Words;
	/** A thread, or without one the place as a whole. */
	place: Place;
	/** Null for the newest, whenever that was. */
	since: Date | null;
	/** Of what was said to the bot to have something done: nobody misses that. */
	isCommand(text: string): boolean;
}

export interface ReadMessages {
	messages: readonly FoundSource[];
	newest: MessageReference;
	/** More was said in that time than was read. */
	isCut: boolean;
}

/** `not-there`: the asker may not read the place, or nobody can say whether they may. */
export type NotRead = 'not-there' | 'nothing' | 'unreadable';

export interface RecapReading {
	now(): Date;
	/** Of the person, or of the installation. */
	zoneOf(person: Person): string;
	/** Under the rights of now. @throws BotError `CANCELLED`, or as the database. */
	read(asking: RecapAsking, signal: AbortSignal): Promise<ReadMessages | NotRead>;
	/** The link to a message of the place, by which it is found again; null where there is none. Never rejects. */
	linkTo(platform: ChatPlatform, reference: MessageReference, signal: AbortSignal): Promise<string | null>;
}

export interface RecapDependencies {
	memberships: Pick<Memberships, 'isMember'>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	said: SaidThere;
	/** Of the installation, for whoever's is not known. */
	timeZone: string;
	clock: Pick<Clock, 'now'>;
}

/** What one call of each platform gives, and about what fits into a prompt. */
const mostRead = 100;
/** Of one message: who writes more has begun with what matters. */
const mostCharacters = 700;

export function createRecapReading({ memberships, pacers, said, timeZone, clock }: RecapDependencies): RecapReading {
	const zoneOf = (person: Person) => person.timeZone ?? timeZone;

	async function readThere({ platform, place }: RecapAsking, signal: AbortSignal): Promise<Read[]> {
		const call = { operation: 'read-thread', place, priority: 'first' } as const;
		return await pacers(platform).run(call, signal, () => platform.readThread(place, { limit: mostRead }, signal));
	}

	async function linksTo(platform: ChatPlatform, references: readonly MessageReference[], signal: AbortSignal) {
		const [first] = references;
		if (first === undefined || !platform.capabilities.linksMessages.includes(first.place.kind)) return references.map(() => null);
		const call = { operation: 'look-up-link', place: first.place, priority: 'first' } as const;
		return await pacers(platform)
			.run(call, signal, async () => await Promise.all(references.map((reference) => platform.permalink(reference, signal))))
			.catch(() => references.map(() => null));
	}

	return {
		now: () => new Date(clock.now()),
		zoneOf,
		async read(asking, signal) {
			const { person, account, platform, place, words } = asking;
			// What was said to the bot is read in the asker's name: the database lets nobody read what others said elsewhere.
			if (place.kind !== 'direct' && !(await memberships.isMember(platform, place, account, signal))) return 'not-there';
			const isSeen = seesAll(platform, place);
			const found = await (isSeen ? readThere(asking, signal) : said.newest(person, place, mostRead)).catch((thrown) => {
				const error = toBotError(thrown);
				if (signal.aborted || error.code === 'STORE_UNAVAILABLE') throw error;
				return null;
			});
			if (found === null) return 'unreadable';
			const wanted = found.filter((message) => isWanted(message, asking, isSeen));
			const references = wanted.map((message) => referenceTo(message, place));
			const newest = references.at(-1);
			if (newest === undefined) return 'nothing';
			const links = await linksTo(platform, references, signal);
			const zone = zoneOf(person);
			const messages = wanted.map((message, index) => sourceOf(message, { url: links[index] ?? null, zone, words }));
			const isCut = found.length >= mostRead && found.slice(0, 1).every(({ writtenAt }) => isSince(writtenAt, asking));
			return { messages, newest, isCut };
		},
		async linkTo(platform, reference, signal) {
			return (await linksTo(platform, [reference], signal))[0] ?? null;
		},
	};
}

/** Whether the bot sees what people say to each other there, and may tell whoever is there now of it; else it knows what was said to it. */
export function seesAll({ capabilities }: Pick<ChatPlatform, 'capabilities'>, { kind }: Pick<Place, 'kind'>): boolean {
	return kind !== 'direct' && capabilities.readsThreads && capabilities.listsFiles.includes(kind);
}

type Read = ThreadMessage & Partial<Pick<SaidThereMessage, 'threadId'>>;

function referenceTo({ messageId, threadId }: Read, place: Place): MessageReference {
	return { messageId, place: { ...place, threadId: threadId ?? place.threadId } };
}

/** The bot's own words among those of people are no news; where they are all that it knows of, they tell what was answered. */
function isWanted({ author, text, cited = [], writtenAt }: ThreadMessage, { since, isCommand }: RecapAsking, isSeen: boolean): boolean {
	if ((isSeen && author === 'self') || isCommand(text)) return false;
	return (text !== '' || cited.length > 0) && isSince(writtenAt, { since });
}

function isSince(writtenAt: string, { since }: Pick<RecapAsking, 'since'>): boolean {
	return since === null || new Date(writtenAt) >= since;
}

function sourceOf(
	{ authorName, writtenAt, text, cited = [] }: ThreadMessage,
	{ url, zone, words }: { url: string | null; zone: string; words: Words },
): FoundSource {
	const from = toDisplayName(authorName) || words.history.somebody;
	const { at } = localTime(new Date(writtenAt), zone);
	const quoted = cited.map((one) => ({ cited: one.kind, from: one.author, text: shortened(one.text, mostCharacters) }));
	const excerpt = [text, ...cited.map(lineOfCited)].filter((line) => line !== '').join('\n');
	return {
		title: words.tools.read_message.source(from, at),
		url,
		excerpt,
		passage: `${from}, ${at}.\n${excerpt}`,
		canShow: true,
		told: { said_by: from, at, text: shortened(text, mostCharacters), ...(quoted.length === 0 ? {} : { cited: quoted }) },
	};
}

function lineOfCited({ author, text }: CitedWords): string {
	return author === null ? text : `${author}: ${text}`;
}
