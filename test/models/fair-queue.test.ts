/** Turns in the queue. */

import { describe, expect, it } from 'vitest';
import { createFairQueue, type QueueEntry } from '#src/models/fair-queue.ts';

interface Named extends QueueEntry {
	name: string;
}

const entry = (name: string, priority: QueueEntry['priority'] = 'interactive'): Named => ({ name, userId: name.slice(0, 1), priority });

function queueOf(...entries: Named[]) {
	const queue = createFairQueue<Named>();
	for (const one of entries) queue.add(one);
	return { queue, names: () => queue.order().map((one) => one.name) };
}

describe('the fair queue', () => {
	it('serves users in turn, not messages', () => {
		const { names } = queueOf(entry('a1'), entry('a2'), entry('a3'), entry('b1'), entry('c1'), entry('c2'));
		expect(names()).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
	});

	it('serves background only when no person waits', () => {
		const { names } = queueOf(entry('a1', 'background'), entry('b1'), entry('a2'));
		expect(names()).toEqual(['b1', 'a2', 'a1']);
	});

	it('serves in the order that it announced', () => {
		const { queue, names } = queueOf(entry('a1'), entry('a2'), entry('b1'), entry('b2'), entry('c1', 'background'));
		const announced = names();
		const served: string[] = [];
		for (let next = queue.order()[0]; next; next = queue.order()[0]) {
			queue.take(next);
			served.push(next.name);
		}
		expect(served).toEqual(announced);
		expect(queue.size()).toBe(0);
	});

	it('lets a newcomer in before the second request of others', () => {
		const { queue, names } = queueOf(entry('a1'), entry('a2'), entry('a3'));
		queue.add(entry('b1'));
		expect(names().indexOf('b1')).toBe(1);
	});

	it('puts one that lost its turn before everybody', () => {
		const { queue, names } = queueOf(entry('a1'), entry('b1'), entry('c1'));
		queue.add(entry('c0'), true);
		expect(names()).toEqual(['c0', 'a1', 'b1', 'c1']);
	});

	it('forgets one that left, and leaving twice changes nothing', () => {
		const leaving = entry('a1');
		const { queue, names } = queueOf(leaving, entry('b1'));
		queue.remove(leaving);
		queue.remove(leaving);
		expect([names(), queue.size()]).toEqual([['b1'], 1]);
	});
});
