/** Questions that were asked in vain, by what they are about: only what several people asked is told, in words that several of them used. Pure. */

import { tellingWords } from '../knowledge/text/lexemes.ts';
import { foldText, stem, type TextLanguage, textLanguageOf } from '../knowledge/text/stems.ts';

/** A question that found nothing, or whose answer somebody called wrong. */
export interface VainQuestion {
	/** `users.id`. */
	askedBy: string;
	text: string;
	foundNothing: boolean;
	/** How many people called an answer to it wrong. */
	calledWrong: number;
	/** Of unit length; null where there is none. */
	vector: readonly number[] | null;
}

export interface Topic {
	/** What most of them have in common, the commonest first. */
	words: string[];
	questions: number;
	people: number;
	foundNothing: number;
	calledWrong: number;
}

export interface Topics {
	/** The most asked about first. */
	told: Topic[];
	/** How many questions are about something that too few asked about. */
	untold: number;
}

/**
 * With two, each of them knows that the other one asked; from three on nobody can tell who it was. It holds for what is told, and for each word of
 * it.
 */
const fewestPeople = 3;
/** More say no more, and each is one that somebody used. */
const mostWords = 5;
/** Questions about different things come near 0.7 with some models. Chosen to be careful: two topics in one help less than one topic in two. */
const leastSimilarity = 0.8;

interface Read extends VainQuestion {
	/** By stem: as it was written. */
	words: ReadonlyMap<string, string>;
}

/** @param hidden words that are told of nobody, such as people's names. */
export function topicsOf(questions: readonly VainQuestion[], hidden: readonly string[]): Topics {
	const unspoken = new Set(hidden.flatMap((text) => tellingWords(text)));
	const clusters: Read[][] = [];
	const usual = languageOfMost(questions);
	for (const question of questions.map((asked) => read(asked, usual))) {
		const cluster = clusters.find((members) => members.filter((member) => isAlike(member, question)).length * 2 >= members.length);
		if (cluster === undefined) clusters.push([question]);
		else cluster.push(question);
	}
	const told = clusters.map((members) => topicOf(members, unspoken)).filter(isTold);
	told.sort((one, other) => other.questions - one.questions || other.people - one.people);
	return { told, untold: questions.length - told.reduce((sum, topic) => sum + topic.questions, 0) };
}

/** Null where none is ahead. */
export function languageOfMost(questions: readonly Pick<VainQuestion, 'text'>[]): TextLanguage | null {
	const counts = { es: 0, en: 0 };
	for (const { text } of questions) {
		const language = textLanguageOf(text);
		if (language !== null) counts[language]++;
	}
	if (counts.es === counts.en) return null;
	return counts.es > counts.en ? 'es' : 'en';
}

/** @param usual the language of a few words that do not tell theirs. */
function read(question: VainQuestion, usual: TextLanguage | null): Read {
	const language = textLanguageOf(question.text) ?? usual;
	const written = new Map((question.text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [foldText(word), word.toLowerCase()]));
	const words = new Map(tellingWords(question.text).map((word) => [stem(word, language), written.get(word) ?? word]));
	return { ...question, words };
}

/** By their meaning, or by half of the telling words of the shorter one: two at least, where it has two. */
function isAlike(one: Read, other: Read): boolean {
	if (similarity(one.vector, other.vector) >= leastSimilarity) return true;
	const shared = [...one.words.keys()].filter((word) => other.words.has(word)).length;
	const fewer = Math.min(one.words.size, other.words.size);
	return shared > 0 && shared >= Math.max(Math.min(fewer, 2), fewer / 2);
}

function similarity(one: VainQuestion['vector'], other: VainQuestion['vector']): number {
	if (one === null || other === null || one.length !== other.length) return 0;
	return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

function topicOf(members: readonly Read[], unspoken: ReadonlySet<string>): Topic {
	const users = new Map<string, { people: Set<string>; written: string }>();
	for (const { askedBy, words } of members) {
		for (const [word, written] of words) {
			const known = users.get(word) ?? { people: new Set(), written };
			known.people.add(askedBy);
			users.set(word, known);
		}
	}
	const shared = [...users.values()].filter(({ people, written }) => people.size >= fewestPeople && !unspoken.has(foldText(written)));
	shared.sort((one, other) => other.people.size - one.people.size);
	return {
		words: shared.slice(0, mostWords).map(({ written }) => written),
		questions: members.length,
		people: new Set(members.map(({ askedBy }) => askedBy)).size,
		foundNothing: members.filter(({ foundNothing }) => foundNothing).length,
		calledWrong: members.filter(({ calledWrong }) => calledWrong > 0).length,
	};
}

/** Where people have no word in common, there is nothing to call it by. */
function isTold({ people, words }: Topic): boolean {
	return people >= fewestPeople && words.length > 0;
}
