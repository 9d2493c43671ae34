/** What a model is told of the connectors that may be asked: their views as a person described them, and the nearest verified questions. Pure. */

import type { Language } from '../../locales/locales.ts';
import type { CatalogueView } from '../catalogue/catalogue-file.ts';
import type { UsableConnector } from '../connectors.ts';
import { viewsOf } from './data-scope.ts';
import { includesWord, saysNothing, type WordForm, wordForms } from './word-forms.ts';

/** More examples match wrongly. */
const mostExamples = 3;
/** Of a list of values; more of them say no more of what a column holds. */
const mostValues = 40;

export interface CatalogueText {
	/** Of all that fits, in the order of the files. */
	views: string;
	examples: string;
}

/** @param fits whether a text is short enough: views that have least to do with the question are left out until it is. */
export function describeConnectors(
	connectors: readonly UsableConnector[],
	question: string,
	language: Language,
	fits: (text: string) => boolean,
): CatalogueText {
	const asked = wordForms(question).filter((word) => !saysNothing(word));
	const all = connectors.flatMap((connector) =>
		Object.entries(connector.catalogue.views)
			.filter(([name]) => viewsOf(connector).has(name))
			.map(([name, view]) => ({
				connector,
				name,
				weight: sharedWords(asked, wordsOfView(name, view)),
				text: describeView(name, view, connector, language),
			})),
	);
	const byWeight = [...all].sort((one, other) => other.weight - one.weight);
	const kept = new Set(byWeight);
	const written = () =>
		connectors
			.map((connector) =>
				[headOf(connector), ...all.filter((view) => kept.has(view) && view.connector === connector).map(({ text }) => text)].join('\n'),
			)
			.join('\n\n');
	while (kept.size > 1 && !fits(written())) kept.delete(byWeight[kept.size - 1] as (typeof all)[number]);
	return { views: written(), examples: examplesFor(connectors, asked, language) };
}

function headOf({ name, catalogue, bounds }: UsableConnector): string {
	const { title, timeZone } = catalogue;
	return `connector ${name}: ${title.es} / ${title.en}. It is ${bounds.now} there (${timeZone}).`;
}

function describeView(
	name: string,
	{ description, synonyms, key, references, columns }: CatalogueView,
	connector: UsableConnector,
	language: Language,
): string {
	const granted = viewsOf(connector);
	const joins = references
		.filter(({ to }) => granted.has(to))
		.map(({ columns: own, to, toColumns }) => own.map((column, at) => `${name}.${column} = ${to}.${toColumns[at]}`).join(' and '));
	return [
		`view ${name}: ${description[language]}${named(synonyms)}${key.length === 0 ? '' : `; one row for each ${key.join(', ')}`}`,
		...Object.entries(columns).map(([column, about]) => `  ${column} ${about.type}${aboutColumn(about, language)}`),
		...joins.map((join) => `  joins on ${join}`),
	].join('\n');
}

function aboutColumn({ description, synonyms, unit, values, sensitive }: CatalogueView['columns'][string], language: Language): string {
	const listed =
		values === undefined || sensitive
			? []
			: Array.isArray(values)
				? values
				: Object.entries(values).map(([value, means]) => `${value} = ${means[language]}`);
	return [
		description === undefined ? '' : `: ${description[language]}`,
		unit === undefined ? '' : ` in ${unit[language]}`,
		named(synonyms),
		listed.length === 0 ? '' : `; one of: ${listed.slice(0, mostValues).join(' | ')}`,
	].join('');
}

function named({ es, en }: CatalogueView['synonyms']): string {
	const words = [...new Set([...es, ...en])];
	return words.length === 0 ? '' : ` (also called ${words.join(', ')})`;
}

function examplesFor(connectors: readonly UsableConnector[], asked: readonly WordForm[], language: Language): string {
	return connectors
		.flatMap(({ name, catalogue, questions }) =>
			questions.flatMap((id) => {
				const question = catalogue.questions[id];
				if (question === undefined) return [];
				const phrases = [...question.phrases.es, ...question.phrases.en];
				return [
					{
						weight: sharedWords(asked, wordForms(phrases.join(' '))),
						text: JSON.stringify({
							question: question.phrases[language][0],
							connector: name,
							sql: question.sql.replace(/\s+/g, ' ').trim(),
						}),
					},
				];
			}),
		)
		.filter(({ weight }) => weight > 0)
		.sort((one, other) => other.weight - one.weight)
		.slice(0, mostExamples)
		.map(({ text }) => text)
		.join('\n');
}

function wordsOfView(name: string, { description, synonyms, columns }: CatalogueView): WordForm[] {
	const texts = [name, description.es, description.en, ...synonyms.es, ...synonyms.en];
	const ofColumns = Object.entries(columns).flatMap(([column, about]) => [
		column,
		about.description?.es ?? '',
		about.description?.en ?? '',
		...about.synonyms.es,
		...about.synonyms.en,
	]);
	return [...texts, ...ofColumns].flatMap((text) => wordForms(text.replaceAll('_', ' ')));
}

function sharedWords(asked: readonly WordForm[], known: readonly WordForm[]): number {
	return asked.filter((word) => includesWord(known, word)).length;
}
