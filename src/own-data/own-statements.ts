/** Statements about all that is held of one person, each run by whoever may. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import { type HeldRows, heldRows, type OwnStatement } from './held-rows.ts';

export type OwnRows = Record<string, unknown>[];

/** All @throws BotError as `Database.asUser`. */
export interface OwnStatements {
	/** Of every table that holds something of them: `schema.table` and its rows. */
	read(userId: string): Promise<[table: string, rows: OwnRows][]>;
	/** Safe to repeat. */
	erase(userId: string): Promise<void>;
}

/** Whoever erases may be a guest by now, or may have lost their role: what is theirs is erased all the same, with the least rights that reach it. */
export function ownPrincipal(userId: string): Principal {
	return { userId, role: 'ccb_employee' };
}

interface Given {
	user: string;
	identities: string[];
	senders: string[];
	answers: string[];
}

const selectAccounts = `select id, platform, tenant_id as "tenantId", account_id as "accountId" from identities where user_id = $1`;
const selectAnswers = 'select id from messages where in_reply_to in (select id from messages where author_user_id = $1)';

export function createOwnStatements(
	database: Pick<Database, 'query' | 'queryAs' | 'queryAsRegistrar' | 'queryAsLibrarian'>,
	tables: Readonly<Record<string, HeldRows>> = heldRows,
): OwnStatements {
	async function givenOf(userId: string): Promise<Given> {
		const accounts = await database.queryAsRegistrar<{ id: string; platform: string; tenantId: string; accountId: string }>(
			selectAccounts,
			[userId],
		);
		const answers = await database.queryAs<{ id: string }>(ownPrincipal(userId), selectAnswers, [userId]);
		return {
			user: userId,
			identities: accounts.map(({ id }) => id),
			senders: accounts.map(({ platform, tenantId, accountId }) => `${platform} ${tenantId} ${accountId}`),
			answers: answers.map(({ id }) => id),
		};
	}

	async function run({ keeper, given, sql }: OwnStatement, all: Given): Promise<OwnRows> {
		const values = [all[given]];
		switch (keeper) {
			case 'person':
				return await database.queryAs(ownPrincipal(all.user), sql, values);
			case 'registrar':
				return await database.queryAsRegistrar(sql, values);
			case 'librarian':
				return await database.queryAsLibrarian(sql, values);
			case 'program':
				return await database.query(sql, values);
		}
	}

	return {
		async read(userId) {
			const given = await givenOf(userId);
			const read: [string, OwnRows][] = [];
			for (const [table, { own }] of Object.entries(tables)) if (own !== null) read.push([table, await run(own, given)]);
			return read;
		},
		async erase(userId) {
			const given = await givenOf(userId);
			for (const { erase } of Object.values(tables)) for (const statement of erase) await run(statement, given);
		},
	};
}
