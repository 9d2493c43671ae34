/** Small questions of our own to a connector: what values a column has, whether one is there, and how far its dates go. Guarded like all others. */

import type { Clock } from '../../clock.ts';
import type { Connectors, UsableConnector } from '../connectors.ts';
import { guardStatement } from '../guard/guard.ts';
import type { FilteredColumn } from '../guard/statement-facts.ts';
import type { KnownValue } from './parameter-values.ts';
import type { Cell } from './shown-values.ts';

/** Whose question it is. */
export interface SmallAsking {
	askerId: string;
	identity: string | null;
	signal: AbortSignal;
}

type Column = Pick<FilteredColumn, 'relation' | 'column'>;

export interface SmallQueries {
	/** Those that the catalogue lists, else as many as one question may fetch. Empty for a column that the asker may not read. @throws BotError as `Connectors.ask`. */
	valuesOf(connector: UsableConnector, column: Column, asking: SmallAsking): Promise<readonly KnownValue[]>;
	has(connector: UsableConnector, column: Column, value: { value: string; anyCase: boolean }, asking: SmallAsking): Promise<boolean>;
	/** Null where there is none. */
	latest(connector: UsableConnector, column: Column, asking: SmallAsking): Promise<string | null>;
}

/** A list that is a minute old is new enough to recognise a name by. */
const keptMs = 60_000;
const mostKept = 200;

export function createSmallQueries({ ask }: Pick<Connectors, 'ask'>, clock: Pick<Clock, 'now'>): SmallQueries {
	const kept = new Map<string, { atMs: number; values: Promise<readonly KnownValue[]> }>();

	async function read(connector: UsableConnector, statement: string, asking: SmallAsking): Promise<readonly (readonly Cell[])[]> {
		const verdict = await guardStatement(statement, connector.bounds);
		return verdict.verdict === 'refused' ? [] : (await ask(connector, verdict, asking)).rows;
	}

	async function readValues(connector: UsableConnector, { relation, column }: Column, asking: SmallAsking): Promise<readonly KnownValue[]> {
		const rows = await read(connector, `select distinct ${name(column)} from ${name(relation)} where ${name(column)} is not null`, asking);
		return rows.flatMap(([value]) => (value === null || value === undefined ? [] : [{ value, wordings: [] }]));
	}

	return {
		async valuesOf(connector, column, asking) {
			const listed = listedValues(connector, column);
			if (listed !== null) return listed;
			// Rows, and so values, may be each person's own.
			const whose = connector.hasPersonalRows ? asking.identity : connector.role;
			const key = JSON.stringify([connector.name, connector.revision, whose, column.relation, column.column]);
			const known = kept.get(key);
			if (known !== undefined && clock.now() - known.atMs < keptMs) return await known.values;
			const values = readValues(connector, column, asking);
			if (kept.size >= mostKept) kept.clear();
			kept.set(key, { atMs: clock.now(), values });
			values.catch(() => kept.delete(key));
			return await values;
		},
		async has(connector, { relation, column }, { value, anyCase }, asking) {
			const left = anyCase ? `lower(${name(column)})` : name(column);
			const right = literal(anyCase ? value.toLowerCase() : value);
			return (await read(connector, `select 1 as found from ${name(relation)} where ${left} = ${right} limit 1`, asking)).length > 0;
		},
		async latest(connector, { relation, column }, asking) {
			return (await read(connector, `select max(${name(column)}) as latest from ${name(relation)}`, asking))[0]?.[0] ?? null;
		},
	};
}

/** Null where the catalogue lists none. */
export function listedValues({ catalogue }: UsableConnector, { relation, column }: Column): KnownValue[] | null {
	const { values } = catalogue.views[relation]?.columns[column] ?? {};
	if (values === undefined) return null;
	if (Array.isArray(values)) return values.map((value) => ({ value, wordings: [] }));
	return Object.entries(values).map(([value, { es, en }]) => ({ value, wordings: [es, en] }));
}

/** The names are those of a catalogue, which are plain; what is one of SQL's own words is none of them with quotes. */
function name(plain: string): string {
	return `"${plain}"`;
}

function literal(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}
