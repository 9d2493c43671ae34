/** The door of the rooms of administrators: whoever is none finds nothing there, and that they tried is written down. */

import { noteDeed } from '../identity/log-entry.ts';
import { createValueStore } from '../value-store.ts';
import type { RouteDefinition } from './contract/define-route.ts';
import type { SignedInCall } from './own-view.ts';
import { notFound } from './refusal.ts';

/** @throws ApiRefusal `NOT_FOUND` for whoever is no administrator: what there would be they do not learn. */
export type RequireAdministrator = (call: SignedInCall, route: Pick<RouteDefinition, 'name'>) => Promise<void>;

/** Whoever tries again and again stands in the log once in so long. */
const notedMs = 60_000;

export function createAdministratorGate(now: () => number): RequireAdministrator {
	const noted = createValueStore(now);
	return async ({ caller: { person }, services: { database } }, { name }) => {
		if (person.role === 'ccb_admin') return;
		if (noted.get(person.userId) === null) {
			noted.set(person.userId, '', notedMs);
			const entry = { action: 'admin-page', outcome: 'refused', subjectUserId: person.userId, details: { route: name } } as const;
			await database.asUser(person, (transaction) => noteDeed(transaction, person, entry));
		}
		throw notFound();
	};
}
