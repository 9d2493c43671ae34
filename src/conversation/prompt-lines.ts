/** How each thing that was said is written down for the model: with whose it is, and when it was said. Pure. */

import { localTime } from '../local-time.ts';
import { breakMarks, nameOf, quote } from '../models/quotation.ts';
import type { CitedWords } from '../platform/chat-event.ts';
import type { OverheardMessage, RememberedMessage } from './memory.ts';

/** Who asks now, and when. */
export interface PromptFacts {
	personName: string;
	locale: string | null;
	now: Date;
	/** Of the person; null where it is not known. */
	timeZone: string | null;
	/** Of the installation: the times of all that was said are given in it, so that they stay the same whoever asks. */
	homeTimeZone: string;
}

/** What a line says of itself that only shared conversations need. */
export interface PromptLineOptions {
	isShared: boolean;
	homeTimeZone: string;
}

/**
 * One message as the model is shown it: where several people speak, each under their name, whoever asks now. Alone with the bot, people's
 * words stay as they typed them, below a line with their time.
 */
export function remembered(message: RememberedMessage, options: PromptLineOptions): string {
	const { role, content } = message;
	if (role === 'assistant') return breakMarks(content);
	return options.isShared ? spokenLine(message, options) : typed(message, options);
}

/** Also for a summary, in which the assistant is one of those who speak. */
export function spokenLine(message: RememberedMessage, { isShared, homeTimeZone }: PromptLineOptions): string {
	const { saidAt, content, cited } = message;
	const said = { ...speakerOf(message, isShared), at: localTime(saidAt, homeTimeZone).at, text: content };
	return quote({ ...said, ...(cited.length === 0 ? {} : { cited: cited.map((words) => citation(words, homeTimeZone)) }) });
}

function speakerOf({ role, speaker }: RememberedMessage, isShared: boolean): { from: string; person?: string } {
	if (role === 'assistant') return { from: 'the assistant' };
	if (!isShared) return { from: 'the person' };
	const person = speaker === null || speaker.mark === '' ? {} : { person: speaker.mark };
	return { from: nameOf(speaker?.name ?? null), ...person };
}

function typed({ content, cited, saidAt }: RememberedMessage, { homeTimeZone }: PromptLineOptions): string {
	const lines = cited.map((words) => citedLine(words, homeTimeZone));
	return [quote({ at: localTime(saidAt, homeTimeZone).at }), ...lines, breakMarks(content)].filter((line) => line !== '').join('\n');
}

/** What people said to each other, or another app to them. */
export function overheardLine({ name, text, cited, saidAt }: OverheardMessage, homeTimeZone: string): string {
	const words = cited.length === 0 ? {} : { cited: cited.map((one) => citation(one, homeTimeZone)) };
	return quote({ overheard_from: nameOf(name), at: localTime(saidAt, homeTimeZone).at, text, ...words });
}

/** Words of others that the asker passes on, answers or shows. */
export function citedLine(words: CitedWords, homeTimeZone: string): string {
	return quote(citation(words, homeTimeZone));
}

function citation({ kind, author, writtenAt, text }: CitedWords, homeTimeZone: string) {
	const at = writtenAt === null || Number.isNaN(Date.parse(writtenAt)) ? {} : { at: localTime(new Date(writtenAt), homeTimeZone).at };
	return { cited: kind, ...(author === null ? {} : { from: nameOf(author) }), ...at, text };
}

/** Another one at each question, so it comes late: Ollama need not read again what stands before it. */
export function presentLine({ speaker }: RememberedMessage, isShared: boolean, facts: PromptFacts): string {
	const zone = facts.timeZone ?? facts.homeTimeZone;
	const { at, weekday } = localTime(facts.now, zone);
	return quote({
		asker: nameOf(facts.personName),
		...(isShared && speaker !== null ? { person: speaker.mark } : {}),
		...(facts.locale === null ? {} : { locale: facts.locale }),
		now: at,
		weekday,
		time_zone: zone,
	});
}
