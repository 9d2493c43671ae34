/** The sample company in a database of its own, of each kind. */

import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Connection } from 'mysql2/promise';
import { Client } from 'pg';
import { companyStatements } from './company-sql.ts';

/** Writes it to a file that is not there yet. */
export function writeCompanyFile(path: string): void {
	const database = new DatabaseSync(path);
	database.exec(`begin; ${companyStatements('sqlite').join('; ')}; commit`);
	database.close();
}

export interface CompanyLogin {
	user: string;
	password: string;
}

/** Views and tables that the reader of the company may read. */
export const readableNames = ['almacenes', 'productos', 'clientes', 'existencias', 'pedidos', 'ventas'];

/** Fills an empty PostgreSQL database, as its owner, and makes a login that may read it and nothing else. */
export async function fillPostgresCompany(url: string): Promise<CompanyLogin> {
	const login = { user: `reader_${randomUUID().replaceAll('-', '')}`, password: randomUUID() };
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		const database = new URL(url).pathname.slice(1);
		await client.query(
			[
				...companyStatements('postgresql'),
				`create role ${login.user} login password '${login.password}'`,
				'revoke create on schema public from public',
				`revoke temporary on database ${database} from public`,
				`grant select on ${readableNames.join(', ')} to ${login.user}`,
			].join('; '),
		);
	} finally {
		await client.end();
	}
	return login;
}

/** The same in MariaDB, on a connection whose database is empty. */
export async function fillMariadbCompany(owner: Connection, database: string): Promise<CompanyLogin> {
	const login = { user: `reader_${randomUUID().slice(0, 8)}`, password: randomUUID() };
	const user = `'${login.user}'@'%'`;
	for (const statement of companyStatements('mariadb')) await owner.query(statement);
	await owner.query(`create user ${user} identified by '${login.password}'`);
	for (const name of readableNames) await owner.query(`grant select on ${database}.${name} to ${user}`);
	return login;
}
