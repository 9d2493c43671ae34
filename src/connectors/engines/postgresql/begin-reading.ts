/** The transaction that a question runs in: read-only for good, under its limits, in the name of whoever asks. */

import type { Client } from 'pg';
import type { QuestionScope } from '../engine.ts';
import { engineError } from '../engine-error.ts';
import { queryPostgresql } from './connection.ts';

export interface ReadingSettings {
	schema: string;
	timeZone: string;
	/** The setting that row policies read; null where there are none. */
	identitySetting: string | null;
}

/** How often the server looks whether we are still there, while it works. */
const connectionCheckMs = 1_000;

/**
 * Every setting holds for this transaction alone, so that a pooler in between keeps none. `read only` can be undone until a query has run: here one has.
 * @returns the number of the server's process, for whoever cancels what it does.
 */
export async function beginPostgresqlReading(
	client: Client,
	{ identity, limits }: QuestionScope,
	settings: ReadingSettings,
): Promise<number> {
	const wanted: Record<string, string> = {
		search_path: settings.schema,
		TimeZone: settings.timeZone,
		DateStyle: 'ISO, YMD',
		IntervalStyle: 'postgres',
		extra_float_digits: '1',
		standard_conforming_strings: 'on',
		// While it compiles, for a second or more, nothing can be cancelled.
		jit: 'off',
		statement_timeout: String(limits.statementMs),
		lock_timeout: String(limits.lockMs),
		idle_in_transaction_session_timeout: String(limits.statementMs),
		client_connection_check_interval: String(connectionCheckMs),
	};
	if (settings.identitySetting !== null) wanted[settings.identitySetting] = identity ?? '';
	await queryPostgresql(client, 'begin isolation level repeatable read, read only');
	// Versions before 14 lack one of ours; a setting with a dot in its name is the company's own, and may be set for the first time.
	await queryPostgresql(
		client,
		`select set_config(name, value, true) from unnest($1::text[], $2::text[]) as wanted (name, value)
		where name like '%.%' or current_setting(name, true) is not null`,
		[Object.keys(wanted), Object.values(wanted)],
	);
	const [row] = await queryPostgresql<[processId: string, isReadOnly: string, strings: string]>(
		client,
		"select pg_backend_pid(), current_setting('transaction_read_only'), current_setting('standard_conforming_strings')",
	);
	if (row?.[1] !== 'on' || row[2] !== 'on') throw engineError('refused', 'read only');
	return Number(row[0]);
}
