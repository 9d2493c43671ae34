/** Under which logins a connector's database is asked, and for what. Pure. */

import type { Catalogue } from './catalogue-file.ts';

export interface CatalogueLogin {
	/** Whose login; null for that of `where`. */
	role: string | null;
	/** Names of the views that are asked under it. */
	views: string[];
}

/** A file whose roles all have logins of their own, or none at all, is looked at under that of `where` as a whole. */
export function loginsOf({ engine, views, roles }: Catalogue): CatalogueLogin[] {
	const all = Object.keys(views);
	const grants = Object.entries(roles).map(([role, { views: granted, login }]) => ({
		role: login === undefined || engine === 'sqlite' ? null : role,
		views: granted === 'all' ? all : granted,
	}));
	const shared = new Set(grants.filter(({ role }) => role === null).flatMap((grant) => grant.views));
	return [
		{ role: null, views: shared.size === 0 ? all : all.filter((name) => shared.has(name)) },
		...grants.filter(({ role }) => role !== null),
	];
}
