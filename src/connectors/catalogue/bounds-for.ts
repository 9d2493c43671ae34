/** What people of one role may ask of a connector, as the guard is told. Pure. */

import { localTime } from '../../local-time.ts';
import type { StatementBounds } from '../guard/bounds.ts';
import { type Catalogue, type CatalogueView, schemaOf } from './catalogue-file.ts';

/** Null for a role that the file does not name. */
export function boundsFor(catalogue: Catalogue, role: string, now: Date): StatementBounds | null {
	const granted = Object.hasOwn(catalogue.roles, role) ? catalogue.roles[role]?.views : undefined;
	return granted === undefined ? null : boundsOf(catalogue, granted, now);
}

/** What all roles together may ask, for whoever looks after the file. */
export function boundsOf(catalogue: Catalogue, granted: 'all' | readonly string[], now: Date): StatementBounds {
	const isGranted = (name: string) => granted === 'all' || granted.includes(name);
	const schema = schemaOf(catalogue);
	return {
		dialect: catalogue.engine,
		relations: Object.entries(catalogue.views)
			.filter(([name]) => isGranted(name))
			.map(([name, view]) => ({ schema, name, ...relationOf(view, isGranted) })),
		maxRows: catalogue.limits.rows,
		now: `${localTime(now, catalogue.timeZone).at}:00`,
	};
}

function relationOf({ columns, key, references }: CatalogueView, isGranted: (name: string) => boolean) {
	return {
		columns: Object.entries(columns).map(([name, { type }]) => ({ name, type })),
		key,
		references: references.filter(({ to }) => isGranted(to)),
	};
}
