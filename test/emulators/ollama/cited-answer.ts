/** What the demonstration model cites of passages that it is given. */

import type { ChatBody } from './types.ts';

export interface Sentence {
	text: string;
	file: string;
	/** As `[1]`. */
	mark: string;
	/** Of what somebody said to others; null for a document's. */
	speaker: string | null;
}

interface GivenPassage {
	cite_as: string;
	text: string;
	file?: string;
	attached_file?: string;
	said_by?: string | null;
}

/** Shorter ones are in every sentence, unless they are figures. */
const tellingLength = 4;
/** Enough of a word for its forms to be one: `holidays` and `holiday`, `facturas` and `factura`. */
const stemLength = 5;
/** What was asked before counts less than what is asked now, but decides between equals. */
const weights = { now: 3, before: 1 };

/** The sentence that shares most words with the question. Null where nothing was given that has one of them. */
export function citedAnswer(body: ChatBody, question: string): Sentence | null {
	const said = saidIn(body);
	const asked = stemsOf(question);
	const before = stemsOf(said.at(-3) ?? '');
	const sentences = sentencesGiven(said);
	const counted = sentences.map((sentence) => {
		const stems = stemsOf(sentence.text);
		const [now, earlier] = [asked.intersection(stems).size, before.intersection(stems).size];
		return { sentence, isAbout: now > 0, points: now * weights.now + earlier * weights.before };
	});
	// Of two the longer one says more: the other is a heading.
	const byPoints = (one: (typeof counted)[number], other: typeof one) =>
		other.points - one.points || other.sentence.text.length - one.sentence.text.length;
	const [best] = counted.filter(({ isAbout }) => isAbout).toSorted(byPoints);
	return best?.sentence ?? null;
}

/** The longest sentence of what was dropped without a word. Null where nothing of it was given. */
export function aboutFile(body: ChatBody): Sentence | null {
	const [longest] = sentencesGiven(saidIn(body)).toSorted((one, other) => other.text.length - one.text.length);
	return longest ?? null;
}

/** The beginning of each message that is to be summed up, in their order; empty where nothing is. */
export function recapLines(body: ChatBody): string[] {
	const said = sentencesGiven(saidIn(body)).filter(({ speaker }) => speaker !== null);
	const beginnings = said.filter(({ mark }, at) => mark !== said[at - 1]?.mark);
	return beginnings.map(({ text, mark }) => `- ${text} ${mark}`);
}

const saidIn = ({ messages = [] }: ChatBody) => messages.filter(({ role }) => role === 'user').map(({ content }) => content ?? '');

/** What stands with the question stands in the message before it. */
const sentencesGiven = (said: readonly string[]) => (said.at(-2) ?? '').split('\n').flatMap(sentencesIn);

/** Of one line of the prompt; none where it is no passage. */
function sentencesIn(line: string): Sentence[] {
	if (!line.startsWith('{"cite_as":')) return [];
	const { cite_as: mark, text, said_by: speaker = null, ...told }: GivenPassage = JSON.parse(line);
	// What was dropped with the question is named otherwise than what lies in the documents.
	const file = told.file ?? told.attached_file ?? '';
	const sentences = text.split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}¿¡])/u).map((sentence) => sentence.trim());
	return sentences.filter((sentence) => sentence !== '').map((sentence) => ({ text: sentence, file, mark, speaker }));
}

/** Beginnings of its telling words, without case and accents. */
function stemsOf(text: string): Set<string> {
	const words =
		text
			.toLowerCase()
			.normalize('NFD')
			.replace(/\p{M}/gu, '')
			.match(/[\p{L}\p{N}]+/gu) ?? [];
	return new Set(words.filter((word) => word.length >= tellingLength || /\d/.test(word)).map((word) => word.slice(0, stemLength)));
}
