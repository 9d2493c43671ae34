/** The rows of the emulated server, in SQLite: it reads what SQL and T-SQL have in common, under the rights of the one login that asks. */

import { constants, DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { createCatalogueViews, fillCatalogueViews, ownPrincipal, serverType } from './catalogue-views.ts';
import { ServerFault } from './faults.ts';
import { mayDo, type ServerState } from './server-state.ts';
import type { AnsweredColumn } from './tokens.ts';

export interface Answer {
	columns: AnsweredColumn[];
	rows: (string | null)[][];
}

export interface CompanyDatabase {
	/** As the owner. */
	asOwner(sql: string): void;
	/** As the login that asks. @throws ServerFault as SQL Server refuses. */
	ask(sql: string, parameters: Readonly<Record<string, string>>): Answer;
	/** What the planner would say, roughly: how many rows all relations of the statement have together, multiplied. */
	costOf(sql: string): number;
	/** Names of tables and views in a statement. */
	relationsIn(sql: string): string[];
	close(): void;
}

/** By what SQLite is asked for: which right that is, and the number that SQL Server refuses with. */
const writes: Readonly<Record<number, { right: string; number: number }>> = {
	[constants.SQLITE_INSERT]: { right: 'INSERT', number: 229 },
	[constants.SQLITE_UPDATE]: { right: 'UPDATE', number: 229 },
	[constants.SQLITE_DELETE]: { right: 'DELETE', number: 229 },
	[constants.SQLITE_CREATE_TABLE]: { right: 'CREATE TABLE', number: 262 },
	[constants.SQLITE_DROP_TABLE]: { right: 'ALTER', number: 3701 },
};

export function createCompanyDatabase(state: ServerState): CompanyDatabase {
	const database = new DatabaseSync(':memory:');
	createCatalogueViews(database);
	addFunctions(database, state);
	let refused: ServerFault | null = null;

	function guardRights(): void {
		refused = null;
		database.setAuthorizer((action, object, _column, schema, view) => {
			const name = object ?? '';
			const asked = action === constants.SQLITE_READ ? { right: 'SELECT', number: 229 } : writes[action];
			// What a view reads is its owner's to read: the chain of ownership.
			const isFree =
				asked === undefined || view !== null || schema === 'sys' || name.startsWith('sqlite_') || mayDo(state, name, asked.right);
			if (!isFree) refused ??= new ServerFault(asked.number, `The ${asked.right} permission was denied on the object '${name}'.`);
			return isFree ? constants.SQLITE_OK : constants.SQLITE_DENY;
		});
	}

	function relationsIn(sql: string): string[] {
		const known = new Set(
			database
				.prepare("select name from main.sqlite_schema where type in ('table', 'view')")
				.all()
				.map(({ name }) => String(name)),
		);
		return [...sql.matchAll(/(?:\bfrom|\bjoin|,)\s+(?:\[?dbo\]?\.)?\[?(\w+)\]?/gi)]
			.map(([, name = '']) => name)
			.filter((name) => known.has(name));
	}

	return {
		asOwner(sql) {
			database.setAuthorizer(null);
			database.exec(sql);
		},
		ask(sql, parameters) {
			database.setAuthorizer(null);
			fillCatalogueViews(database, state);
			guardRights();
			try {
				return answerOf(database, inCommonWords(sql), parameters);
			} catch (error) {
				throw refused ?? faultOf(error);
			} finally {
				database.setAuthorizer(null);
			}
		},
		costOf(sql) {
			database.setAuthorizer(null);
			const rows = (name: string) => Number(database.prepare(`select count(*) as n from "${name}"`).get()?.['n']);
			return relationsIn(sql).reduce((product, name) => product * Math.max(1, rows(name)), 1) / rowsOfCost;
		},
		relationsIn,
		close: () => database.close(),
	};
}

/** How many rows cost 1. */
const rowsOfCost = 10_000;

function answerOf(database: DatabaseSync, sql: string, parameters: Readonly<Record<string, string>>): Answer {
	const statement = database.prepare(sql);
	statement.setReadBigInts(true);
	statement.setReturnArrays(true);
	const named = Object.fromEntries(Object.entries(parameters).filter(([name]) => sql.includes(name)));
	const rows = statement.all(named) as unknown as SQLOutputValue[][];
	const columns = statement.columns().map(({ name, type }, index) => ({
		name,
		type: type === null ? typeOf(rows.map((row) => row[index] ?? null)) : serverType(type),
	}));
	return { columns, rows: rows.map((row) => row.map(textOf)) };
}

/** Of what is computed. */
function typeOf(values: readonly SQLOutputValue[]): AnsweredColumn['type'] {
	const [first] = values.filter((value) => value !== null);
	return { name: typeof first === 'bigint' ? 'bigint' : typeof first === 'number' ? 'float' : 'nvarchar', scale: 0 };
}

function textOf(value: SQLOutputValue): string | null {
	if (value === null) return null;
	return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : String(value);
}

/** What T-SQL says otherwise than SQLite in the statements that the engine sends of its own. */
function inCommonWords(sql: string): string {
	const cast = sql.replace(/\bconvert\((\w+\(\d+\)), (\w+), 2\)/gi, 'cast($2 as $1)');
	return cast.replace(/sys\.fn_my_permissions\(null, '(\w+)'\)/g, "(select permission_name from sys.my_permissions where scope = '$1')");
}

function faultOf(error: unknown): ServerFault {
	const message = error instanceof Error ? error.message : '';
	if (message.startsWith('no such table')) return new ServerFault(208, 'Invalid object name.');
	if (message.startsWith('no such column')) return new ServerFault(207, 'Invalid column name.');
	return new ServerFault(102, `Incorrect syntax: ${message}`);
}

function addFunctions(database: DatabaseSync, state: ServerState): void {
	const bare = (name: unknown) => String(name).replaceAll(/[[\]]/g, '');
	const functions: Record<string, (...values: unknown[]) => string | number | null> = {
		schema_id: (name) => (name === 'dbo' ? 1 : null),
		db_id: () => 5,
		db_name: () => state.database,
		type_name: (id) => String(id),
		quotename: (name) => `[${String(name)}]`,
		databasepropertyex: () => state.collation,
		user_name: () => state.user,
		suser_sname: () => state.user,
		database_principal_id: () => ownPrincipal,
		is_srvrolemember: (role) => (state.roles.has(String(role)) ? 1 : 0),
		is_rolemember: (role) => (state.roles.has(String(role)) ? 1 : 0),
		has_dbaccess: () => 1,
		has_perms_by_name: (securable, kind, right) => (hasRight(state, bare(securable), String(kind), String(right)) ? 1 : 0),
	};
	for (const [name, call] of Object.entries(functions)) database.function(name, { varargs: true }, call as never);
}

function hasRight(state: ServerState, name: string, kind: string, right: string): boolean {
	if (name === 'master.sys.xp_cmdshell') return state.mayRunCommands;
	if (kind === 'USER' || kind === 'LOGIN') return state.impersonates.has(name);
	return mayDo(state, name.replace(/^dbo\./, ''), kind === 'SCHEMA' ? 'ALTER SCHEMA' : right);
}
