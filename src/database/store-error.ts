/** Turns what a database driver throws into a BotError that carries no statement, no parameter and no row. */

import { BotError, type ErrorCode } from '../errors.ts';

/** SQLSTATE classes and codes after which the same call may succeed later (PostgreSQL manual, "PostgreSQL Error Codes"). */
const PASSING = /^(08|25006|40|53|55P03|57|58)/;
/** Wrong password or user, unknown database: nobody but the operator can change that. */
const MISCONFIGURED = /^(28|3D000)/;
/** Checks that the database makes for people, not for the program: they can fail when nothing is wrong with it. */
const RULES: readonly string[] = ['users_last_admin'];
const CODES_BY_SQLSTATE: Readonly<Record<string, ErrorCode>> = { '23505': 'CONFLICT', '42501': 'FORBIDDEN' };

/**
 * `STORE_UNAVAILABLE` (retryable) when the server is away, busy or cut the call short, `CONFIG_INVALID` when it refuses the login,
 * `CONFLICT` for a unique constraint and for a rule about people such as `users_last_admin` (its name is in `reason`), `FORBIDDEN` for a
 * missing right, else `INTERNAL`.
 * The driver's error is not kept as the cause: its message and detail quote values.
 */
export function toStoreError(error: unknown): BotError {
	if (error instanceof BotError) return error;
	const sqlState = sqlStateOf(error);
	if (sqlState !== null) return fromSqlState(sqlState, textField(error, 'constraint'));
	if (isConnectionError(error)) return storeUnavailable(textField(error, 'code') ?? 'connection lost or timed out');
	return new BotError('INTERNAL', `a database call failed: ${error instanceof Error ? error.name : typeof error}`);
}

/**
 * Of an error that a driver threw: whether the connection is gone or in an unknown state, so that it must not be used again.
 * The server's own refusals carry an SQLSTATE; a call that could not even be made is one of the language's errors.
 */
export function isConnectionError(error: unknown): boolean {
	const isLanguageError = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
	return sqlStateOf(error) === null && !isLanguageError;
}

export function storeUnavailable(reason: string): BotError {
	return new BotError('STORE_UNAVAILABLE', `the database is not available: ${reason}`, { retryable: true, reason });
}

function fromSqlState(sqlState: string, constraint: string | null): BotError {
	if (PASSING.test(sqlState)) return storeUnavailable(`SQLSTATE ${sqlState}`);
	if (MISCONFIGURED.test(sqlState)) {
		return new BotError('CONFIG_INVALID', `the database refuses the login of DATABASE_URL (SQLSTATE ${sqlState})`, { reason: sqlState });
	}
	const place = constraint === null ? '' : `, constraint ${constraint}`;
	const message = `the database refused a statement (SQLSTATE ${sqlState}${place})`;
	const code = constraint !== null && RULES.includes(constraint) ? 'CONFLICT' : (CODES_BY_SQLSTATE[sqlState] ?? 'INTERNAL');
	return new BotError(code, message, { reason: constraint ?? sqlState });
}

/** Errors of the server have a `severity` beside the code; that tells `57P01` from the equally long `EPIPE`. */
export function sqlStateOf(error: unknown): string | null {
	return textField(error, 'severity') === null ? null : textField(error, 'code');
}

function textField(value: unknown, name: string): string | null {
	if (typeof value !== 'object' || value === null) return null;
	const field: unknown = Reflect.get(value, name);
	return typeof field === 'string' ? field : null;
}
