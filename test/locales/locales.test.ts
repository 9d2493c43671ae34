import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { languageOf, wordsFor } from '#src/locales/locales.ts';
import { spanish } from '#src/locales/spanish.ts';

describe('the catalogue of sentences', () => {
	it('has the same sentences in both languages', () => {
		expect(pathsOf(spanish)).toEqual(pathsOf(english));
	});

	it('leaves no sentence empty and none untranslated', () => {
		const [left, right] = [saidBy(english), saidBy(spanish)];
		for (const [path, sentence] of left) {
			expect(sentence.trim(), path).not.toBe('');
			expect(right.get(path)?.trim(), path).not.toBe('');
			expect(right.get(path), path).not.toBe(sentence);
		}
	});

	it.each([
		['es-ES', 'es'],
		['es_MX', 'es'],
		['ES', 'es'],
		['en-GB', 'en'],
		['de-DE', 'en'],
		['', 'en'],
		[null, 'en'],
	])('speaks to a person with locale %s in %s', (locale, language) => {
		expect(languageOf(locale)).toBe(language);
	});

	it('falls back to the configured language', () => {
		expect(wordsFor(null, 'es')).toBe(spanish);
		expect(wordsFor('de-DE', 'es')).toBe(spanish);
	});
});

describe('the program', () => {
	it('says no sentence to people that is not in the catalogue', async () => {
		const offences: string[] = [];
		for (const path of await sourcesThatTalk()) {
			const source = await readFile(path, 'utf8');
			for (const match of source.matchAll(saying)) offences.push(`${path}: ${match[0]}`);
		}
		expect(offences).toEqual([]);
	});

	it.each([
		"sendPrivately(place, actor, 'Hello there', handle)",
		'sentence: `Sorry`',
		"notice: 'Too long'",
		"activity.show('thinking')",
		"label: 'Stop'",
	])('would notice %s', (line) => expect(line).toMatch(saying));
});

/** A literal where words for people go. */
const saying = /(?:sendPrivately\([^)]*?|activity\.show\(|sentence: |notice: |label: |title: )(['"`])[^'"`]+\1/g;

async function sourcesThatTalk(): Promise<string[]> {
	const folders = ['src', 'adapters'];
	const files = await Promise.all(
		folders.map(async (folder) => (await readdir(folder, { recursive: true })).map((name) => join(folder, name))),
	);
	// The page has words of its own, in both languages.
	return files
		.flat()
		.filter((name) => /\.tsx?$/.test(name) && !/\/(?:locales|page\/words)\/|page\/admin\/(?:english|spanish)\.ts$/.test(name));
}

function pathsOf(value: unknown, path = ''): string[] {
	if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
	return Object.entries(value).flatMap(([key, child]) => pathsOf(child, `${path}.${key}`));
}

/** Every sentence as it would be said, functions called with plausible values. */
function saidBy(words: typeof english): Map<string, string> {
	return new Map(sentencesIn(words, ''));
}

function sentencesIn(value: unknown, path: string): [string, string][] {
	if (typeof value === 'string') return [[path, value]];
	// A frame around somebody else's sentence is the same in every language.
	if (typeof value === 'function') return /\.(?:statusProblem|health\.part)$/.test(path) ? [] : [[path, String(value(...plausible(path)))]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, child]) => sentencesIn(child, `${path}.${key}`));
}

function plausible(path: string): unknown[] {
	if (path.endsWith('.health.reason')) return ['connection lost or timed out'];
	if (path.endsWith('.installed')) return [2_000_000_000, { gpuShare: 1, contextTokens: 4_096 }];
	return path.endsWith('.status') ? [{ model: 'm', hostsUp: 1, hosts: 2, writing: 3, waiting: 4 }] : [2, 3, 4];
}
