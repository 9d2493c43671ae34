/** What the test of a connector finds; the words for each are in `src/locales/connectors`. Types, and which of them are grave. Pure. */

import type { CatalogueDrift } from './catalogue/drift.ts';
import type { RefusedQuestion } from './catalogue/question-relations.ts';
import type { LoginPower } from './engines/engine.ts';

export type ConnectorFinding =
	/** The view is switched off until the file or the database is mended. */
	| ({ about: 'drift' } & CatalogueDrift)
	/** A named question that the guard refuses, and nobody can ask. */
	| ({ about: 'question' } & RefusedQuestion)
	/** What the login could do beyond reading. */
	| ({ about: 'power' } & LoginPower)
	/** Two people who should see different rows see the same number of them. */
	| { about: 'same-rows'; view: string }
	/** Questions and rows travel to another machine for everybody to read. */
	| { about: 'unencrypted'; host: string };

/** Nothing is approved with one, unless an administrator says why it is taken. */
export function isGrave({ about }: ConnectorFinding): boolean {
	return about === 'power' || about === 'same-rows' || about === 'unencrypted';
}

/** Names of the views that are not as the file says. */
export function driftedViews(findings: readonly ConnectorFinding[]): string[] {
	const names = findings.flatMap((finding) => (finding.about === 'drift' ? [finding.name.split('.')[0] ?? ''] : []));
	return [...new Set(names)].sort();
}
