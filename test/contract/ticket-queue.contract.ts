/** What every book of turns must do, whatever is behind it. Run against memory and Redis, with several processes each. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostView, Presence, TicketBook, TicketEntry, TicketMessage } from '#src/queue/ticket-book.ts';
import { patienceMs } from '#test/setup/patience.ts';

export interface BookMember {
	book: TicketBook;
	/** Everything that this process heard, besides `moved`. */
	heard: TicketMessage[];
}

export interface BookUnderTest {
	/** A process that has not registered. */
	open(processId: string): Promise<BookMember>;
	/** The process is not heard of for as long as it takes to count as dead. */
	letDie(processId: string): Promise<void>;
	close(): Promise<void>;
}

export const hostView = (host: string, slots: number, more: Partial<HostView> = {}): HostView => ({
	host,
	model: 'small',
	slots,
	isSpared: false,
	isModelLoaded: true,
	isLearned: false,
	...more,
});

export const presenceOf = (hosts: readonly HostView[], more: Partial<Presence> = {}): Presence => ({
	hosts,
	waiting: [],
	running: [],
	queueLimit: 1_000,
	state: 'open',
	isNewer: false,
	learned: new Map(),
	meanHoldMs: new Map(),
	...more,
});

export function entryOf(id: string, userId: string, more: Partial<TicketEntry> = {}): TicketEntry {
	return { id, model: 'small', userId, priority: 'interactive', isFirst: false, conversationId: `talk-${id}`, excludedHosts: [], ...more };
}

const limit = 1_000;

