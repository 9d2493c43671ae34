/** What every engine must do alike, over the sample company. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askEngine } from '#src/connectors/engines/ask-engine.ts';
import type { QuestionScope } from '#src/connectors/engines/engine.ts';
import { type CompanyStage, printed } from './engines/company-stage.ts';

const limits = { statementMs: 10_000, lockMs: 500, rows: 1_000, bytes: 2 ** 20, cost: 1_000_000 };
/** The endless statement is refused by its cost first, unless nothing is too costly. */
const costly = { ...limits, cost: Number.MAX_SAFE_INTEGER };

/** Values that drivers spoil, in a table that the reader may read. */
export interface HardValues {
	statements: readonly string[];
	/** All columns when not given. */
	columns?: string;
	/** Of these columns of `valores`, by `id`. */
	rows: readonly (readonly (string | null)[])[];
	binary: readonly string[];
}

/** Only servers keep others waiting, and end what is idle. */
export interface ServerManners {
	/** The owner takes the table `almacenes` for themselves, and gives it back. */
	lock: readonly string[];
	unlock: readonly string[];
}

export function describeEngineContract(open: () => Promise<CompanyStage>, hard: HardValues, manners: ServerManners | null): void {
	let stage: CompanyStage;
	beforeAll(async () => {
		stage = await open();
	});
	afterAll(() => stage.close());

	function scope(changes: Partial<QuestionScope> = {}): QuestionScope {
		return { identity: null, limits, signal: new AbortController().signal, ...changes };
	}
	const ask = (sql: string, changes: Partial<QuestionScope> = {}) => askEngine(stage.engine, printed(sql), scope(changes));
	const nothingLeft = () => expect.poll(() => stage.countConnections()).toBe(0);

	describe('what it gives', () => {
		it('is the rows of the company, as text, with the names of their columns', async () => {
			const { columns, rows, cutBy } = await ask('select id, ciudad, metros from almacenes order by id');
			expect(columns.map(({ name }) => name)).toEqual(['id', 'ciudad', 'metros']);
			expect(rows[0]).toEqual(['1', 'Valencia', '800']);
			expect(rows[4]).toEqual(['5', 'A Coruña', null]);
			expect(cutBy).toBeNull();
		});

		it('keeps two columns of one name apart, and tells the columns of no rows', async () => {
			expect((await ask('select a.id, p.id from almacenes a, productos p where a.id = 1 and p.id = 7')).rows).toEqual([['1', '7']]);
			const none = await ask("select id, ciudad from almacenes where ciudad = 'Valensia'");
			expect(none).toMatchObject({ columns: [{ name: 'id' }, { name: 'ciudad' }], rows: [] });
		});

		it('is every digit of every number and every date as it stands there', async () => {
			await stage.asOwner(...hard.statements);
			const { columns, rows } = await ask(`select ${hard.columns ?? '*'} from valores order by id`);
			expect(rows).toEqual(hard.rows);
			expect(columns.filter(({ isBinary }) => isBinary).map(({ name }) => name)).toEqual(hard.binary);
		});

		it('ends at the limit of rows and says so', async () => {
			expect(await ask('select pedido from ventas', { limits: { ...limits, rows: 3 } })).toMatchObject({
				cutBy: 'rows',
				rows: [[{}], [{}], [{}]].map(() => [expect.any(String)]),
			});
			expect((await ask('select id from almacenes', { limits: { ...limits, rows: 5 } })).cutBy).toBeNull();
			await nothingLeft();
		});

		it('ends at the limit of bytes and says so', async () => {
			const { rows, cutBy } = await ask('select pedido, fecha, estado, cliente, ciudad, moneda, unidades from ventas', {
				limits: { ...limits, bytes: 1_024 },
			});
			expect(cutBy).toBe('bytes');
			expect(rows.flat().join('').length).toBeLessThanOrEqual(1_024);
			expect(rows.length).toBeGreaterThan(1);
			await nothingLeft();
		});
	});

	describe('what it refuses', () => {
		it.each([
			['writing', "insert into almacenes values (9, 'Vigo', 1)"],
			['deleting', 'delete from almacenes'],
			['making a table', 'create table otra (id integer)'],
			['dropping one', 'drop table almacenes'],
		])('%s, and nothing has changed', async (_what, sql) => {
			const session = await stage.engine.connect(scope());
			await expect(session.run(printed(sql))).rejects.toMatchObject({ name: 'BotError' });
			await session.close();
			expect((await ask('select count(*) from almacenes')).rows).toEqual([['5']]);
		});

		it('two statements in one', async () => {
			const session = await stage.engine.connect(scope());
			const outcome = await session.run(printed('select 1; delete from almacenes')).catch(() => null);
			await session.close();
			expect(outcome?.rows ?? []).not.toContainEqual(['0']);
			expect((await ask('select count(*) from almacenes')).rows).toEqual([['5']]);
		});

		it('what the login may not read, without a word of the database', async () => {
			const failure = await ask("select salario from nominas where empleado = 'Ana Ruiz'").catch((error: unknown) => error);
			expect(failure).toMatchObject({ code: 'FORBIDDEN' });
			expect(String(failure)).not.toMatch(/nominas|Ana/);
		});

		it('a view or column that is not there', async () => {
			await expect(ask('select id from naves')).rejects.toMatchObject({ code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/) });
			await expect(ask('select metres from almacenes')).rejects.toMatchObject({ code: 'NOT_FOUND' });
		});

		it('a login with the wrong password, which another try would not mend', async () => {
			if (stage.strangerEngine === null) return;
			await expect(stage.strangerEngine.connect(scope())).rejects.toMatchObject({ code: 'CONFIG_INVALID', retryable: false });
		});
	});

	describe('ending', () => {
		it('on Stop, within a second, with nothing left on the server', async () => {
			const stop = new AbortController();
			const session = await stage.engine.connect(scope({ signal: stop.signal, limits: costly }));
			const running = session.run(printed(stage.endless)).catch((error: unknown) => error);
			await expect.poll(() => stage.countRunning()).toBe(1);
			const stoppedAt = performance.now();
			stop.abort();
			expect(await running).toMatchObject({ code: 'CANCELLED' });
			expect(performance.now() - stoppedAt).toBeLessThan(1_000);
			await session.close();
			await nothingLeft();
		});

		it('at the limit of time', async () => {
			const session = await stage.engine.connect(scope({ limits: { ...costly, statementMs: 300 } }));
			await expect(session.run(printed(stage.endless))).rejects.toMatchObject({ code: 'TIMEOUT' });
			await session.close();
			await nothingLeft();
		});

		it('at the limit of waiting for somebody else', async () => {
			if (manners === null) return;
			await stage.asOwner(...manners.lock);
			await expect(ask('select ciudad from almacenes')).rejects.toMatchObject({ code: 'TIMEOUT' });
			await stage.asOwner(...manners.unlock);
			expect((await ask('select count(*) from almacenes')).rows).toEqual([['5']]);
			await nothingLeft();
		});

		it('on the server itself, when nothing is asked any more', async () => {
			if (manners === null) return;
			const session = await stage.engine.connect(scope({ limits: { ...limits, statementMs: 300 } }));
			await nothingLeft();
			await expect(session.run(printed('select 1'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
			await session.close();
		});

		it('when the signal fired before it began', async () => {
			await expect(ask('select 1', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
			await nothingLeft();
		});
	});

	it('tells what the login may read, with keys', async () => {
		const views = await stage.engine.readSchema(new AbortController().signal);
		expect(views.find(({ name }) => name === 'productos')).toMatchObject({
			columns: [{ name: 'id', type: 'integer' }, { type: 'text' }, { type: 'text' }, { type: 'text' }, { name: 'precio', type: 'decimal' }],
			key: ['id'],
		});
		expect(views.find(({ name }) => name === 'pedidos')?.columns.map(({ type }) => type)).toEqual(
			expect.arrayContaining(['date', 'timestamp', 'boolean']),
		);
	});

	it('finds no power in a login that only reads', async () => {
		expect(await stage.engine.findPowers(new AbortController().signal)).toEqual([]);
	});
}
