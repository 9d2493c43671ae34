/**
 * A made-up company's passages, each computed from its number: subjects in channels, vectors around their subject, words as often as natural language
 * has them. Within a subject vectors lie in no order at all, which is the hardest that an index of nearest ones can meet. Pure.
 */

export const dimensions = 384;
export const [subjects, channels, chunksOfDocument] = [2_000, 1_000, 10];
/** Cosine of two passages of one subject; those of two subjects have 0 ± 0.05. */
const likeness = 0.56;
/** Ranks of words, and what is added to each (Zipf and Mandelbrot): the most frequent stands in half of the passages, as it is without function words. */
const [vocabulary, offset] = [50_000, 10];
/** Words of a passage, and how many of them are its subject's own, of so many that it has. */
const [length, ownWords, ownVocabulary] = [60, 6, 20];

export interface CorpusDocument {
	channel: number;
	language: 'es' | 'en';
	chunks: { text: string; vector: Float16Array }[];
}

export interface CorpusQuestion {
	text: string;
	vector: number[];
}

/** The same for the same number. Three of five are Spanish. */
export function documentAt(number: number): CorpusDocument {
	const random = randomFrom(number + 1);
	const subject = number % subjects;
	const chunks = Array.from({ length: chunksOfDocument }, () => ({
		text: [...pick(ownWords, () => ownWord(subject, random)), ...pick(length - ownWords, () => commonWord(random()))].join(' '),
		vector: Float16Array.from(near(subject, random)),
	}));
	return { channel: subject % channels, language: random() < 0.6 ? 'es' : 'en', chunks };
}

/**
 * Three words of the subject's own, a frequent one and two less frequent ones.
 * @param subject from `subjects` on: one that no passage is about.
 */
export function questionAbout(subject: number, number: number): CorpusQuestion {
	const random = randomFrom(-1 - number);
	const common = [random() * 0.3, 0.4 + random() * 0.2, 0.6 + random() * 0.2].map(commonWord);
	return { text: [...pick(3, () => ownWord(subject, random)), ...common].join(' '), vector: near(subject, random) };
}

const pick = <Item>(count: number, one: () => Item) => Array.from({ length: count }, one);
const ownWord = (subject: number, random: () => number) => `s${subject}w${Math.floor(random() * ownVocabulary)}`;

/** The inverse of the summed frequencies, which are nearly those of 1 / x. @param share from 0 to 1. */
function commonWord(share: number): string {
	return `w${Math.floor(offset * ((vocabulary + offset) / offset) ** share - offset)}`;
}

const centres = new Map<number, number[]>();

function near(subject: number, random: () => number): number[] {
	const centre = centres.get(subject) ?? direction(randomFrom(1e9 + subject));
	centres.set(subject, centre);
	const noise = direction(random);
	return unit(centre.map((value, at) => Math.sqrt(likeness) * value + Math.sqrt(1 - likeness) * (noise[at] ?? 0)));
}

function direction(random: () => number): number[] {
	return unit(pick(dimensions, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())));
}

function unit(vector: number[]): number[] {
	const norm = Math.hypot(...vector);
	return vector.map((value) => value / norm);
}

/** Mulberry32: from 0 to 1. */
function randomFrom(seed: number): () => number {
	let state = Math.imul(seed, 0x9e3779b1);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
