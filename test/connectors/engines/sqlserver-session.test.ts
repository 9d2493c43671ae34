/** What the engine says to a SQL Server beside the question, and what becomes of it when the server does not do as it should. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askEngine } from '#src/connectors/engines/ask-engine.ts';
import type { ConnectorEngine, QuestionScope } from '#src/connectors/engines/engine.ts';
import type { ServerAddress } from '#src/connectors/engines/server-address.ts';
import { createSqlServerEngine } from '#src/connectors/engines/sqlserver/sqlserver-engine.ts';
import { startSqlServerEmulator } from '#test/emulators/sql-server/index.ts';
import { type CompanyStage, openSqlServerStage, printed } from './company-stage.ts';

const limits = { statementMs: 10_000, lockMs: 500, rows: 1_000, bytes: 2 ** 20, cost: 1_000 };
const scope = (changes: Partial<QuestionScope> = {}): QuestionScope => ({
	...{ identity: null, limits, signal: new AbortController().signal },
	...changes,
});

function engineAt(address: ServerAddress, identitySetting: string | null = null): ConnectorEngine {
	return createSqlServerEngine({ address: async () => address, schema: 'dbo', views: [], timeZone: 'UTC', identitySetting });
}

describe('what it says', () => {
	let stage: CompanyStage & Awaited<ReturnType<typeof openSqlServerStage>>;
	beforeAll(async () => {
		stage = await openSqlServerStage();
	});
	afterAll(() => stage.close());
	const address = () => stage.address ?? ({} as ServerAddress);

	async function batchesOf(sql: string, engine = stage.engine, question = scope()): Promise<string[]> {
		stage.emulator.batches.length = 0;
		await askEngine(engine, printed(sql), question);
		return stage.emulator.batches;
	}

	it('asks for a copy that is only read, and begins and ends each question with a transaction of its own', async () => {
		const [drivers, ...own] = await batchesOf('select id from productos');
		expect(stage.emulator.logins.at(-1)).toMatchObject({ isForReading: true, appName: 'OpenCCB' });
		for (const setting of ['set quoted_identifier on', 'set concat_null_yields_null on', 'set textsize 80000'])
			expect(drivers?.split('\n')).toContain(setting);
		expect(own).toEqual([
			'select snapshot_isolation_state from sys.databases where database_id = db_id()',
			'set lock_timeout 500; set query_governor_cost_limit 1000; set deadlock_priority low; set transaction isolation level read committed; begin transaction',
			'set showplan_xml on',
			'select id from productos',
			'set showplan_xml off',
			'select id from productos',
			'if @@trancount > 0 rollback transaction',
		]);
	});

	it('reads a snapshot where the database allows it, and waits for nobody then', async () => {
		stage.emulator.state.allowsSnapshots = true;
		stage.emulator.lock('almacenes');
		expect((await batchesOf('select id from almacenes')).join()).toContain('set transaction isolation level snapshot');
		stage.emulator.unlock();
		stage.emulator.state.allowsSnapshots = false;
	});

	it('says who asks before the question, so that nothing can say otherwise afterwards', async () => {
		const engine = engineAt(address(), 'app.user_email');
		const batches = await batchesOf('select id from productos', engine, scope({ identity: 'ana@example.com' }));
		expect(batches[3]).toBe('exec sp_set_session_context @key = @setting, @value = @person, @read_only = 1');
		expect(stage.emulator.identities.at(-1)).toEqual({ 'app.user_email': 'ana@example.com' });
	});

	it('knows what a question would cost, and leaves that to the server where it may not ask', async () => {
		const crossed = 'select count(*) from lineas a, lineas b';
		await stage.asOwner('grant select on lineas to READER');
		const costly = scope({ limits: { ...limits, cost: 1 } });
		await expect(askEngine(stage.engine, printed(crossed), costly)).rejects.toMatchObject({ code: 'TOO_LARGE' });
		expect((await askEngine(stage.engine, printed('select id from productos'), costly)).cost).toBeGreaterThan(0);
		stage.emulator.state.maySeePlans = false;
		await expect(askEngine(stage.engine, printed(crossed), costly)).rejects.toMatchObject({ code: 'TOO_LARGE', reason: '8649' });
		expect((await askEngine(stage.engine, printed('select id from productos'), costly)).cost).toBeNull();
		stage.emulator.state.maySeePlans = true;
	});

	it('gives no decimal that the driver has made a float of', async () => {
		await expect(askEngine(stage.engine, printed('select precio from productos'), scope())).rejects.toMatchObject({
			code: 'CONFLICT',
			reason: 'digits',
		});
	});

	it('takes zeros from the end of what was reckoned, and no other digit', async () => {
		const statement = "select '12.3400000000' as a, '12.5000' as b, '0.1250000000' as c, '7.5' as d, '700' as e, '1.500' as text";
		const types = ['decimal', 'decimal', 'decimal', 'decimal', 'decimal', 'text'] as const;
		const query = { ...printed(statement), columns: types.map((type, index) => ({ name: `${index}`, type })) };
		expect((await askEngine(stage.engine, query, scope())).rows).toEqual([['12.34', '12.50', '0.125', '7.5', '700', '1.500']]);
	});

	it('tells a login that is refused from a server that is away, and from one that goes away', async () => {
		await expect(engineAt({ ...address(), database: 'other' }).connect(scope())).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
		const session = await stage.engine.connect(scope({ limits: { ...limits, cost: Number.MAX_SAFE_INTEGER } }));
		const running = session.run(printed(stage.endless)).catch((error: unknown) => error);
		await expect.poll(() => stage.countRunning()).toBe(1);
		stage.emulator.dropConnections();
		expect(await running).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
		await session.close();
		await expect(engineAt({ ...address(), port: 1 }).connect(scope())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
	});

	it('tells descriptions, keys and names in small letters', async () => {
		const { state } = stage.emulator;
		await stage.asOwner('create table Zonas (Id integer primary key, AlmacenId integer)', 'grant select on Zonas to READER');
		state.foreignKeys.push({ table: 'Zonas', column: 'AlmacenId', to: 'almacenes', toColumn: 'id' });
		state.descriptions.push({ table: 'Zonas', column: null, text: 'Zonas de reparto' }, { table: 'Zonas', column: 'Id', text: 'Número' });
		const views = await stage.engine.readSchema(scope().signal);
		expect(views.find(({ name }) => name === 'zonas')).toEqual({
			...{ name: 'zonas', comment: 'Zonas de reparto', key: ['id'] },
			columns: [
				{ name: 'id', type: 'integer', comment: 'Número' },
				{ name: 'almacenid', type: 'integer', comment: null },
			],
			references: [{ columns: ['almacenid'], to: 'almacenes', toColumns: ['id'] }],
		});
		state.collation = 'Latin1_General_CS_AS';
		expect((await stage.engine.readSchema(scope().signal)).map(({ name }) => name)).toContain('Zonas');
	});
});

describe('encryption', () => {
	const folder = mkdtempSync(join(tmpdir(), 'openccb-sql-server-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	/** Of an authority that nobody else knows. */
	function certificateFor(name: string): { file: string; key: string; cert: string } {
		const [keyFile, file] = [join(folder, `${name}-key.pem`), join(folder, `${name}.pem`)];
		execFileSync(
			'openssl',
			[
				...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
				...['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-keyout', keyFile, '-out', file],
			],
			{ stdio: 'ignore' },
		);
		return { file, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8') };
	}

	async function connectTo(name: string, trusted: string | undefined, certificate: { key: string; cert: string } | undefined) {
		const emulator = await startSqlServerEmulator(certificate === undefined ? {} : { certificate });
		const { database, user, password } = emulator.state;
		const address: ServerAddress = { host: name, port: emulator.port, database, user, password, tls: 'verify', certificate: trusted };
		try {
			const session = await engineAt(address).connect(scope());
			const { rows } = await session.run(printed("select 'hidden' as word"));
			await session.close();
			return rows;
		} finally {
			await emulator.close();
		}
	}

	it('is there with a server whose certificate holds', async () => {
		const { file, ...certificate } = certificateFor('localhost');
		expect(await connectTo('localhost', file, certificate)).toEqual([['hidden']]);
	});

	it.each([
		['whose authority nobody knows', 'localhost', false, true],
		['of another name', 'other.test', true, true],
		['that cannot encrypt', 'localhost', true, false],
	])('lets nobody log in to a server %s', async (_which, name, isTrusted, encrypts) => {
		const { file, ...certificate } = certificateFor(name);
		await expect(connectTo('localhost', isTrusted ? file : undefined, encrypts ? certificate : undefined)).rejects.toMatchObject({
			code: 'STORE_UNAVAILABLE',
		});
	});
});
