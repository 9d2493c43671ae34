import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentOrders, type DocumentOrders } from '#src/administration/document-orders.ts';
import { documentNumber } from '#src/knowledge/shelf/matching.ts';
import type { ShelfChanges } from '#src/knowledge/shelf/shelf-changes.ts';
import { createAdmin, createUser, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';

const placementId = '0000ff00-0000-5000-8000-000000000000';

describe('what administrators do with documents', () => {
	let opened: TestDatabase;
	let orders: DocumentOrders;
	let done: string[];

	beforeAll(async () => {
		opened = await openServerDatabase();
		done = [];
		const changes: ShelfChanges = {
			forget: async () => null,
			publish: async (id) => done.push(id) > 0,
			withdraw: async () => false,
		};
		orders = createDocumentOrders({ database: opened.database, changes });
	});
	afterAll(() => opened.close());

	it('is done for nobody else', async () => {
		await expect(orders.publish(await createUser(opened.database), placementId, null)).rejects.toMatchObject({ code: 'FORBIDDEN' });
		expect(done).toEqual([]);
	});

	it('is written down, and so is what could not be done', async () => {
		const admin = await createAdmin(opened.database);
		expect(await orders.publish(admin, placementId, 365)).toBe(true);
		expect(await orders.forget(admin, placementId)).toBeNull();
		const entries = await opened.database.queryAs(
			admin,
			'select action, outcome, actor_user_id as by, details from audit_log order by sequence',
		);
		const details = { number: documentNumber(placementId) };
		expect(entries).toEqual([
			{ action: 'docs-publish', outcome: 'done', by: admin.userId, details: { ...details, staleAfterDays: 365 } },
			{ action: 'docs-forget', outcome: 'refused', by: admin.userId, details },
		]);
	});
});
