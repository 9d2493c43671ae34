import { expect, it } from 'vitest';
import { engineError } from '#src/connectors/engines/engine-error.ts';
import type { ServerAddress } from '#src/connectors/engines/server-address.ts';
import { createServerEngine, type ServerDriver } from '#src/connectors/engines/server-engine.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { printed } from './company-stage.ts';

const address: ServerAddress = {
	...{ host: 'database.test', port: 1, database: 'company', user: 'reader', password: undefined, tls: 'off', certificate: undefined },
};

/** A server that hears to end a statement only after it has been told so often. */
async function askServer(hearsAfter: number) {
	const clock = createManualClock();
	const stop = new AbortController();
	const statement = Promise.withResolvers<never>();
	const told: object[] = [];
	let opened = 0;
	const driver: ServerDriver<object> = {
		open: async () => ({ number: ++opened }),
		close: async () => {},
		drop: () => statement.reject(new Error('connection ended')),
		fault: () => engineError('away', 'connection'),
		begin: async () => (onAnother) =>
			onAnother(async (other) => {
				told.push(other);
				if (told.length >= hearsAfter) statement.reject(new Error('cancelled'));
			}),
		explain: async () => ({ cost: 1 }),
		run: () => statement.promise,
		readSchema: async () => [],
		findPowers: async () => [],
	};
	const limits = { rows: 1, bytes: 1, statementMs: 60_000, lockMs: 60_000, cost: 1 };
	const session = await createServerEngine(async () => address, driver, clock).connect({ identity: null, signal: stop.signal, limits });
	const running = session.run(printed('select 1')).catch((error: unknown) => error);
	return { clock, stop, running, told };
}

it('tells a server again what it forgot between two messages', async () => {
	const { clock, stop, running, told } = await askServer(2);
	stop.abort();
	await clock.advance(250);
	expect(await running).toMatchObject({ code: 'CANCELLED' });
	expect(told).toEqual([{ number: 2 }, { number: 3 }]);
});

it('ends the connection to a server that never hears', async () => {
	const { clock, stop, running, told } = await askServer(Number.POSITIVE_INFINITY);
	stop.abort();
	await clock.advance(1_000);
	expect(await running).toMatchObject({ code: 'CANCELLED' });
	expect(told).toHaveLength(4);
});
