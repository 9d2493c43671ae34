/** A question that one of the verified ones answers: matched by its words, filled with the values it names, and run. No model has a part in it. */

import { languageIn, type Words } from '../../locales/locales.ts';
import { fillQuestion } from '../catalogue/named-question.ts';
import type { UsableConnector } from '../connectors.ts';
import { guardStatement } from '../guard/guard.ts';
import { statementFacts } from '../guard/statement-facts.ts';
import type { QueryFrame } from './answer-query.ts';
import { matchNamed, type NamedCandidate, type NamedMatch, phraseWords } from './match-named.ts';
import type { KnownValue } from './parameter-values.ts';
import { singleValue } from './result-reply.ts';
import type { ReadyQuery } from './run-query.ts';
import { inertText } from './shown-values.ts';
import type { SmallAsking, SmallQueries } from './small-queries.ts';
import { includesWord, saysNothing, wordForms } from './word-forms.ts';

/** Of the telling words of a phrase: with fewer no list of values is fetched to look further. */
const leastShared = 0.5;

/** @throws BotError as `SmallQueries.valuesOf`. */
export async function findNamedQuestion(
	connectors: readonly UsableConnector[],
	{ question, frame }: { question: string; frame: QueryFrame | null },
	small: SmallQueries,
	askingFor: (connector: UsableConnector) => Promise<SmallAsking>,
): Promise<NamedMatch> {
	const before = frame?.query.named ?? null;
	const likely = connectors.flatMap((connector) =>
		connector.questions.flatMap((name) => {
			const named = connector.catalogue.questions[name];
			const isFrame = before?.name === name && frame?.query.connector === connector.name;
			return named !== undefined && (isFrame || mayBe(question, named)) ? [{ connector, name, named }] : [];
		}),
	);
	const candidates: NamedCandidate[] = [];
	for (const { connector, name, named } of likely) {
		const known = await readLookups(connector, named, small, () => askingFor(connector));
		candidates.push({ connector: connector.name, name, question: named, ...known });
	}
	const framed = before === null || frame === null ? null : { connector: frame.query.connector, ...before };
	return matchNamed(question, candidates, framed);
}

/** The values of its parameters, and what the columns are called that they stand in. */
async function readLookups(
	connector: UsableConnector,
	{ parameters }: NamedCandidate['question'],
	small: SmallQueries,
	asking: () => Promise<SmallAsking>,
): Promise<Pick<NamedCandidate, 'values' | 'aside'>> {
	const values = new Map<string, readonly KnownValue[]>();
	const aside: string[] = [];
	for (const [parameter, { lookup }] of Object.entries(parameters)) {
		if (lookup === undefined) continue;
		const [relation = '', column = ''] = lookup.split('.');
		values.set(parameter, await small.valuesOf(connector, { relation, column }, await asking()));
		aside.push(...namesOf(connector, relation, column));
	}
	return { values, aside };
}

interface NamedToRun extends Pick<Extract<NamedMatch, { kind: 'sure' }>, 'given' | 'guessed'> {
	candidate: Pick<NamedCandidate, 'name' | 'question'>;
}

/** What is run; null where the guard does not print it for this asker. @throws BotError as `fillQuestion`. */
export async function readyNamed(
	{ candidate, given, guessed }: NamedToRun,
	connector: UsableConnector,
	words: Words,
): Promise<ReadyQuery | null> {
	const statement = fillQuestion(candidate.question, given);
	const printed = await guardStatement(statement, connector.bounds);
	if (printed.verdict === 'refused') return null;
	const values = Object.entries(given).map(([name, value]) => `${inertText(name.replaceAll('_', ' '))}: ${inertText(value)}`);
	const description = inertText(candidate.question.description[languageIn(words)]);
	const about = values.length === 0 ? description : `${description} (${values.join(', ')})`;
	return {
		connector,
		printed,
		facts: await statementFacts(statement, connector.bounds),
		statement,
		named: { name: candidate.name, given },
		asked: { named: candidate.name },
		assumptions: guessed.map(({ typed, value }) => words.companyData.receipt.taken(typed, value)),
		async headline(columns, answer) {
			const single = singleValue(columns, answer, words);
			return single === null ? about : `${about}: **${single.value}**`;
		},
	};
}

function mayBe(text: string, named: NamedCandidate['question']): boolean {
	const asked = wordForms(text);
	return phraseWords(named).some((phrase) => {
		const telling = phrase.filter((word) => !saysNothing(word));
		const shared = telling.filter((word) => includesWord(asked, word)).length;
		return shared >= telling.length * leastShared;
	});
}

function namesOf({ catalogue }: UsableConnector, relation: string, column: string): string[] {
	const view = catalogue.views[relation];
	const about = view?.columns[column];
	const synonyms = [view?.synonyms, about?.synonyms].flatMap((both) => (both === undefined ? [] : [...both.es, ...both.en]));
	return [relation, column, ...synonyms].map((name) => name.replaceAll('_', ' '));
}
