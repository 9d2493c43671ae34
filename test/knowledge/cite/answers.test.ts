/** How many right answers about the documents of a company are let through, and how many that were altered in one thing are found. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPassage, supports } from '#src/knowledge/cite/supports.ts';

interface Answer {
	passage: string;
	answer: string;
	wrong?: string;
}

function readLines<Line>(name: string): Line[] {
	const file = new URL(`../../bench/knowledge/set/${name}.jsonl`, import.meta.url);
	return readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
}

const passages = readLines<{ id: string; title: string; text: string }>('passages');
const read = new Map(passages.map(({ id, title, text }) => [id, () => readPassage(`${title}.\n${text}`)]));

function isSupported(sentence: string, passage: string): boolean {
	const open = read.get(passage);
	return open !== undefined && supports(sentence, open()).supported;
}

const shareOf = (all: readonly boolean[]) => all.filter(Boolean).length / all.length;

it('lets nearly all right answers through, and finds more than half of those with one thing altered to another of the same passage', () => {
	const answers = readLines<Answer>('answers');
	const right = answers.map(({ passage, answer }) => isSupported(answer, passage));
	const found = answers.flatMap(({ passage, wrong }) => (wrong === undefined ? [] : [!isSupported(wrong, passage)]));
	// Measured: 190 of 194, and 94 of 160.
	expect(shareOf(right)).toBeGreaterThan(0.97);
	expect(shareOf(found)).toBeGreaterThan(0.57);
});
