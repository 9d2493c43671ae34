/** The sample company on each kind of database, with the engine that questions go through, and a look at what the server does meanwhile. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { ConnectorEngine } from '#src/connectors/engines/engine.ts';
import { createMariadbEngine } from '#src/connectors/engines/mariadb/mariadb-engine.ts';
import { createPostgresqlEngine } from '#src/connectors/engines/postgresql/postgresql-engine.ts';
import type { ServerAddress } from '#src/connectors/engines/server-address.ts';
import { createSqliteEngine } from '#src/connectors/engines/sqlite/sqlite-engine.ts';
import { createSqlServerEngine } from '#src/connectors/engines/sqlserver/sqlserver-engine.ts';
import type { PrintedQuery } from '#src/connectors/guard/guard.ts';
import { type SqlServerEmulator, startSqlServerEmulator } from '#test/emulators/sql-server/index.ts';
import { createServerDatabase } from '#test/fakes/database.ts';
import { companyTables } from '../company/company-data.ts';
import { companyStatements } from '../company/company-sql.ts';
import { fillMariadbCompany, fillPostgresCompany, readableNames, writeCompanyFile } from '../company/open-company.ts';

export interface CompanyStage {
	/** Null for a file. */
	address: ServerAddress | null;
	engine: ConnectorEngine;
	/** The same database with a password that is wrong; null where there are no passwords. */
	strangerEngine: ConnectorEngine | null;
	/** A statement that would run for hours, and reads the company. */
	endless: string;
	/** Runs statements as the owner of the database. */
	asOwner(...statements: string[]): Promise<void>;
	/** How many statements of the engine's login the server works on. */
	countRunning(): Promise<number>;
	/** How many connections the engine's login has. */
	countConnections(): Promise<number>;
	close(): Promise<void>;
}

const crossJoin = `select count(*) from ${Array.from({ length: 9 }, (_nothing, index) => `ventas v${index}`).join(', ')}`;

/** As the guard gives it; here the tests write what it would print. */
export function printed(sql: string): PrintedQuery {
	const query: Pick<PrintedQuery, 'verdict' | 'sql' | 'relations' | 'columns'> = { verdict: 'printed', sql, relations: [], columns: [] };
	return query as PrintedQuery;
}

export async function openPostgresqlStage(): Promise<CompanyStage> {
	const { url, drop } = await createServerDatabase(inject('postgresUrl'));
	const login = await fillPostgresCompany(url);
	const { hostname, port, pathname } = new URL(url);
	const address: ServerAddress = {
		host: hostname,
		port: Number(port),
		database: pathname.slice(1),
		...login,
		tls: 'off',
		certificate: undefined,
	};
	const owner = new Client({ connectionString: url });
	await owner.connect();
	const engine = (password: string) =>
		createPostgresqlEngine({
			...{ address: async () => ({ ...address, password }), schema: 'public', views: [...readableNames, 'valores'] },
			...{ timeZone: 'Europe/Madrid', identitySetting: 'app.user_email' },
		});
	const count = async (which: string) => {
		const { rows } = await owner.query(`select count(*)::int as n from pg_stat_activity where usename = $1 and ${which}`, [login.user]);
		return rows[0].n;
	};
	return {
		address,
		engine: engine(login.password),
		// The test server trusts everybody who knows the name of a login.
		strangerEngine: createPostgresqlEngine({
			...{
				address: async () => ({ ...address, user: 'nobody_at_all' }),
				schema: 'public',
				views: [],
				timeZone: 'UTC',
				identitySetting: null,
			},
		}),
		endless: crossJoin,
		asOwner: async (...statements) => {
			for (const statement of statements) await owner.query(statement.replaceAll('READER', login.user));
		},
		countRunning: () => count("state = 'active'"),
		countConnections: () => count('true'),
		async close() {
			await owner.end();
			await drop();
		},
	};
}

