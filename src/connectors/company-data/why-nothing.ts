/** Why a statement found nothing: a value that is nowhere, dates that end before, or all of it together. */

import { foldText } from '../../knowledge/text/stems.ts';
import { languageIn, type Words } from '../../locales/locales.ts';
import type { UsableConnector } from '../connectors.ts';
import type { StatementFacts, StatementFilter } from '../guard/statement-facts.ts';
import { shownName } from './result-table.ts';
import { inertText } from './shown-values.ts';
import { listedValues, type SmallAsking, type SmallQueries } from './small-queries.ts';
import { nearest } from './word-forms.ts';

/** Each costs a question to the database. */
const mostFilters = 6;
const mostNearest = 3;

type MomentFilter = Extract<StatementFilter, { kind: 'from' }>;
export type ValueFilter = Extract<StatementFilter, { kind: 'value' }>;

/** Sentences, the first of them the reason; empty where the statement filters by nothing that can be looked up. @throws BotError as `SmallQueries`. */
export async function whyNothing(
	small: SmallQueries,
	connector: UsableConnector,
	{ filters }: Pick<StatementFacts, 'filters'>,
	asking: SmallAsking,
	words: Words,
): Promise<{ sentences: string[]; isMissing: boolean }> {
	const { because } = words.companyData;

	async function whyTooLate(filter: MomentFilter): Promise<string[]> {
		const latest = await small.latest(connector, filter, asking);
		return latest !== null && latest < filter.moment ? [because.ends(columnName(connector, filter, words), inertText(latest))] : [];
	}

	async function whyUnknown(filter: ValueFilter): Promise<string[]> {
		if (await small.has(connector, filter, filter, asking)) return [];
		const known = isSensitive(connector, filter) ? [] : await small.valuesOf(connector, filter, asking);
		const near = nearest(
			filter.value,
			known.map(({ value }) => value),
			mostNearest,
		);
		const unknown = because.value(columnName(connector, filter, words), inertText(filter.value));
		return near.length === 0 ? [unknown] : [unknown, because.instead(valueChoice(near, words))];
	}

	for (const filter of filters.slice(0, mostFilters)) {
		const sentences = filter.kind === 'from' ? await whyTooLate(filter) : await whyUnknown(filter);
		if (sentences.length > 0) return { sentences, isMissing: true };
	}
	return { sentences: filters.length > 1 ? [because.all] : [], isMissing: false };
}

/** Values of lists that no row can have: found without asking the database. With what it should be called, where that is clear. */
export function unlistedValues(
	connector: UsableConnector,
	{ filters }: Pick<StatementFacts, 'filters'>,
): { filter: ValueFilter; near: string[] }[] {
	return filters.flatMap((filter) => {
		const listed = filter.kind === 'value' ? listedValues(connector, filter) : null;
		if (filter.kind !== 'value' || listed === null) return [];
		const known = listed.map(({ value }) => value);
		const isListed = known.some(
			(value) => value === filter.value || (filter.anyCase && value.toLowerCase() === filter.value.toLowerCase()),
		);
		if (isListed) return [];
		const meant = listed.filter(({ value, wordings }) =>
			[value, ...wordings].some((wording) => foldText(wording) === foldText(filter.value)),
		);
		return [{ filter, near: meant.length > 0 ? meant.map(({ value }) => value) : nearest(filter.value, known, mostNearest) }];
	});
}

export function isSensitive({ catalogue }: UsableConnector, { relation, column }: Pick<StatementFilter, 'relation' | 'column'>): boolean {
	return catalogue.views[relation]?.columns[column]?.sensitive === true;
}

/** As people call it. */
function columnName({ catalogue }: UsableConnector, { relation, column }: StatementFilter, words: Words): string {
	const { description } = catalogue.views[relation]?.columns[column] ?? {};
	return description === undefined ? shownName(column) : inertText(description[languageIn(words)]);
}

/** `“a”, “b” or “c”`. */
export function valueChoice(values: readonly string[], words: Words): string {
	const quoted = values.map((value) => words.companyData.quoted(inertText(value)));
	return new Intl.ListFormat(languageIn(words), { type: 'disjunction' }).format(quoted);
}
