/** The login that the documentation asks for, on the newest server at hand: from Postgres 16 on `CREATEROLE` grants only what it made itself. */

import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '#src/database/migrate.ts';
import { createEmbeddedPool } from '#src/database/pools.ts';
import { sign } from '#src/database/signature.ts';
import { silentLogger } from '#src/log.ts';
import { openEmptyEmbedded } from '#test/fakes/database.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

async function openOwned(): Promise<{ pool: Pool }> {
	const server = await openEmptyEmbedded();
	onTestFinished(() => server.close());
	const pool = createEmbeddedPool(server, silentLogger);
	onTestFinished(() => pool.end());
	await pool.query('create role openccb login createrole; alter database postgres owner to openccb; set session authorization openccb');
	return { pool };
}

test('a login that owns the database and may create roles migrates, starts again, and makes roles', async () => {
	const { pool } = await openOwned();
	const options = { audit: true, logger: silentLogger, alone: true };
	const { signingKey } = await migrate(pool, options);
	expect((await migrate(pool, options)).signingKey).toEqual(signingKey);

	await pool.query('set role ccb_app');
	const become = async (role: string) => {
		const begun = await pool.query(
			`begin; set local role ${role}; select pg_backend_pid() as "processId", extract(epoch from now()) as "beganAt"`,
		);
		const mark = (Array.isArray(begun) ? begun : [begun]).at(-1).rows[0];
		await pool.query('call ccb_open($1, $2, $3)', [nobody, sign(signingKey, { role, userId: nobody, ...mark }), '']);
	};
	await become('ccb_admin');
	await pool.query(`insert into roles (name, rank) values ('ccb_sales', 200)`);
	await pool.query(`select ccb_create_role('ccb_sales')`);
	await pool.query('commit');
	await become('ccb_sales');
	expect((await pool.query('select name from roles order by rank')).rows).toHaveLength(4);
	await pool.query('rollback');
	await become('ccb_admin');
	await pool.query(`delete from roles where name = 'ccb_sales'`);
	await pool.query(`select ccb_drop_role('ccb_sales')`);
	await pool.query('commit');
	await expect(become('ccb_sales')).rejects.toMatchObject({ code: '22023' });
	await pool.query('rollback');
});

test('it is no member of the owner of the key once it has started', async () => {
	const { pool } = await openOwned();
	await migrate(pool, { audit: true, logger: silentLogger, alone: true });
	await expect(pool.query('set role ccb_keeper')).rejects.toMatchObject({ code: '42501' });
	await expect(pool.query('select key from ccb_private.proof_key')).rejects.toMatchObject({ code: '42501' });
});

test('memberships of the role that the program works as are mended at the next start', async () => {
	const { pool } = await openOwned();
	const options = { audit: true, logger: silentLogger, alone: true };
	await migrate(pool, options);
	await pool.query('revoke ccb_employee, ccb_registrar from ccb_app');
	const mayBecome = `select bool_and(pg_has_role('ccb_app', name, 'SET')) as "mayBecome" from unnest(array['ccb_employee', 'ccb_registrar']) as name`;
	expect((await pool.query(mayBecome)).rows).toEqual([{ mayBecome: false }]);
	await migrate(pool, options);
	expect((await pool.query(mayBecome)).rows).toEqual([{ mayBecome: true }]);
});
