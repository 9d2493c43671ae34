/** A file's text → the catalogue that it says, or everything that is wrong with it, each with its place. Pure. */

import { createHash } from 'node:crypto';
import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { type Catalogue, catalogueFile } from './catalogue-file.ts';
import { type CatalogueProblem, contradictionsIn } from './contradictions.ts';

export type CatalogueReading =
	| {
			catalogue: Catalogue;
			/** Of the text: another one for every change. */
			revision: string;
	  }
	| { problems: CatalogueProblem[] };

/** A catalogue of 30 wide views has some 100 kB. */
const mostCharacters = 2_000_000;

export function readCatalogue(text: string): CatalogueReading {
	const lines = new LineCounter();
	const document = parseDocument(text.slice(0, mostCharacters), { lineCounter: lines, uniqueKeys: true });
	const broken = document.errors[0]?.pos[0] ?? firstAlias(document);
	if (broken !== undefined) return { problems: [{ path: '', kind: 'unreadable', line: lines.linePos(broken).line }] };
	const read = catalogueFile.safeParse(document.toJS());
	if (!read.success) return { problems: read.error.issues.flatMap(problemsOf) };
	const problems = contradictionsIn(read.data);
	return problems.length > 0
		? { problems }
		: { catalogue: read.data, revision: createHash('sha256').update(text).digest('hex').slice(0, 12) };
}

/** Where in the text. Aliases can make a small file endless, and no catalogue needs one. */
function firstAlias(document: Document.Parsed): number | undefined {
	let found: number | undefined;
	visit(document, {
		Alias(_key, { range }) {
			found = range?.[0] ?? 0;
			return visit.BREAK;
		},
	});
	return found;
}

/** One for each place; a key that nobody knows is a place of its own. */
function problemsOf(issue: z.core.$ZodIssue): CatalogueProblem[] {
	const path = issue.path.map(String).join('.');
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, kind: 'unknown-key' }));
	}
	return [isMissing(issue) ? { path, kind: 'missing' } : { path, kind: 'invalid', expected: expectedBy(issue) }];
}

function isMissing(issue: z.core.$ZodIssue): boolean {
	if (issue.code === 'invalid_type') return issue.message.endsWith('received undefined');
	return issue.code === 'too_small' && issue.origin === 'string';
}

/** What would be right there, in signs that are the same in every language. */
function expectedBy(issue: z.core.$ZodIssue): string {
	switch (issue.code) {
		case 'invalid_type':
			return issue.expected;
		case 'too_small':
			return `≥ ${issue.minimum}`;
		case 'too_big':
			return `≤ ${issue.maximum}`;
		case 'invalid_value':
			return issue.values.map(String).join(' | ');
		case 'invalid_format':
			return issue.pattern ?? issue.format;
		case 'invalid_key':
			return issue.issues.map(expectedBy).join(' | ');
		case 'invalid_union':
			return 'options' in issue && Array.isArray(issue.options)
				? issue.options.map(String).join(' | ')
				: issue.errors.flatMap((alternative) => alternative.slice(0, 1).map(expectedBy)).join(' | ');
		default:
			return issue.code;
	}
}
