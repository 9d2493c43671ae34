/** Where a catalogue says something else than the database that it is about. Pure. */

import type { LiveView } from '../engines/engine.ts';
import type { ColumnType } from '../guard/bounds.ts';
import type { Catalogue } from './catalogue-file.ts';

export type CatalogueDrift =
	| { kind: 'missing-view' | 'missing-column'; name: string }
	| { kind: 'other-type'; name: string; type: ColumnType };

/** What is meant by a type in the file although the database calls it otherwise: SQLite and MariaDB have no truth values, and views of SQLite no types. */
const alsoTakenFor: Readonly<Partial<Record<ColumnType, readonly ColumnType[]>>> = {
	other: ['text', 'integer', 'decimal', 'float', 'boolean', 'date', 'timestamp', 'timestamptz'],
	integer: ['boolean'],
	timestamp: ['timestamptz'],
	timestamptz: ['timestamp'],
};

/** SQL Server tells the type of every column, and compares a moment with a time as if that were of Greenwich. */
const takenInSqlServer: typeof alsoTakenFor = { integer: ['boolean'] };

/** @param asked names of the views that this login is asked for. */
export function driftOf({ engine, views }: Catalogue, live: readonly LiveView[], asked: readonly string[]): CatalogueDrift[] {
	const taken = engine === 'sqlserver' ? takenInSqlServer : alsoTakenFor;
	return asked.flatMap((name): CatalogueDrift[] => {
		const view = views[name];
		if (view === undefined) return [];
		const found = live.find((each) => each.name === name);
		if (found === undefined) return [{ kind: 'missing-view', name }];
		return Object.entries(view.columns).flatMap(([columnName, { type }]): CatalogueDrift[] => {
			const column = found.columns.find((each) => each.name === columnName);
			const place = `${name}.${columnName}`;
			if (column === undefined) return [{ kind: 'missing-column', name: place }];
			const isMeant = type === 'other' || column.type === type || taken[column.type]?.includes(type) === true;
			return isMeant ? [] : [{ kind: 'other-type', name: place, type: column.type }];
		});
	});
}
