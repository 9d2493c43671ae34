/** The engine of a catalogue, asked under the login of one role. */

import { isAbsolute, join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue-file.ts';
import type { ConnectorEngine } from './engine.ts';
import { createMariadbEngine } from './mariadb/mariadb-engine.ts';
import { createPostgresqlEngine } from './postgresql/postgresql-engine.ts';
import { serverAddressOf } from './server-address.ts';
import { createSqliteEngine } from './sqlite/sqlite-engine.ts';
import { createSqlServerEngine } from './sqlserver/sqlserver-engine.ts';

export interface EngineSurroundings {
	/** Where the catalogue lies: paths in it begin there. */
	folder: string;
	/** Where its secrets are looked for. */
	environment: NodeJS.ProcessEnv;
	/** Whose login; null for that of `where`. */
	role: string | null;
}

/** Opens no connection. */
export function openEngine(catalogue: Catalogue, { folder, environment, role }: EngineSurroundings): ConnectorEngine {
	const { timeZone } = catalogue;
	const views = Object.keys(catalogue.views);
	if (catalogue.engine === 'sqlite') {
		const { file } = catalogue.where;
		const columns = Object.entries(catalogue.views).map(([name, view]) => [name, Object.keys(view.columns)] as const);
		return createSqliteEngine({ file: isAbsolute(file) ? file : join(folder, file), views: Object.fromEntries(columns) });
	}
	const address = () => serverAddressOf(catalogue, role, environment);
	if (catalogue.engine === 'mariadb' || catalogue.engine === 'mysql')
		return createMariadbEngine({ kind: catalogue.engine, address, views, timeZone });
	const { engine, where, identity } = catalogue;
	const settings = { address, views, timeZone, schema: where.schema, identitySetting: identity?.setting ?? null };
	return engine === 'sqlserver' ? createSqlServerEngine(settings) : createPostgresqlEngine(settings);
}
