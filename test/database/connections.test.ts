/** A burst waits in line for the database, and is told soon when there is none. */

import type { Pool, PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBackground } from '#src/database/background.ts';
import { createConnections } from '#src/database/connections.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';

/** A pool of two that makes connections as it is told to. */
function openPool(connect: () => Promise<void> = async () => {}) {
	const released: boolean[] = [];
	const client = { release: (isBroken: boolean) => void released.push(isBroken) } as unknown as PoolClient;
	const pool = {
		options: { max: 2 },
		connect: async () => {
			await connect();
			return client;
		},
	} as unknown as Pool;
	return { pool, client, released };
}

describe('the line for connections', () => {
	it('is served in order of arrival', async () => {
		const { pool, client } = openPool();
		const connections = createConnections(pool);
		await Promise.all([connections.take(), connections.take()]);
		const served: string[] = [];
		const waiting = ['a', 'b', 'c'].map((name) => connections.take().then(() => served.push(name)));
		await new Promise(setImmediate);
		expect(served).toEqual([]);
		connections.giveBack(client, true);
		await waiting[0];
		expect(served).toEqual(['a']);
		connections.giveBack(client, true);
		connections.giveBack(client, true);
		await Promise.all(waiting);
		expect(served).toEqual(['a', 'b', 'c']);
	});

	it('tells how many are taken and wait, and for how long', async () => {
		const { pool, client } = openPool();
		const loads: unknown[] = [];
		const times: string[] = [];
		const observe = {
			changed: ({ taken, limit, waiting }: Record<string, number>) => void loads.push([taken, limit, waiting]),
			waited: () => void times.push('waited'),
			used: () => void times.push('used'),
		};
		const connections = createConnections(pool, { observe });
		await Promise.all([connections.take(), connections.take()]);
		const third = connections.take();
		expect(loads).toEqual([
			[1, 2, 0],
			[2, 2, 0],
			[2, 2, 1],
		]);
		connections.giveBack(client, true);
		await third;
		expect(loads.at(-1)).toEqual([2, 2, 0]);
		connections.giveBack(client, true);
		connections.giveBack(client, true);
		expect(loads.at(-1)).toEqual([0, 2, 0]);
		expect(times.toSorted()).toEqual(['used', 'used', 'used', 'waited', 'waited', 'waited']);
	});

	it('lets go first what must not be late', async () => {
		const { pool, client } = openPool();
		const connections = createConnections(pool);
		await Promise.all([connections.take(), connections.take()]);
		const served: string[] = [];
		const late = connections.take().then(() => served.push('late'));
		const first = connections.take({ first: true }).then(() => served.push('first'));
		connections.giveBack(client, true);
		connections.giveBack(client, true);
		await Promise.all([late, first]);
		expect(served).toEqual(['first', 'late']);
	});

	it('lets people pass work in the background, which is not kept waiting for ever', async () => {
		const { pool, client } = openPool();
		const connections = createConnections(pool, { yieldMs: 1 });
		await Promise.all([connections.take(), connections.take()]);
		const served: string[] = [];
		const take = (name: string) => connections.take().then(() => served.push(name));
		const waiting = [inBackground(() => take('work')), take('a')];
		connections.giveBack(client, true);
		await waiting[1];
		expect(served).toEqual(['a']);
		connections.giveBack(client, true);
		await waiting[0];
		const late = inBackground(() => take('late'));
		await new Promise((resolve) => setTimeout(resolve, 5));
		const after = take('b');
		connections.giveBack(client, true);
		connections.giveBack(client, true);
		await Promise.all([late, after]);
		expect(served).toEqual(['a', 'work', 'late', 'b']);
	});

	it('closes what is not clean, and goes on', async () => {
		const { pool, client, released } = openPool();
		const connections = createConnections(pool);
		await Promise.all([connections.take(), connections.take()]);
		const waiting = connections.take();
		connections.giveBack(client, false);
		await waiting;
		expect(released).toEqual([true]);
	});

	it('is left by whoever waits too long, and costs the others nothing', async () => {
		const { pool, client } = openPool();
		const connections = createConnections(pool, { waitMs: 1 });
		await Promise.all([connections.take(), connections.take()]);
		await expect(connections.take()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
		connections.giveBack(client, true);
		await connections.take();
	});

	it('is told at once when no connection can be made, and is open again afterwards', async () => {
		let isAway = true;
		const made = Promise.withResolvers<void>();
		const { pool } = openPool(async () => {
			await made.promise;
			if (isAway) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
		});
		const connections = createConnections(pool);
		const all = Array.from({ length: 5 }, () => connections.take());
		made.resolve();
		const away = { status: 'rejected', reason: { code: 'STORE_UNAVAILABLE', reason: 'ECONNREFUSED' } };
		await expect(Promise.allSettled(all)).resolves.toMatchObject(Array.from({ length: 5 }, () => away));
		isAway = false;
		await Promise.all([connections.take(), connections.take()]);
	});
});

describe.each(testDatabases().filter(({ name }) => name === 'server'))('on a server', ({ open }) => {
	let store: TestDatabase;

	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());

	// More than the 2 s that making a connection may take.
	it('more statements at once than it can take within seconds are all answered', async () => {
		const slept = Array.from({ length: 90 }, () => store.database.query('select pg_sleep(0.25)'));
		expect(await Promise.all(slept)).toHaveLength(90);
	});
});
