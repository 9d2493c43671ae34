import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdapterState, voidAdapterLeases } from '#src/database/adapter-state.ts';
import type { Database } from '#src/database/database.ts';
import type { AdapterState } from '#src/platform/adapter-state.ts';
import { testDatabases } from '#test/fakes/database.ts';

describe.each(testDatabases())('what adapters keep on $name', ({ open }) => {
	let database: Database;
	let close: () => Promise<void>;
	beforeAll(async () => {
		const store = await open();
		database = store.database;
		close = () => store.close();
	});
	afterAll(() => close());

	const process = (platform: string = randomUUID()): AdapterState & { platform: string } => ({
		platform,
		...createAdapterState({ database, platform, processId: randomUUID() }),
	});

	it('is found again by every process of the same platform, and by no other platform', async () => {
		const one = process();
		await one.set('seen', 'first');
		await one.set('seen', 'second');
		expect(await process(one.platform).get('seen')).toBe('second');
		expect(await process().get('seen')).toBeNull();
		await one.delete('seen');
		expect(await one.get('seen')).toBeNull();
	});

	it('is listed by the beginning of its key, in order, without leases', async () => {
		const one = process();
		for (const key of ['dm:2', 'dm:1', 'dn:3', 'dm%']) await one.set(key, key.toUpperCase());
		await one.lease('dm:lease', 60_000);
		expect(await one.list('dm:')).toEqual([
			{ key: 'dm:1', value: 'DM:1' },
			{ key: 'dm:2', value: 'DM:2' },
		]);
		expect(await one.list('dm%')).toHaveLength(1);
	});

	it('goes when it is old, and only under the given beginning', async () => {
		const one = process();
		for (const key of ['message:1', 'dm:1']) await one.set(key, 'x');
		await one.lease('message:lease', 60_000);
		await one.prune('message:', 60_000);
		expect(await one.get('message:1')).toBe('x');
		await one.prune('message:', -1_000);
		expect([await one.get('message:1'), await one.get('dm:1')]).toEqual([null, 'x']);
	});

	it('gives a lease to one process at a time, until it ends or is given back', async () => {
		const one = process();
		const other = process(one.platform);
		expect(await one.lease('gateway', 60_000)).toBe(true);
		expect(await other.lease('gateway', 60_000)).toBe(false);
		expect(await one.lease('gateway', 60_000)).toBe(true);
		await other.release('gateway');
		expect(await other.lease('gateway', 60_000)).toBe(false);
		await one.release('gateway');
		expect(await other.lease('gateway', -1_000)).toBe(true);
		expect(await one.lease('gateway', 60_000)).toBe(true);
	});

	it('frees the leases of everybody where nobody else can be', async () => {
		const one = process();
		await one.set('fact', 'kept');
		await one.lease('gateway', 60_000);
		await voidAdapterLeases(database);
		expect(await process(one.platform).lease('gateway', 60_000)).toBe(true);
		expect(await one.get('fact')).toBe('kept');
	});

	it('gives a lease to one of many who ask at once', async () => {
		const { platform } = process();
		const answers = await Promise.all(Array.from({ length: 8 }, () => process(platform).lease('gateway', 60_000)));
		expect(answers.filter((isGiven) => isGiven)).toHaveLength(1);
	});
});
