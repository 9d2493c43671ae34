/** What administrators decide about documents and channels: done for them by the librarian, and written down. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import { documentNumber } from '../knowledge/shelf/matching.ts';
import type { Receipt, ShelfChanges } from '../knowledge/shelf/shelf-changes.ts';
import { readAsAdministrator, writeEntry } from './audit-log.ts';

/**
 * As `ShelfChanges`, for an administrator. What was done stays done when it cannot be written down.
 * @throws BotError as those, and `FORBIDDEN` for whoever is none.
 */
export interface DocumentOrders {
	forget(asker: Principal, placementId: string): Promise<Receipt | null>;
	publish(asker: Principal, placementId: string, staleAfterDays: number | null): Promise<boolean>;
	withdraw(asker: Principal, placementId: string): Promise<boolean>;
}

export interface DocumentOrderDependencies {
	database: Pick<Database, 'asUser'>;
	changes: ShelfChanges;
}

export function createDocumentOrders({ database, changes }: DocumentOrderDependencies): DocumentOrders {
	async function carryOut<Done>(
		asker: Principal,
		order: keyof ShelfChanges,
		placementId: string,
		work: () => Promise<Done>,
		more: Readonly<Record<string, unknown>> = {},
	): Promise<Done> {
		await database.asUser(asker, readAsAdministrator);
		const done = await work();
		const outcome = done === null || done === false ? 'refused' : 'done';
		const details = { number: documentNumber(placementId), ...more };
		const entry = { action: `docs-${order}`, outcome, subjectUserId: null, details } as const;
		await database.asUser(asker, (transaction) => writeEntry(transaction, { kind: 'person', asker }, entry));
		return done;
	}

	return {
		forget: (asker, placementId) => carryOut(asker, 'forget', placementId, () => changes.forget(placementId)),
		publish: (asker, placementId, staleAfterDays) =>
			carryOut(asker, 'publish', placementId, () => changes.publish(placementId, staleAfterDays, asker.userId), { staleAfterDays }),
		withdraw: (asker, placementId) => carryOut(asker, 'withdraw', placementId, () => changes.withdraw(placementId)),
	};
}
