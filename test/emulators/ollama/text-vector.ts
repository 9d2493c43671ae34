/** Vectors without a model: hashed words and parts of words, so that texts in similar words are near each other. Deterministic, and cheap. */

/** What the program puts before texts for real models: here it would make all of them alike. */
const prefixes =
	/^(?:search_(?:document|query): |(?:passage|query): |title: none \| text: |task: search result \| query: |Represent this sentence for searching relevant passages: |Instruct: .*\nQuery: ?)/;
/** What each kind of feature weighs: a word more than its parts, which are many and make different forms of it alike. */
const WORD_WEIGHT = 1;
const GRAM_WEIGHT = 0.5;
const GRAM_LENGTH = 4;
/** Short words are in every text, unless they are figures. */
const SHORT_WORD_LENGTH = 3;
const SHORT_WORD_WEIGHT = 0.2;

/** A feature is in so many places: that two meet in one then changes little. */
const PLACES = 4;

/** How much a feature weighs, and how often it is there. */
interface Feature {
	weight: number;
	times: number;
}

/** Of unit length. What is said often counts by the logarithm of how often. */
export function textVector(text: string, dimensions: number): number[] {
	/** By hash. */
	const features = new Map<number, Feature>();
	const add = (hash: number, weight: number): void => {
		const feature = features.get(hash);
		if (feature === undefined) features.set(hash, { weight, times: 1 });
		else feature.times += 1;
	};
	for (const [word] of folded(text).matchAll(/[\p{L}\p{N}]+/gu)) {
		add(hashOf(word), weightOf(word));
		const framed = `<${word}>`;
		for (let start = 0; start + GRAM_LENGTH <= framed.length; start++) add(hashOf(framed, start, start + GRAM_LENGTH), GRAM_WEIGHT);
	}
	const sum = new Array<number>(dimensions).fill(0);
	for (const [hash, { weight, times }] of features) {
		const value = weight * (1 + Math.log(times));
		for (let mixed = hash, turn = 0; turn < PLACES; turn++, mixed = stirred(mixed)) {
			const place = mixed % dimensions;
			// A bit that the place hardly depends on.
			sum[place] = (sum[place] ?? 0) + (mixed >>> 31 === 0 ? value : -value);
		}
	}
	return unit(sum);
}

/** A text without words, and the rare one whose features cancel out, points somewhere too. */
export function unit(values: readonly number[]): number[] {
	const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
	return norm === 0 ? values.map((_, index) => (index === 0 ? 1 : 0)) : values.map((value) => value / norm);
}

/** Without prefix, case and accents. */
function folded(text: string): string {
	return text.replace(prefixes, '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function weightOf(word: string): number {
	return word.length > SHORT_WORD_LENGTH || /\p{N}/u.test(word) ? WORD_WEIGHT : SHORT_WORD_WEIGHT;
}

/** FNV-1a, 32 bits, over code units, and stirred: its upper bits hardly depend on the last letters. */
function hashOf(text: string, from = 0, to = text.length): number {
	let hash = 0x811c9dc5;
	for (let index = from; index < to; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return stirred(hash);
}

function stirred(hash: number): number {
	const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	return (mixed ^ (mixed >>> 13)) >>> 0;
}
