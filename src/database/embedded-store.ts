/** Opens Postgres inside this process, in a folder that no other process may use meanwhile. */

import { join } from 'node:path';
import { BotError } from '../errors.ts';
import { type ConnectionObserver, createConnections } from './connections.ts';
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts';
import { lockFolder } from './folder-lock.ts';
import { type MigrationOptions, migrate } from './migrate.ts';
import { createEmbeddedPool } from './pools.ts';
import { closeFiles, closeFolder } from './private-folder.ts';
import { dropPrivileges, leftovers, requireDroppedPrivileges, type Store } from './store.ts';
import { toStoreError } from './store-error.ts';

interface EmbeddedOptions {
	/** As in `DatabaseSettings`. */
	dataFolder: string;
	/** As in `DatabaseSettings`. */
	startServer?: typeof startEmbeddedServer;
	observe?: ConnectionObserver;
}

/** @throws BotError `CONFIG_INVALID` when another process uses the folder, when it is another user's, or when what lies there cannot be opened. */
export async function openEmbedded({
	dataFolder,
	startServer = startEmbeddedServer,
	...options
}: MigrationOptions & EmbeddedOptions): Promise<Store> {
	const folder = join(dataFolder, 'postgres');
	const lock = await lockFolder(`${folder}.lock`, folder);
	try {
		await closeFolder(folder, { holds: 'the embedded database', logger: options.logger });
		const server = await startServer(folder);
		const ended = async () => {
			await closeFiles(folder);
			await lock.release();
		};
		const store = await prepare(server, options, ended);
		// It makes its files for everybody, whatever the process says of new ones.
		await closeFiles(folder);
		return store;
	} catch (error) {
		await lock.release();
		if (error instanceof BotError) throw error;
		throw new BotError('CONFIG_INVALID', `the embedded database in ${folder} cannot be opened: ${toStoreError(error).message}`);
	}
}

async function prepare(
	server: EmbeddedServer,
	options: MigrationOptions & Pick<EmbeddedOptions, 'observe'>,
	ended: () => Promise<void>,
): Promise<Store> {
	try {
		const { logger, observe } = options;
		const migrationPool = createEmbeddedPool(server, logger);
		const login = await migrate(migrationPool, { ...options, alone: true });
		// The session began as a superuser and may become one again: by a statement of its own, but not from inside another.
		await migrationPool.query('revoke execute on function set_config(text, text, boolean) from public');
		await migrationPool.end();
		// The session, which began as a superuser's, is the only one there is.
		const pool = createEmbeddedPool(server, logger, (client) => client.query(dropPrivileges(login)));
		await requireDroppedPrivileges(pool);
		const close = async () => {
			await pool.end();
			await server.close();
			await ended();
		};
		return {
			connections: createConnections(pool, { observe }),
			cleaning: `${leftovers}; ${dropPrivileges(login)}`,
			databaseName: login.databaseName,
			signingKey: login.signingKey,
			keepsVectors: login.keepsVectors,
			maintain: null,
			copyFiles: (folder) => server.copyTo(folder),
			close,
		};
	} catch (error) {
		await server.close();
		throw error;
	}
}
