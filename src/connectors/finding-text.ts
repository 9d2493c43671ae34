/** What was found in a connector and its file, in words. Pure. */

import type { Words } from '../locales/locales.ts';
import type { CatalogueProblem } from './catalogue/contradictions.ts';
import type { ConnectorFinding } from './findings.ts';

export function findingText(finding: ConnectorFinding, words: Words['connectors']): string {
	switch (finding.about) {
		case 'drift':
			return finding.kind === 'other-type'
				? words.drift['other-type'](finding.name, finding.type)
				: words.drift[finding.kind](finding.name);
		case 'question':
			return words.question(finding.name, finding.reason);
		case 'power':
			return words.power[finding.kind](finding.what.join(', '));
		case 'same-rows':
			return words.sameRows(finding.view);
		case 'unencrypted':
			return words.unencrypted(finding.host);
	}
}

export function problemText(problem: CatalogueProblem, words: Words['connectors']): string {
	const { path, kind } = problem;
	if (kind === 'unreadable') return words.problem.unreadable(problem.line);
	return kind === 'invalid' ? words.problem.invalid(path, problem.expected) : words.problem[kind](path);
}
