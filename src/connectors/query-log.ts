/** What was asked of the company's databases, in the database: written in the asker's name, and never with a value of a result. */

import type { Database } from '../database/database.ts';
import { ConnectorQuery } from '../database/entities/connector.ts';
import { storableText } from '../database/storable.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import { conversationKey, type Place } from '../platform/place.ts';
import type { ConnectorQueryEntry } from './connectors.ts';

/** A question that was taken back meanwhile leaves no statement, which may repeat its words. */
const insertQuery = `
insert into connector_queries (
	asked_by, asked_through, question_id, place, connector, revision, role, named, model, sql, decision, reason,
	cost, login, row_count, byte_count, waited_ms, ran_ms, result_hash
) values (
	$1, $2, $3, $4, $5, $6, $7, $8, $9,
	case when exists (select from messages where id = $3 and status = 'deleted') then null else $10 end,
	$11, $12, $13, $14, $15, $16, $17, $18, $19
) returning id`;

export interface QueryLog {
	/** @returns its id. @throws BotError as `Database.queryAs`. */
	record(asker: Principal, entry: ConnectorQueryEntry): Promise<string>;
	/** The newest of one's own, the newest first; those of one place alone where it is given. @throws BotError as `Database.asUser`. */
	own(asker: Principal, count: number, place?: Place): Promise<LoggedQuery[]>;
}

export type LoggedQuery = ConnectorQuery;

export function createQueryLog(database: Pick<Database, 'queryAs' | 'asUser'>): QueryLog {
	return {
		async record(asker, entry) {
			const { answer, sql, reason } = entry;
			const [row] = await database.queryAs<{ id: string }>(asker, insertQuery, [
				...[asker.userId, asker.identityId ?? null, entry.questionId, conversationKey(entry.place), entry.connector, entry.revision],
				...[entry.role, entry.named, entry.model, sql === null ? null : storableText(sql), entry.decision],
				...[reason === null ? null : storableText(reason), answer?.cost ?? null, answer?.login ?? null, answer?.rows.length ?? null],
				...[answer?.bytes ?? null, answer?.waitedMs ?? null, answer?.ranMs ?? null, answer?.resultHash ?? null],
			]);
			return row?.id ?? '';
		},
		own: (asker, count, place) => database.asUser(asker, (transaction) => newestQueries(transaction, asker.userId, count, place)),
	};
}

/** Of somebody whose the transaction shows. */
export async function newestQueries({ em }: Transaction, userId: string, count: number, place?: Place): Promise<LoggedQuery[]> {
	const where = { askedBy: userId, ...(place === undefined ? {} : { place: conversationKey(place) }) };
	return await em.find(ConnectorQuery, where, { orderBy: { askedAt: 'desc' }, limit: count });
}

/** What was asked stays on record; the statements that may repeat its words go with them. In the asker's name. @throws BotError as `Transaction.query`. */
export async function forgetStatements({ query }: Transaction, questionId: string): Promise<void> {
	await query('update connector_queries set sql = null where question_id = $1', [questionId]);
}
