/** The databases of a server, as its administrator makes and sees them. */

import { Client } from 'pg';

/** With the login that the documentation asks for. */
export async function makeDatabase(url: string, name = 'openccb'): Promise<string> {
	const client = new Client({ connectionString: url });
	await client.connect();
	await client.query(
		"do $$ begin create role openccb login createrole password 'secret'; exception when duplicate_object then null; end $$",
	);
	await client.query(`create database ${name} owner openccb`);
	await client.end();
	return ownUrl(url, name);
}

/** The address that the program gets. */
export function ownUrl(url: string, name = 'openccb'): string {
	const own = new URL(url);
	Object.assign(own, { username: 'openccb', password: 'secret', pathname: `/${name}` });
	return own.href;
}

export async function databases(url: string): Promise<string[]> {
	return (await rowsOf(url, 'select datname::text as name from pg_database where not datistemplate order by 1')).map(({ name }) =>
		String(name),
	);
}

/** In the database of the address. */
export async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
	const client = new Client({ connectionString: url });
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}
