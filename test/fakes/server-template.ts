/** A migrated database on the run's server, made by whoever needs it first and copied from then on. */

import { Client } from 'pg';
import { inject } from 'vitest';
import { openDatabase } from '#src/database/database.ts';
import { silentLogger } from '#src/log.ts';

const templateName = 'migrated_template';
/** Any number; nothing else on the run's server locks. */
const makingLock = 1;

/** @returns the name of the template. */
export async function serverTemplate(): Promise<string> {
	const client = new Client({ connectionString: inject('postgresUrl') });
	await client.connect();
	try {
		// Ends with the connection.
		await client.query('select pg_advisory_lock($1)', [makingLock]);
		const { rows } = await client.query('select from pg_database where datname = $1', [templateName]);
		if (rows.length === 0) await makeTemplate(client);
	} finally {
		await client.end();
	}
	return templateName;
}

/** Under another name until it is whole. */
async function makeTemplate(client: Client): Promise<void> {
	const draft = `${templateName}_draft`;
	await client.query(`drop database if exists ${draft}`);
	await client.query(`create database ${draft}`);
	const url = new URL(inject('postgresUrl'));
	url.pathname = `/${draft}`;
	const database = await openDatabase({ url: url.href, dataFolder: '', audit: true, logger: silentLogger });
	await database.close();
	await client.query(`alter database ${draft} rename to ${templateName}`);
}
