/** What a login of MariaDB could do beyond reading the views of a catalogue. */

import type { Connection } from 'mysql2';
import type { LoginPower } from '../engine.ts';
import { queryMariadb } from './connection.ts';

/** Enough to see what is meant. */
const mostNamed = 20;

/** Rights that are no harm: reading, and seeing how a view is written. */
const harmless = ['USAGE', 'SELECT', 'SHOW VIEW'];

const kinds: Readonly<Record<string, LoginPower['kind']>> = {
	...{ FILE: 'server-files', EXECUTE: 'definer-functions', 'CREATE TEMPORARY TABLES': 'temporary-tables', 'CREATE USER': 'makes-roles' },
	...{ INSERT: 'writes', UPDATE: 'writes', DELETE: 'writes', DROP: 'writes', 'LOCK TABLES': 'writes', TRIGGER: 'writes', EVENT: 'writes' },
	...{ CREATE: 'creates', ALTER: 'creates', INDEX: 'creates', 'CREATE VIEW': 'creates', 'CREATE ROUTINE': 'creates' },
	...{ 'ALL PRIVILEGES': 'superuser', SUPER: 'superuser', 'GRANT OPTION': 'grants' },
};

export async function findMariadbPowers(connection: Connection, views: readonly string[]): Promise<LoginPower[]> {
	const grants = await queryMariadb(connection, 'show grants');
	const found = Map.groupBy(
		grants.flatMap(([grant]) => powersIn(grant ?? '')),
		({ kind }) => kind,
	);
	const readable = await queryMariadb(
		connection,
		"select table_schema, table_name, table_schema = database() from information_schema.tables where table_schema <> 'information_schema'",
	);
	const others = readable
		.filter(([, name, isOwn]) => isOwn !== '1' || !views.includes(name ?? ''))
		.map(([schema, name]) => `${schema}.${name}`);
	return [
		...[...found].map(([kind, powers]) => ({ kind, what: powers.map(({ what }) => what).slice(0, mostNamed) })),
		...(others.length > 0 ? [{ kind: 'reads-more', what: others.slice(0, mostNamed) } as const] : []),
	];
}

/** As the server writes them: ``GRANT SELECT (`id`), INSERT ON `shop`.* TO `reader`@`%` WITH GRANT OPTION``. */
function powersIn(grant: string): { kind: LoginPower['kind']; what: string }[] {
	const [, rights, object] = /^GRANT (.+) ON (.+?) TO /.exec(grant) ?? [];
	if (rights === undefined || object === undefined) {
		const [, role = grant] = /^GRANT (\S+) TO /.exec(grant) ?? [];
		return grant.startsWith('SET DEFAULT ROLE') ? [] : [{ kind: 'powerful-role', what: role }];
	}
	const names = rights.replaceAll(/ ?\([^)]*\)/g, '').split(', ');
	if (grant.endsWith(' WITH GRANT OPTION')) names.push('GRANT OPTION');
	return names
		.filter((name) => !harmless.includes(name))
		.map((name) => ({ kind: kinds[name] ?? 'administrates', what: `${name} ON ${object}` }));
}