export function describeTicketBookContract(contract: { name: string; open(): Promise<BookUnderTest> }): void {
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
	const heardOf = async (member: BookMember, message: TicketMessage) =>
		await vi.waitFor(() => expect(member.heard).toContainEqual(message), { timeout: patienceMs, interval: 5 });

	async function enter(member: BookMember, name: string, userId: string, more: Partial<TicketEntry> = {}) {
		const process = member === one ? 'one' : 'two';
		const id = `${process}/${name}`;
		return (await member.book.enter(entryOf(id, userId, more), limit)).places.get(id)?.position ?? null;
	}

	async function enterAll(member: BookMember, ...names: string[]): Promise<void> {
		for (const name of names) await enter(member, name, name.slice(0, 1));
	}

	/** Ends whatever runs, one after the other, until nothing waits. Returns in which order turns began. */
	async function serveAll(member: BookMember, heldMs: (name: string) => number | null = () => null): Promise<string[]> {
		for (let ended = 0; ended < grantsOf(member).length; ended += 1) {
			const name = grantsOf(member)[ended] ?? '';
			await member.book.leave(`one/${name}`, { heldMs: heldMs(name), isComplete: true });
		}
		return grantsOf(member) as string[];
	}

	async function openTwo(hosts: readonly HostView[]): Promise<BookMember> {
		await one.book.register(presenceOf(hosts));
		const two = await world.open('two');
		await two.book.register(presenceOf(hosts));
		return two;
	}

	describe(`${contract.name}: turns`, () => {
		test('are granted while slots are free, and the others are told their places', async () => {
			await one.book.register(presenceOf([hostView('a', 2)]));
			expect([await enter(one, 'x1', 'x'), await enter(one, 'y1', 'y'), await enter(one, 'z1', 'z'), await enter(one, 'z2', 'z')]).toEqual([
				null,
				null,
				1,
				2,
			]);
			expect(grantsOf(one)).toEqual(['x1', 'y1']);
		});

		test('go to users in turn: of one with fifty and nine with one each, each of the nine starts within the first ten', async () => {
			await one.book.register(presenceOf([hostView('a', 1)]));
			for (let index = 0; index < 50; index += 1) await enter(one, `a${index}`, 'a');
			for (const name of 'bcdefghij') await enter(one, `${name}1`, name);
			const served = await serveAll(one);
			expect(served).toHaveLength(59);
			expect(served.slice(1, 11).sort()).toEqual(['a1', 'b1', 'c1', 'd1', 'e1', 'f1', 'g1', 'h1', 'i1', 'j1']);
		});

		test('go to people before background work, and first to whoever lost a turn', async () => {
			await one.book.register(presenceOf([hostView('a', 1)]));
			await enterAll(one, 'r1');
			await enter(one, 'b1', 'x', { priority: 'background' });
			await enterAll(one, 'y1', 'z1');
			expect(await enter(one, 'f1', 'w', { isFirst: true })).toBe(1);
			expect(await enter(one, 'f2', 'v', { isFirst: true, priority: 'background' })).toBe(4);
			expect(await serveAll(one)).toEqual(['r1', 'f1', 'y1', 'z1', 'f2', 'b1']);
		});

		test('of a user move up when an earlier one leaves', async () => {
			await one.book.register(presenceOf([hostView('a', 1)]));
			await enterAll(one, 'r1', 'a1', 'a2', 'a3', 'b1', 'b2');
			await one.book.leave('one/a1');
			const { places } = await one.book.places();
			expect([...places].sort(([, left], [, right]) => left.position - right.position).map(([id]) => id)).toEqual([
				'one/a2',
				'one/b1',
				'one/a3',
				'one/b2',
			]);
			expect(await serveAll(one)).toEqual(['r1', 'a2', 'b1', 'a3', 'b2']);
		});

		test('cost what they took: who has long answers waits for those with short ones', async () => {
			await one.book.register(presenceOf([hostView('a', 1)], { meanHoldMs: new Map([['small', 1_000]]) }));
			await enterAll(one, 'a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6');
			const served = await serveAll(one, (name) => (name.startsWith('a') ? 3_000 : 1_000));
			const firstSix = served.slice(0, 6).map((name) => name.charAt(0));
			expect(firstSix.filter((name) => name === 'b').length).toBeGreaterThanOrEqual(4);
		});

		test('are owed for by a user who has nothing waiting just then', async () => {
			await one.book.register(presenceOf([hostView('a', 1)], { meanHoldMs: new Map([['small', 1_000]]) }));
			await enterAll(one, 'a1', 'r1');
			await one.book.leave('one/a1', { heldMs: 4_000, isComplete: true });
			await enterAll(one, 'a2', 'b1', 'b2');
			expect(await serveAll(one)).toEqual(['a1', 'r1', 'b1', 'b2', 'a2']);
		});

		test('that are over free their slots for the next, in whatever process', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await enter(one, 'x1', 'x');
			expect(await enter(two, 'y1', 'y')).toBe(1);
			await one.book.leave('one/x1');
			await heardOf(two, { type: 'granted', id: 'two/y1', host: 'a' });
			expect((await one.book.view()).hosts).toEqual([{ host: 'a', model: 'small', running: 1, slots: 1 }]);
		});

		test('that left before they were granted get nothing, and leaving twice changes nothing', async () => {
			await one.book.register(presenceOf([hostView('a', 1)]));
			await enterAll(one, 'r1', 'a1', 'b1');
			await one.book.leave('one/a1');
			await one.book.leave('one/a1');
			expect(await serveAll(one)).toEqual(['r1', 'b1']);
		});
	});

	describe(`${contract.name}: limits`, () => {
		test('refuse whoever would be served last, in whatever process', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await one.book.enter(entryOf('one/r1', 'r'), 2);
			await two.book.enter(entryOf('two/a1', 'a'), 2);
			await two.book.enter(entryOf('two/a2', 'a'), 2);
			await one.book.enter(entryOf('one/b1', 'b'), 2);
			await heardOf(two, { type: 'refused', id: 'two/a2', reason: 'queue-full' });
			await one.book.enter(entryOf('one/b2', 'b'), 2);
			expect(refusalsOf(one)).toEqual(['b2 queue-full']);
		});

		test('count what a user has waiting and running in all processes, and never stop a turn that comes back', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await enter(one, 'x1', 'x', { inFlightLimit: 2 });
			await enter(two, 'x2', 'x', { inFlightLimit: 2 });
			await enter(one, 'x3', 'x', { inFlightLimit: 2 });
			await enter(one, 'x4', 'x', { inFlightLimit: 2, isFirst: true });
			await enter(one, 'y1', 'y', { inFlightLimit: 2 });
			expect(refusalsOf(one)).toEqual(['x3 in-flight']);
			await one.book.leave('one/x1');
			await one.book.leave('one/x4');
			await enter(one, 'x5', 'x', { inFlightLimit: 2 });
			expect(refusalsOf(one)).toEqual(['x3 in-flight']);
		});
	});

	describe(`${contract.name}: state`, () => {
		test('paused grants nothing until it is open again', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await two.book.setState('paused');
			expect(await enter(one, 'x1', 'x')).toBe(1);
			expect((await one.book.places()).state).toBe('paused');
			await two.book.setState('open');
			await heardOf(one, { type: 'granted', id: 'one/x1', host: 'a' });
		});

		test('draining takes nothing new, but what waits and what comes back is served', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await enterAll(one, 'x1', 'y1');
			await two.book.setState('draining');
			await enterAll(one, 'z1');
			await enter(one, 'w1', 'w', { isFirst: true });
			expect(refusalsOf(one)).toEqual(['z1 draining']);
			expect(await serveAll(one)).toEqual(['x1', 'w1', 'y1']);
		});

		test('can be looked at', async () => {
			const two = await openTwo([hostView('a', 1), hostView('b', 1)]);
			await enterAll(one, 'x1', 'y1', 'x2', 'x3');
			await enter(two, 'z1', 'z', { priority: 'background' });
			const view = await two.book.view();
			expect(view).toMatchObject({ state: 'open', waiting: { interactive: 2, background: 1 }, users: 2 });
			expect(view.hosts).toEqual([
				{ host: 'a', model: 'small', running: 1, slots: 1 },
				{ host: 'b', model: 'small', running: 1, slots: 1 },
			]);
			expect(view.oldestWaitMs).toBeGreaterThanOrEqual(0);
		});
	});

	describe(`${contract.name}: hosts`, () => {
		test('are chosen by health, then the model in memory, then the conversation, then how busy they are', async () => {
			await one.book.register(presenceOf([hostView('a', 4), hostView('b', 4)]));
			await enter(one, 'x1', 'x', { conversationId: 'first' });
			await enter(one, 'y1', 'y', { conversationId: 'second' });
			await enter(one, 'y2', 'y', { conversationId: 'second' });
			await one.book.setHosts([hostView('a', 4), hostView('b', 4, { isModelLoaded: false })]);
			await enter(one, 'y3', 'y', { conversationId: 'second' });
			await one.book.setHosts([hostView('a', 4, { isSpared: true }), hostView('b', 4, { isModelLoaded: false })]);
			await enter(one, 'x2', 'x', { conversationId: 'first' });
			expect(one.heard.map((message) => (message.type === 'granted' ? message.host : message.type))).toEqual(['a', 'b', 'b', 'a', 'b']);
		});

		test('that an entry failed on are left to those behind it', async () => {
			await one.book.register(presenceOf([hostView('a', 1), hostView('b', 1)]));
			await enterAll(one, 'r1', 'r2');
			await enter(one, 'x1', 'x', { excludedHosts: ['a'] });
			await enter(one, 'y1', 'y');
			await one.book.leave('one/r1');
			expect(one.heard.at(-1)).toEqual({ type: 'granted', id: 'one/y1', host: 'a' });
			await one.book.leave('one/r2');
			expect(one.heard.at(-1)).toEqual({ type: 'granted', id: 'one/x1', host: 'b' });
		});

		test('are each process’s own matter: what one cannot reach another uses', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await one.book.setHosts([]);
			expect(await enter(one, 'x1', 'x')).toBe(1);
			expect(await enter(two, 'y1', 'y')).toBeNull();
			await two.book.leave('two/y1');
			await one.book.setHosts([hostView('a', 1)]);
			expect(grantsOf(one)).toEqual(['x1']);
		});

		test('are learned together, counting what every process streams from them', async () => {
			const two = await openTwo([hostView('a', 64, { isLearned: true })]);
			for (const name of ['x1', 'x2', 'x3']) await enter(one, name, 'x');
			for (const name of ['y1', 'y2', 'y3']) await enter(two, name, 'y');
			expect(await one.book.started('one/x1')).toEqual({ streaming: 0, slots: null });
			expect(await two.book.started('two/y1')).toEqual({ streaming: 1, slots: null });
			expect(await two.book.load('a')).toEqual({ streaming: 2, slots: null });
			await two.book.learn('a', 2);
			await heardOf(one, { type: 'learned', host: 'a', slots: 2 });
			// Two stream, one more may wait there; the latest go back first.
			await heardOf(two, { type: 'recalled', id: 'two/y3' });
			await heardOf(two, { type: 'recalled', id: 'two/y2' });
			await heardOf(one, { type: 'recalled', id: 'one/x3' });
			expect(one.heard).not.toContainEqual({ type: 'recalled', id: 'one/x2' });
			expect((await one.book.beat()).turns.get('one/x3')).toEqual({ host: 'a', isRecalled: true });
			for (const id of ['two/y2', 'two/y3']) await two.book.leave(id);
			await one.book.leave('one/x3');
			// Whoever waits on a host comes before whoever waits here.
			expect(await enter(two, 'w1', 'w')).toBe(2);
			await two.book.leave('two/w1');
			await one.book.leave('one/x2');
			expect(await enter(one, 'z1', 'z')).toBe(1);
			expect(await one.book.leave('one/x1')).toEqual({ streaming: 2, slots: 2 });
			expect(grantsOf(one)).toContain('z1');
		});

		test('have a mean time for an answer, from answers that came to their end', async () => {
			await one.book.register(presenceOf([hostView('a', 4)]));
			await enterAll(one, 'x1', 'y1', 'z1');
			expect((await one.book.places()).meanHoldMs).toEqual(new Map());
			await one.book.leave('one/x1', { heldMs: 500, isComplete: false });
			await one.book.leave('one/y1', { heldMs: 1_000, isComplete: true });
			expect((await one.book.places()).meanHoldMs).toEqual(new Map([['small', 1_000]]));
			await one.book.leave('one/z1', { heldMs: 2_000, isComplete: true });
			expect((await one.book.places()).meanHoldMs.get('small')).toBeCloseTo(1_100);
		});
	});

	describe(`${contract.name}: processes`, () => {
		test('that died lose their slots and their places to the others', async () => {
			const two = await openTwo([hostView('a', 2)]);
			await enter(one, 'x1', 'x');
			await enter(one, 'x2', 'x');
			await enter(one, 'z1', 'z');
			expect(await enter(two, 'y1', 'y')).toBe(2);
			await world.letDie('one');
			expect((await two.book.beat()).processes).toBe(1);
			expect(grantsOf(two)).toEqual(['y1']);
			expect(await two.book.view()).toMatchObject({ waiting: { interactive: 0 }, users: 0, hosts: [{ host: 'a', running: 1 }] });
			expect(await enter(two, 'x9', 'x', { inFlightLimit: 1 })).toBeNull();
			expect(refusalsOf(two)).toEqual([]);
		});

		test('that were taken for dead are told, and bring everything along again', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await enter(one, 'x1', 'x');
			await world.letDie('one');
			await two.book.beat();
			await one.book.beat();
			expect(one.heard.at(-1)).toEqual({ type: 'forgotten' });
			const running = [{ id: 'one/x1', userId: 'x', model: 'small', priority: 'interactive' as const, host: 'a', hasStarted: true }];
			await one.book.register(presenceOf([hostView('a', 1)], { running }));
			expect(await enter(two, 'y1', 'y')).toBe(1);
			expect(await one.book.leave('one/x1')).toEqual({ streaming: 1, slots: null });
			await heardOf(two, { type: 'granted', id: 'two/y1', host: 'a' });
		});

		test('put what they bring in the place of what was there, in its order', async () => {
			await one.book.register(presenceOf([hostView('a', 1)]));
			await enterAll(one, 'r1', 'a1', 'a2', 'b1', 'b2');
			const { places } = await one.book.places();
			const waiting = ['b1', 'b2', 'a1', 'a2'].map((name) => ({
				...entryOf(`one/${name}`, name.slice(0, 1)),
				// As if the users had changed places, and a had debts.
				offset: (places.get(`one/${name}`)?.offset ?? 0) + (name.startsWith('a') ? 5 : 0),
				waitedMs: 60_000,
			}));
			const running = [{ id: 'one/r1', userId: 'r', model: 'small', priority: 'interactive' as const, host: 'a', hasStarted: false }];
			await one.book.register(presenceOf([hostView('a', 1)], { waiting, running }));
			expect((await one.book.view()).oldestWaitMs).toBeGreaterThanOrEqual(60_000);
			expect(grantsOf(one)).toEqual(['r1']);
			expect(await serveAll(one)).toEqual(['r1', 'b1', 'b2', 'a1', 'a2']);
		});

		test('bring numbers and a state along for a book that has none', async () => {
			const more = { state: 'paused' as const, learned: new Map([['a', 3]]), meanHoldMs: new Map([['small', 700]]) };
			await one.book.register(presenceOf([hostView('a', 64, { isLearned: true })], more));
			const two = await world.open('two');
			await two.book.register(
				presenceOf([hostView('a', 64, { isLearned: true })], { learned: new Map([['a', 9]]), meanHoldMs: new Map([['small', 1]]) }),
			);
			expect(await two.book.beat()).toMatchObject({ processes: 2, learned: new Map([['a', 3]]), state: 'paused' });
			expect((await two.book.places()).meanHoldMs).toEqual(new Map([['small', 700]]));
			await two.book.register(presenceOf([], { state: 'open', isNewer: true }));
			expect((await one.book.beat()).state).toBe('open');
		});

		test('that go take everything with them', async () => {
			const two = await openTwo([hostView('a', 1)]);
			await enterAll(one, 'x1', 'x2');
			await enter(two, 'y1', 'y');
			await one.book.quit();
			await heardOf(two, { type: 'granted', id: 'two/y1', host: 'a' });
			expect((await two.book.beat()).processes).toBe(1);
		});

		test('see their own turns with every beat, so that a lost message does no harm', async () => {
			await one.book.register(presenceOf([hostView('a', 1)]));
			await enterAll(one, 'x1', 'y1');
			const { turns } = await one.book.beat();
			expect(Object.fromEntries(turns)).toEqual({
				'one/x1': { host: 'a', isRecalled: false },
				'one/y1': { host: null, isRecalled: false },
			});
		});
	});
}
