/** Where a catalogue says of itself what does not go together: names that nothing has, parameters that nobody uses. Pure. */

import { type Catalogue, type CatalogueView, identityOf, type NamedQuestion } from './catalogue-file.ts';
import { parameterNamesIn } from './named-question.ts';

/** What is wrong at a place of the file; the words for each are in `src/locales/connectors`. */
export type CatalogueProblem = { path: string } & (
	| { kind: 'unreadable'; line: number }
	| {
			kind:
				| 'missing'
				| 'unknown-key'
				| 'unknown-view'
				| 'unknown-column'
				| 'unknown-parameter'
				| 'unused-parameter'
				| 'uneven-columns'
				| 'taken';
	  }
	| { kind: 'invalid'; expected: string }
);

export function contradictionsIn(catalogue: Catalogue): CatalogueProblem[] {
	const personal = identityOf(catalogue);
	return [
		...Object.entries(catalogue.views).flatMap(([name, view]) => inView(`views.${name}`, view, catalogue)),
		...Object.entries(catalogue.questions).flatMap(([name, question]) => inQuestion(`questions.${name}`, question, catalogue)),
		...Object.entries(catalogue.roles).flatMap(([name, { views }]) =>
			views === 'all' ? [] : views.flatMap((view, index) => unknownView(`roles.${name}.views.${index}`, view, catalogue)),
		),
		...(personal === null ? [] : unknownView('identity.proof.view', personal.proof.view, catalogue)),
	];
}

function inView(path: string, { key, columns, references }: CatalogueView, catalogue: Catalogue): CatalogueProblem[] {
	const unknown = (place: string, names: readonly string[], known: CatalogueView['columns']): CatalogueProblem[] =>
		names.flatMap((name, index) => (Object.hasOwn(known, name) ? [] : [{ path: `${place}.${index}`, kind: 'unknown-column' }]));
	return [
		...unknown(`${path}.key`, key, columns),
		...references.flatMap(({ columns: own, to, toColumns }, index): CatalogueProblem[] => {
			const place = `${path}.references.${index}`;
			const other = catalogue.views[to];
			if (other === undefined) return [{ path: `${place}.to`, kind: 'unknown-view' }];
			const uneven: CatalogueProblem[] = own.length === toColumns.length ? [] : [{ path: `${place}.toColumns`, kind: 'uneven-columns' }];
			return [...unknown(`${place}.columns`, own, columns), ...unknown(`${place}.toColumns`, toColumns, other.columns), ...uneven];
		}),
	];
}

function inQuestion(path: string, { sql, phrases, parameters }: NamedQuestion, catalogue: Catalogue): CatalogueProblem[] {
	const used = new Set(parameterNamesIn(sql));
	const spoken = [...phrases.es, ...phrases.en].flatMap((phrase) => [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
	const unknown = new Set([...used, ...spoken].filter((name) => !Object.hasOwn(parameters, name)));
	return [
		...[...unknown].map((name): CatalogueProblem => ({ path: `${path}.parameters.${name}`, kind: 'unknown-parameter' })),
		...Object.keys(parameters)
			.filter((name) => !used.has(name))
			.map((name): CatalogueProblem => ({ path: `${path}.parameters.${name}`, kind: 'unused-parameter' })),
		...Object.entries(parameters).flatMap(([name, { lookup }]) => {
			if (lookup === undefined) return [];
			const [view = '', column = ''] = lookup.split('.');
			const place = `${path}.parameters.${name}.lookup`;
			const missing = unknownView(place, view, catalogue);
			if (missing.length > 0) return missing;
			const known = catalogue.views[view]?.columns ?? {};
			return Object.hasOwn(known, column) ? [] : [{ path: place, kind: 'unknown-column' } as const];
		}),
	];
}

function unknownView(path: string, name: string, { views }: Catalogue): CatalogueProblem[] {
	return Object.hasOwn(views, name) ? [] : [{ path, kind: 'unknown-view' }];
}
