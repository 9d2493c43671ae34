/** MikroORM over a pool that is ours: entities for typed work, and the migrator. */

import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { Pool } from 'pg';
import { entities } from './entities/entities.ts';
import { liftLiterals } from './lifted-literals.ts';
import type { Session } from './session.ts';

/** Makes the ORM; it connects when it is first used, and closing it leaves the pool open. */
export function createOrm(pool: Pool, databaseName: string): MikroORM {
	const options: Options = {
		dbName: databaseName,
		driverOptions: dialectOver(pool, () => pool.connect()),
		entities: [...entities],
		extensions: [Migrator],
		// It would print statements with their values.
		logger: () => {},
		// It would ask on a second connection while a transaction holds the first, which the embedded database does not have.
		ensureDatabase: false,
		schemaGenerator: { ignorePolicies: true, ignoreRoutines: true, ignoreTriggers: true, ignoreSchema: ['ccb_private', 'ccb_jobs'] },
		migrations: {
			path: fileURLToPath(new URL('../../migrations', import.meta.url)),
			glob: '[0-9]*.ts',
			tableName: 'migrations',
			snapshot: false,
			transactional: true,
			allOrNothing: true,
			disableForeignKeys: false,
		},
	};
	return new MikroORM(options);
}

/** An entity manager whose every statement runs in the transaction that `session` has open. */
export function createEntityManager(orm: MikroORM, pool: Pool, session: Session): EntityManager {
	const query: Session['query'] = (text, parameters) => {
		const { sql, parameters: lifted } = liftLiterals(text, parameters.length);
		return session.query(sql, [...parameters, ...lifted]);
	};
	const transaction = new Kysely({
		dialect: dialectOver(pool, async () => ({ query, release: () => {} }) as unknown as PostgresPoolClient),
	});
	const entityManager = orm.em.fork();
	entityManager.setTransactionContext(transaction);
	return entityManager;
}

/** What Kysely needs of a pool. Closing the ORM leaves ours open. */
function dialectOver(pool: Pool, connect: () => Promise<PostgresPoolClient>): PostgresDialect {
	return new PostgresDialect({ pool: { connect, end: async () => {}, options: pool.options } });
}
