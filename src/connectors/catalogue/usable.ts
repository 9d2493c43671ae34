/** What somebody may use of a connector, beside those who read along. Pure. */

import type { StatementBounds } from '../guard/bounds.ts';
import { boundsOf } from './bounds-for.ts';
import type { Catalogue } from './catalogue-file.ts';

export interface UsablePart {
	bounds: StatementBounds;
	/** Names of the named questions that read nothing else. */
	questions: string[];
}

export interface UseLimits {
	/** All who see the answer, as the file calls their roles. */
	roles: readonly string[];
	/** Views that are not as the file says. */
	switchedOff: readonly string[];
	/** What each named question reads. */
	reads: ReadonlyMap<string, readonly string[]>;
	now: Date;
}

/** Null where nothing is left. */
export function usablePart(catalogue: Catalogue, { roles, switchedOff, reads, now }: UseLimits): UsablePart | null {
	const views = Object.keys(catalogue.views).filter(
		(name) => !switchedOff.includes(name) && roles.every((role) => isGranted(catalogue, role, name)),
	);
	if (views.length === 0) return null;
	const questions = [...reads].filter(([, relations]) => relations.every((name) => views.includes(name))).map(([name]) => name);
	return { bounds: boundsOf(catalogue, views, now), questions };
}

function isGranted({ roles }: Catalogue, role: string, view: string): boolean {
	const granted = Object.hasOwn(roles, role) ? roles[role]?.views : undefined;
	return granted === 'all' || granted?.includes(view) === true;
}