export async function openMariadbStage(): Promise<CompanyStage> {
	const { hostname, port, username } = new URL(inject('mariadbUrl'));
	const server = { host: hostname, port: Number(port) };
	const database = `test_${randomUUID().replaceAll('-', '')}`;
	const owner = await mysql.createConnection({ ...server, user: username });
	await owner.query(`create database ${database}`);
	await owner.changeUser({ database });
	const login = await fillMariadbCompany(owner, database);
	const address: ServerAddress = { ...server, database, ...login, tls: 'off', certificate: undefined };
	const engine = (password: string) =>
		createMariadbEngine({
			kind: 'mariadb',
			address: async () => ({ ...address, password }),
			views: [...readableNames, 'valores'],
			timeZone: 'UTC',
		});
	const count = async (which: string) => {
		const [rows] = await owner.query(`select count(*) as n from information_schema.processlist where user = ? and ${which}`, [login.user]);
		return (rows as { n: number }[])[0]?.n ?? 0;
	};
	return {
		address,
		engine: engine(login.password),
		strangerEngine: engine('wrong'),
		endless: crossJoin,
		asOwner: async (...statements) => {
			for (const statement of statements) await owner.query(statement.replaceAll('READER', `'${login.user}'@'%'`));
		},
		countRunning: () => count("command = 'Query'"),
		countConnections: () => count('true'),
		async close() {
			await owner.query(`drop database ${database}`);
			await owner.query(`drop user '${login.user}'@'%'`);
			await owner.end();
		},
	};
}

/** No real one: what SQL Server itself does, the emulator says that it does. */
export async function openSqlServerStage(): Promise<CompanyStage & { emulator: SqlServerEmulator }> {
	const emulator = await startSqlServerEmulator();
	const { state, port } = emulator;
	for (const statement of companyStatements('sqlite')) emulator.asOwner(statement);
	for (const name of readableNames) state.rights.set(name, new Set(['SELECT']));
	const { database, user, password } = state;
	const address: ServerAddress = { host: '127.0.0.1', port, database, user, password, tls: 'off', certificate: undefined };
	const engine = (typed: string) =>
		createSqlServerEngine({
			...{ address: async () => ({ ...address, password: typed }), schema: 'dbo', views: [...readableNames, 'valores'] },
			...{ timeZone: 'Europe/Madrid', identitySetting: null },
		});
	return {
		emulator,
		address,
		engine: engine(password),
		strangerEngine: engine('wrong'),
		endless: crossJoin,
		async asOwner(...statements) {
			for (const statement of statements) actAsOwner(emulator, statement);
		},
		countRunning: async () => emulator.countRunning(),
		countConnections: async () => emulator.countConnections(),
		close: emulator.close,
	};
}

/** Rights and locks are the emulator's; everything else SQLite understands. */
function actAsOwner({ state, ...emulator }: SqlServerEmulator, statement: string): void {
	const [, right, table] = /^grant (\w+) on (\w+) to READER$/.exec(statement) ?? [];
	const [, held] = /^select .* from (\w+) with \(tablockx, holdlock\)$/.exec(statement) ?? [];
	if (right !== undefined && table !== undefined) state.rights.set(table, new Set([right.toUpperCase()]));
	else if (held !== undefined) emulator.lock(held);
	else if (statement === 'rollback transaction') emulator.unlock();
	else if (statement !== 'begin transaction') emulator.asOwner(statement);
}

export async function openSqliteStage(): Promise<CompanyStage> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-company-'));
	const file = join(folder, 'company.sqlite');
	writeCompanyFile(file);
	const tables = companyTables().map(({ name, columns }) => [name, columns.map(([column]) => column)] as const);
	const ventas = ['pedido', 'fecha', 'estado', 'cliente', 'ciudad', 'moneda', 'linea', 'producto_id', 'unidades', 'precio'];
	const views = Object.fromEntries(
		[...tables, ['ventas', ventas], ['valores', ['id', 'entero', 'decimales', 'dia', 'texto', 'octetos', 'momento']]].filter(
			([name]) => name !== 'nominas',
		),
	);
	return {
		address: null,
		engine: createSqliteEngine({ file, views }),
		strangerEngine: null,
		endless: crossJoin,
		async asOwner(...statements) {
			const database = new DatabaseSync(file);
			for (const statement of statements) database.exec(statement);
			database.close();
		},
		countRunning: async () => await countChildren(),
		countConnections: async () => await countChildren(),
		close: () => rm(folder, { recursive: true, force: true }),
	};
}

async function countChildren(): Promise<number> {
	const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '--ppid', String(process.pid)]).catch(() => ({ stdout: '' }));
	return stdout.split('\n').filter((line) => line.includes('sqlite/child.ts')).length;
}
