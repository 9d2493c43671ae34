/** What every book of turns must do for several models: slots, lines and times of their own, and one fairness over all. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TicketEntry } from '#src/queue/ticket-book.ts';
import { type BookMember, type BookUnderTest, entryOf, hostView, presenceOf } from './ticket-queue.contract.ts';

export function describeTurnModelsContract(contract: { name: string; open(): Promise<BookUnderTest> }): void {
	let world: BookUnderTest;
	let one: BookMember;

	beforeEach(async () => {
		world = await contract.open();
		one = await world.open('one');
	});
	afterEach(() => world.close());

	const grantsOf = ({ heard }: BookMember) => heard.flatMap((message) => (message.type === 'granted' ? [message.id.split('/')[1]] : []));
	const refusalsOf = ({ heard }: BookMember) =>
		heard.flatMap((message) => (message.type === 'refused' ? [`${message.id.split('/')[1]} ${message.reason}`] : []));

	async function enter({ book }: BookMember, name: string, userId: string, more: Partial<TicketEntry> = {}): Promise<number | null> {
		const id = `one/${name}`;
		return (await book.enter(entryOf(id, userId, more), 1_000)).places.get(id)?.position ?? null;
	}

	describe(`${contract.name}: models`, () => {
		const small = hostView('small@a', 1);
		const large = hostView('large@a', 1, { model: 'large' });
		const forLarge = { model: 'large' };

		test('have slots and places of their own', async () => {
			await one.book.register(presenceOf([small, large]));
			for (const name of ['x1', 'y1', 'y2']) await enter(one, name, name.slice(0, 1));
			expect(await enter(one, 'z1', 'z', forLarge)).toBeNull();
			expect(await enter(one, 'z2', 'z', forLarge)).toBe(1);
			expect(one.heard.at(-1)).toEqual({ type: 'granted', id: 'one/z1', host: 'large@a' });
			await one.book.leave('one/z1', { heldMs: 9_000, isComplete: true });
			expect(grantsOf(one)).toEqual(['x1', 'z1', 'z2']);
			expect((await one.book.places()).meanHoldMs).toEqual(new Map([['large', 9_000]]));
			expect((await one.book.view()).hosts).toEqual([
				{ host: 'small@a', model: 'small', running: 1, slots: 1 },
				{ host: 'large@a', model: 'large', running: 1, slots: 1 },
			]);
		});

		test('of which one has a long line keep nobody from the others', async () => {
			await one.book.register(presenceOf([small]));
			for (let count = 1; count <= 120; count += 1) await enter(one, `x${count}`, 'x');
			expect(await enter(one, 'y1', 'y', forLarge)).toBe(1);
			await one.book.setHosts([small, large]);
			expect(grantsOf(one)).toEqual(['x1', 'y1']);
		});

		test('count together for who is next: a turn that somebody had with one is had with the others', async () => {
			await one.book.register(presenceOf([small, large]));
			await enter(one, 'r1', 'r');
			await enter(one, 's1', 's', forLarge);
			for (const name of ['x1', 'x2', 'x3']) await enter(one, name, 'x');
			// The first of x is served and still runs.
			await one.book.leave('one/r1');
			await enter(one, 'x4', 'x', forLarge);
			await enter(one, 'y1', 'y', forLarge);
			await enter(one, 'x5', 'x', forLarge);
			await enter(one, 'y2', 'y', forLarge);
			for (const name of ['s1', 'y1', 'x4', 'y2']) await one.book.leave(`one/${name}`);
			expect(grantsOf(one)).toEqual(['r1', 's1', 'x1', 'y1', 'x4', 'y2', 'x5']);
		});

		test('share the limit of one person, and have full lines of their own', async () => {
			await one.book.register(presenceOf([small, large]));
			await enter(one, 'x1', 'x');
			await enter(one, 'x2', 'x', { ...forLarge, inFlightLimit: 1 });
			await enter(one, 'y1', 'y');
			await one.book.enter(entryOf('one/y2', 'y'), 1);
			await one.book.enter(entryOf('one/z1', 'z', forLarge), 1);
			await one.book.enter(entryOf('one/z2', 'z', forLarge), 1);
			expect(refusalsOf(one)).toEqual(['x2 in-flight', 'y2 queue-full']);
		});

		test('are brought along by whoever comes back', async () => {
			await one.book.register(presenceOf([small, large]));
			const running = [{ id: 'one/x1', userId: 'x', model: 'large', priority: 'interactive' as const, host: 'large@a', hasStarted: true }];
			const waiting = [{ ...entryOf('one/y1', 'y', forLarge), offset: 2, waitedMs: 0 }];
			await one.book.register(presenceOf([small, large], { running, waiting }));
			expect(await enter(one, 'z1', 'z', forLarge)).toBe(1);
			await one.book.leave('one/x1');
			await one.book.leave('one/z1');
			expect(grantsOf(one)).toEqual(['z1', 'y1']);
		});
	});
}
