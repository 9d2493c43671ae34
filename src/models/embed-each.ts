/** Many texts to vectors, request by request, so that one text that a model does not take fails alone. */

import { meanVector, type TextVector, type VectorProblem } from './vectors.ts';

/** What a host refuses because of a text that it was sent. */
export type TextRefusal = Exclude<VectorProblem, 'empty-text'>;

/** What became of the first `count` texts of those that were offered: one refused text is all that a host tells of a whole request. */
export type SendOutcome = { count: number; vectors: readonly TextVector[] } | { count: number; refusal: TextRefusal };

/** Sends the first of these texts, at least one. */
export type SendTexts = (texts: readonly string[]) => Promise<SendOutcome>;

/** A text is halved so often at most: 32 parts of a window each are far more than a passage has. */
const MOST_HALVINGS = 5;
/** Nothing shorter is halved. Models read 512 tokens or more at once, and no tokenizer makes so many of 100 characters. */
const LEAST_PART_CHARACTERS = 100;
/** How far from the middle a blank is looked for, as a share of the text. */
const BLANK_SHARE = 0.25;

/**
 * One vector or problem per text, in order. A refused request is repeated with half of its texts until the text is found that it was refused for. That one
 * is halved: the vector of a text that is too long, or that the model cannot cope with, is the mean of its halves' vectors.
 * @param send gets each text as the model reads it; throws whatever is not about a text.
 */
export async function embedEach(texts: readonly string[], prefix: string, send: SendTexts): Promise<TextVector[]> {
	const sendPrefixed: SendTexts = (parts) => send(parts.map((part) => prefix + part));
	const vectors: TextVector[] = [];
	let most = texts.length;
	while (vectors.length < texts.length) {
		const next = texts.slice(vectors.length, vectors.length + most);
		const outcome = await sendPrefixed(next);
		if ('vectors' in outcome) vectors.push(...outcome.vectors);
		else if (outcome.count === 1) vectors.push(await embedHalves(next[0] ?? '', outcome.refusal, MOST_HALVINGS, sendPrefixed));
		most = 'vectors' in outcome || outcome.count === 1 ? Math.min(most * 2, texts.length) : Math.ceil(outcome.count / 2);
	}
	return vectors;
}

async function embedHalves(text: string, refusal: TextRefusal, halvings: number, send: SendTexts): Promise<TextVector> {
	if (halvings === 0 || text.length < 2 * LEAST_PART_CHARACTERS) return refusal;
	const vectors: number[][] = [];
	for (const half of halvesOf(text)) {
		const outcome = await send([half]);
		const vector = 'vectors' in outcome ? outcome.vectors[0] : await embedHalves(half, outcome.refusal, halvings - 1, send);
		if (!Array.isArray(vector)) return vector ?? 'bad-vector';
		vectors.push(vector);
	}
	return meanVector(vectors);
}

/** Cut at the blank that is nearest to the middle, or in the middle where none is near. Exported for its test. */
export function halvesOf(text: string): string[] {
	const middle = Math.floor(text.length / 2);
	const reach = Math.floor(text.length * BLANK_SHARE);
	const after = text.slice(middle, middle + reach).search(/\s/);
	const before = text.slice(middle - reach, middle).search(/\s\S*$/);
	const distances = [after === -1 ? [] : [after], before === -1 ? [] : [before - reach]].flat();
	const nearest = distances.toSorted((one, other) => Math.abs(one) - Math.abs(other))[0];
	const cut = nearest === undefined ? withoutTornPair(text, middle) : middle + nearest;
	return [text.slice(0, cut).trim(), text.slice(cut).trim()].filter((half) => half !== '');
}

/** A character of two code units is not cut in two. */
function withoutTornPair(text: string, at: number): number {
	return /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') ? at + 1 : at;
}
