/** MikroORM over connections that are ours: the migrator, and entities inside transactions. */

import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import type { Pool } from 'pg';
import { entities } from './entities/entities.ts';
import { liftLiterals } from './lifted-literals.ts';
import type { Session } from './session.ts';

/**
 * What can be done with entities: a statement for each call, and nothing that would leave the transaction, such as a fork. What is read twice is
 * asked for twice. Inserts and updates read back what the database makes of a row (`returning`), so the role needs the right to read that.
 */
export type Entities = Pick<
	EntityManager,
	'count' | 'countBy' | 'find' | 'findOne' | 'insert' | 'nativeDelete' | 'nativeUpdate' | 'upsert'
>;

/** Makes the ORM that migrates; it connects when it is first used, and closing it leaves the pool open. */
export function createOrm(pool: Pool, databaseName: string): MikroORM {
	return new MikroORM({
		...common,
		dbName: databaseName,
		driverOptions: dialectOver(() => pool.connect()),
		extensions: [Migrator],
		schemaGenerator: {
			ignorePolicies: true,
			ignoreRoutines: true,
			ignoreTriggers: true,
			// The migrator's own, and in no entity.
			skipTables: ['schema_compatibility'],
			ignoreSchema: ['ccb_private', 'ccb_jobs', 'ccb_knowledge'],
		},
		migrations: {
			path: fileURLToPath(new URL('../../migrations', import.meta.url)),
			glob: '[0-9]*.ts',
			tableName: 'migrations',
			snapshot: false,
			transactional: true,
			allOrNothing: true,
			disableForeignKeys: false,
		},
	});
}

/** Makes the ORM for `createEntities`. It has no connection, so that nothing runs outside of a transaction. Takes about 50 ms. */
export function createUnconnectedOrm(databaseName: string): MikroORM {
	const refuse = async () => {
		throw Object.assign(new Error('entities are read and written inside a transaction'), noTransaction);
	};
	return new MikroORM({ ...common, dbName: databaseName, driverOptions: dialectOver(refuse), disableIdentityMap: true });
}

/** An entity manager whose every statement runs in the transaction that `session` has open. */
export function createEntities(orm: MikroORM, session: Pick<Session, 'query'>): Entities {
	const query: Session['query'] = (text, parameters) => {
		const { sql, parameters: lifted } = liftLiterals(text, parameters.length);
		return session.query(sql, [...parameters, ...lifted]);
	};
	const transaction = new Kysely({ dialect: dialectOver(async () => ({ query, release: () => {} }) as unknown as PostgresPoolClient) });
	const entityManager = orm.em.fork();
	entityManager.setTransactionContext(transaction);
	return entityManager;
}

/** As a server says it (PostgreSQL manual, "PostgreSQL Error Codes": `no_active_sql_transaction`). */
const noTransaction = { severity: 'ERROR', code: '25P01' };

const common: Options = {
	entities: [...entities],
	// It would print statements with their values.
	logger: () => {},
	// It would ask on a second connection while a transaction holds the first, which the embedded database does not have.
	ensureDatabase: false,
};

/** What Kysely needs of a pool. Closing the ORM leaves ours open. */
function dialectOver(connect: () => Promise<PostgresPoolClient>): PostgresDialect {
	return new PostgresDialect({ pool: { connect, end: async () => {}, options: {} } });
}
