/** What was asked of databases, as it was written down: one's own, and that of others for an administrator who says why. */

import { auditCount, auditReason } from '../administration/audit-request.ts';
import type { LoggedQuery } from '../connectors/query-log.ts';
import { localTime } from '../local-time.ts';
import type { Words } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { CommandContext } from './definition.ts';

const usualCount = 20;

export async function showLog(context: CommandContext, who: string, why: string): Promise<CommandResult> {
	const { person, words, services } = context;
	const { sql } = words;
	if (who !== '') return person.role === 'ccb_admin' ? await showLogOf(context, who, why) : [sql.onlyAdministrators];
	const queries = await services.queryLog.own(person, usualCount);
	return queries.length === 0 ? [sql.noLog] : [{ list: queries.map((query) => lineOf(query, context)) }];
}

async function showLogOf(context: CommandContext, who: string, why: string): Promise<CommandResult> {
	const { person: asker, words, services } = context;
	const { sql } = words;
	const reason = auditReason.safeParse(why);
	if (!reason.success) return [sql.logHow];
	const request = { person: who, count: auditCount.schema.parse(undefined), reason: reason.data };
	const read = await services.connectorOrders.logOf(asker, request, words);
	if ('refusal' in read) return [read.refusal];
	if (read.queries.length === 0) return [sql.noLogOf(read.name)];
	return [sql.logOf(read.name), { list: read.queries.map((query) => lineOf(query, context)) }];
}

export async function showWhy(context: CommandContext): Promise<CommandResult> {
	const { person, place, words, services } = context;
	const [last] = await services.queryLog.own(person, 1, place);
	if (last === undefined) return [words.sql.noWhy];
	return [{ rows: rowsOf(last, context) }];
}

function lineOf(query: LoggedQuery, context: CommandContext): string {
	const { sql } = context.words;
	const rows = query.rowCount == null ? [] : [`${query.rowCount} ${sql.row.rows}`];
	const facts = [becameOf(query, context.words), ...writtenBy(query, context.words), ...rows, ...(query.sql == null ? [] : [query.sql])];
	return `${momentOf(query, context)} ${query.connector}: ${facts.join('; ')}`;
}

function rowsOf(query: LoggedQuery, context: CommandContext): [string, string][] {
	const { words } = context;
	const { row, milliseconds } = words.sql;
	const rows: [string, string | number | null | undefined][] = [
		[row.asked, momentOf(query, context)],
		[row.connector, query.connector],
		[row.became, becameOf(query, words)],
		[row.by, writtenBy(query, words).join(' ')],
		[row.role, query.role],
		[row.login, query.login],
		[row.rows, query.rowCount],
		[row.took, query.ranMs == null ? null : milliseconds(query.ranMs, query.waitedMs ?? 0)],
		[row.cost, query.cost == null ? null : Math.round(Number(query.cost))],
		[row.revision, query.revision],
		[row.sql, query.sql],
	];
	return rows.flatMap(([name, value]) => (value == null || value === '' ? [] : [[name, String(value)]]));
}

function becameOf({ decision, reason }: LoggedQuery, { sql }: Words): string {
	return reason == null ? sql.decision[decision] : `${sql.decision[decision]} (${reason})`;
}

function writtenBy({ named, model }: LoggedQuery, { sql }: Words): string[] {
	if (named != null) return [sql.namedBy(named)];
	return model == null ? [] : [sql.modelBy(model)];
}

function momentOf({ askedAt }: LoggedQuery, { person }: CommandContext): string {
	return localTime(askedAt, person.timeZone ?? 'UTC').at;
}
