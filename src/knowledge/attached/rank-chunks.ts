/** How well each chunk of one file fits a question, in memory: BM25 over the file's own chunks, as the database has it over all documents. */

import { setImmediate } from 'node:timers/promises';
import type { Chunk } from '../chunk/chunk.ts';
import { type LexemePositions, lexemePositions, questionLexemes } from '../text/lexemes.ts';
import { textLanguageOf } from '../text/stems.ts';

/** Robertson and Zaragoza, "The Probabilistic Relevance Framework": the usual ones. */
const [saturation, lengthShare] = [1.2, 0.75];
/** What stands beside the right words often is the answer: so much of the better neighbour's score counts too. */
const neighbourShare = 0.3;
/** The language of a file shows in its first pages. */
const tellingChunks = 20;
/** A chunk takes about half a millisecond: others get their turn in between. */
const chunksAtOnce = 10;

/** One number a chunk, 0 where neither it nor a neighbour has a word of the question. @throws the signal's reason. */
export async function rankChunks(chunks: readonly Chunk[], question: string, signal: AbortSignal): Promise<number[]> {
	const asked = askedWords(question);
	if (asked.length === 0) return chunks.map(() => 0);
	const counted = await countWords(chunks, asked, signal);
	const meanLength = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(chunks.length, 1);
	const rarity = asked.map((_, word) => {
		const having = counted.filter(({ counts }) => (counts[word] ?? 0) > 0).length;
		return Math.log(1 + (chunks.length - having + 0.5) / (having + 0.5));
	});
	const scores = counted.map(({ counts, length }) => {
		const norm = saturation * (1 - lengthShare + (lengthShare * length) / Math.max(meanLength, 1));
		return counts.reduce((sum, count, word) => sum + ((rarity[word] ?? 0) * count * (saturation + 1)) / (count + norm), 0);
	});
	return scores.map((score, at) => score + neighbourShare * Math.max(scores[at - 1] ?? 0, scores[at + 1] ?? 0));
}

interface CountedChunk {
	/** How often each word of the question stands in it, in whatever form. */
	counts: number[];
	length: number;
}

async function countWords(chunks: readonly Chunk[], asked: readonly (readonly string[])[], signal: AbortSignal): Promise<CountedChunk[]> {
	const usual = textLanguageOf(
		chunks
			.slice(0, tellingChunks)
			.map(({ text }) => text)
			.join('\n'),
	);
	const counted: CountedChunk[] = [];
	for (const { context, text } of chunks) {
		if (counted.length % chunksAtOnce === 0) {
			await setImmediate();
			signal.throwIfAborted();
		}
		const { positions, length } = lexemePositions(context, text, usual);
		counted.push({ counts: asked.map((lexemes) => countOf(lexemes, positions)), length });
	}
	return counted;
}

/** Of the forms that a word may have, the one that stands there. */
function countOf(lexemes: readonly string[], positions: LexemePositions['positions']): number {
	return Math.max(...lexemes.map((lexeme) => positions.get(lexeme)?.length ?? 0));
}

/** The lexemes of each word of the question. */
function askedWords(question: string): string[][] {
	const { lexemes, words } = questionLexemes(question);
	const byWord = new Map<number, string[]>();
	for (const [at, lexeme] of lexemes.entries()) {
		const word = words[at] ?? at;
		byWord.set(word, [...(byWord.get(word) ?? []), lexeme]);
	}
	return [...byWord.values()];
}
