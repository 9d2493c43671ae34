/** Many who ask one database: few connections, turns for everybody, and rest for a database that is away. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { createAnswering } from '#src/connectors/answering.ts';
import { readCatalogue } from '#src/connectors/catalogue/read-catalogue.ts';
import type { UsableConnector } from '#src/connectors/connectors.ts';
import type { ConnectorEngine, FetchedRows } from '#src/connectors/engines/engine.ts';
import { engineError } from '#src/connectors/engines/engine-error.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { projectFolder } from '../../scripts/toolchain/project.mjs';
import { type CompanyStage, openMariadbStage, openPostgresqlStage, printed } from './engines/company-stage.ts';

const reading = readCatalogue(await readFile(join(projectFolder, 'test/connectors/company/company.yaml'), 'utf8'));
if ('problems' in reading) throw new Error('the sample company cannot be read');

const connector: UsableConnector = {
	...{ name: 'almacen', catalogue: reading.catalogue, revision: reading.revision, role: 'employee' },
	bounds: { dialect: 'sqlite', relations: [], maxRows: 10, now: '2026-12-01 09:00:00' },
	...{ questions: [], hasPersonalRows: false },
};
const query = printed('select id, ciudad from almacenes order by id');
const noRows: FetchedRows = { columns: [], rows: [], cutBy: null };

function asking(askerId: string, signal = new AbortController().signal) {
	return { askerId, identity: null, signal };
}

/** An engine whose questions end when the test says so, in the order in which they were begun. */
function createHeldEngine() {
	const begun: PromiseWithResolvers<FetchedRows>[] = [];
	const engine: ConnectorEngine = {
		connect: async () => ({
			explain: async () => ({ cost: null }),
			run: async () => {
				const held = Promise.withResolvers<FetchedRows>();
				begun.push(held);
				return await held.promise;
			},
			close: async () => {},
		}),
		readSchema: async () => [],
		findPowers: async () => [],
	};
	return { engine, begun };
}

it('lets people take turns, however many questions each of them has', async () => {
	const { engine, begun } = createHeldEngine();
	const answering = createAnswering({ open: () => engine, clock: systemClock });
	const order: string[] = [];
	const asked = ['ana', 'ana', 'ana', 'ana', 'ana', 'ana', 'ana', 'ana', 'berta', 'carla'].map((askerId) =>
		answering.ask(connector, query, asking(askerId)).then(() => order.push(askerId)),
	);
	await expect.poll(() => begun.length).toBe(5);
	for (let ended = 0; ended < asked.length; ended++) {
		await expect.poll(() => begun.length).toBeGreaterThan(ended);
		begun[ended]?.resolve(noRows);
		await expect.poll(() => order.length).toBe(ended + 1);
	}
	expect(order.slice(5)).toEqual(['ana', 'berta', 'carla', 'ana', 'ana']);
});

it('takes whoever stops out of the line, and leaves no place lost', async () => {
	const { engine, begun } = createHeldEngine();
	const answering = createAnswering({ open: () => engine, clock: systemClock });
	const first = Array.from({ length: 5 }, () => answering.ask(connector, query, asking('ana')));
	const stop = new AbortController();
	const stopped = answering.ask(connector, query, asking('berta', stop.signal));
	stop.abort();
	await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
	const last = answering.ask(connector, query, asking('carla'));
	await expect.poll(() => begun.length).toBe(5);
	for (const held of begun) held.resolve(noRows);
	await Promise.all(first);
	await expect.poll(() => begun.length).toBe(6);
	begun[5]?.resolve(noRows);
	expect(await last).toMatchObject({ rows: [] });
});

it.each(['away', 'login'] as const)(
	'spares a database that is %s three times, asks again later, and goes on with others',
	async (fault) => {
		const clock = createManualClock();
		let tries = 0;
		let failing = true;
		const { engine } = createHeldEngine();
		const open = (): ConnectorEngine => ({
			...engine,
			connect: async () => {
				tries++;
				if (failing) throw engineError(fault, 'x');
				return { explain: async () => ({ cost: 1 }), run: async () => noRows, close: async () => {} };
			},
		});
		const answering = createAnswering({ open, clock });
		const code = fault === 'away' ? 'STORE_UNAVAILABLE' : 'CONFIG_INVALID';
		for (let time = 0; time < 3; time++) await expect(answering.ask(connector, query, asking('ana'))).rejects.toMatchObject({ code });
		await expect(answering.ask(connector, query, asking('ana'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', reason: 'breaker' });
		expect(tries).toBe(3);
		failing = false;
		expect(await answering.ask({ ...connector, name: 'other' }, query, asking('ana'))).toMatchObject({ cost: 1 });
		await clock.advance(10_000);
		expect(await answering.ask(connector, query, asking('ana'))).toMatchObject({ cost: 1 });
	},
);

it('runs nothing that the database itself thinks too costly', async () => {
	const costly: ConnectorEngine = {
		...createHeldEngine().engine,
		connect: async () => ({ explain: async () => ({ cost: 3.4e6 }), run: () => Promise.reject(new Error('run')), close: async () => {} }),
	};
	const answering = createAnswering({ open: () => costly, clock: systemClock });
	await expect(answering.ask(connector, query, asking('ana'))).rejects.toMatchObject({ code: 'TOO_LARGE', reason: '3400000' });
});

it.each([
	['PostgreSQL', openPostgresqlStage],
	['MariaDB', openMariadbStage],
])('answers fifty askers of %s on five connections, and leaves none behind', async (_name, openStage) => {
	const stage: CompanyStage = await openStage();
	onTestFinished(() => stage.close());
	let [now, most] = [0, 0];
	const counting: ConnectorEngine = {
		...stage.engine,
		async connect(question) {
			most = Math.max(most, ++now);
			const session = await stage.engine.connect(question).catch((error: unknown) => {
				now--;
				throw error;
			});
			return { ...session, close: () => session.close().finally(() => void now--) };
		},
	};
	const answering = createAnswering({ open: () => counting, clock: systemClock });
	const stop = new AbortController();
	const answers = Array.from({ length: 50 }, (_, number) =>
		answering.ask(connector, query, asking(`asker ${number}`, number % 10 === 9 ? stop.signal : undefined)).then(
			({ rows }) => rows.length,
			({ code }) => code,
		),
	);
	// Those wait in the line.
	stop.abort();
	const ended = await Promise.all(answers);
	expect(ended.filter((_, number) => number % 10 !== 9)).toEqual(Array(45).fill(5));
	expect(new Set(ended.filter((_, number) => number % 10 === 9))).toEqual(new Set(['CANCELLED']));
	expect([most, now]).toEqual([5, 0]);
	await expect.poll(() => stage.countConnections()).toBe(0);
});
