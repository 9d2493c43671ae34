/** The inbox on both databases: once accepted, handled once, in order, and never lost. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDroppedMessages } from '#src/inbox/dropped.ts';
import { createInbox, type Inbox } from '#src/inbox/inbox.ts';
import { conversationKey } from '#src/platform/place.ts';
import type { FileShared } from '#src/platform/place-event.ts';
import { type TestDatabase, testDatabases } from '#test/fakes/database.ts';
import { messageEvent } from './message-event.ts';

const leaseMs = 15_000;

describe.each(testDatabases())('the inbox on $name', ({ open }) => {
	let store: TestDatabase;
	let time: number;
	let inbox: Inbox;
	let otherProcess: Inbox;

	beforeAll(async () => {
		store = await open();
	});
	afterAll(() => store.close());

	beforeEach(async () => {
		await store.database.query('delete from inbox');
		time = Date.parse('2030-01-01T00:00:00Z');
		const clock = { now: () => time };
		inbox = createInbox({ database: store.database, processId: 'one', leaseMs, clock });
		otherProcess = createInbox({ database: store.database, processId: 'other', leaseMs, clock });
	});

	const keysOf = (events: { key: string }[]) => events.map((event) => event.key);

	test('an event is accepted once and gives back what was put in', async () => {
		const event = messageEvent('a');
		expect(await inbox.accept(event, 'c1')).toBe('new');
		expect(await otherProcess.accept(event, 'c1')).toBe('duplicate');
		expect(await inbox.claim(10)).toEqual([{ key: 'a', sequence: expect.any(Number), event, attempts: 1, conversationKey: 'c1' }]);
	});

	test('an event that was handled is still a duplicate', async () => {
		await inbox.accept(messageEvent('a'), 'c1');
		await inbox.claim(1);
		await inbox.finish('a', 'answered');
		expect(await inbox.accept(messageEvent('a'), 'c1')).toBe('duplicate');
		expect(await inbox.claim(1)).toEqual([]);
	});

	test('what waits in a conversation that is removed is not handled, nor are its files; what is said and shared elsewhere is', async () => {
		const { place, ...message } = messageEvent('asked');
		const elsewhere = { ...place, threadId: '2.0' };
		const file: FileShared = {
			...{ ...message, type: 'file-shared', key: 'file', place, sharedBy: message.author },
			file: { id: 'F1', name: 'a.pdf', mediaType: 'application/pdf', sizeBytes: 1, source: 'F1' },
		};
		await inbox.accept({ ...message, place, key: 'handled', messageId: 'handled' }, conversationKey(place));
		await inbox.claim(1);
		await inbox.accept({ ...message, place }, conversationKey(place));
		await inbox.accept({ ...message, place: elsewhere, key: 'asked elsewhere' }, conversationKey(elsewhere));
		await inbox.accept(file, 'happenings');
		await inbox.accept({ ...file, place: elsewhere, key: 'file elsewhere' }, 'happenings');
		expect(await inbox.forgetWaiting(place)).toEqual(['handled']);
		await inbox.finish('handled', 'answered');
		expect(keysOf(await inbox.claim(10)).sort()).toEqual(['asked elsewhere', 'file elsewhere']);
	});

	test('why a message got no answer is known to its author, in its thread and in the whole channel', async () => {
		const place = { platform: 'slack', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' } as const;
		const account = '00000000-0000-8000-8000-000000000001';
		const dropped = createDroppedMessages(store.database);
		await inbox.accept(messageEvent('a'), conversationKey(place));
		await inbox.claim(1);
		await inbox.finish('a', 'refused', { account, reason: 'guest' });
		expect(await dropped.last(account, place)).toEqual({ reason: 'guest', at: expect.any(Date) });
		expect(await dropped.last(account, { ...place, threadId: '' })).toMatchObject({ reason: 'guest' });
		expect(await dropped.last(account, { ...place, threadId: '2' })).toBeNull();
		expect(await dropped.last(account.replace('1', '2'), place)).toBeNull();
	});

	test('text that Postgres cannot store does not keep an event out', async () => {
		await inbox.accept({ ...messageEvent('a'), text: 'nul \0 and half a pair \ud83d end' }, 'c1');
		const [claimed] = await inbox.claim(1);
		expect(claimed?.event).toMatchObject({ text: 'nul \uFFFD and half a pair \uFFFD end' });
	});

	test('events of one conversation come one after the other, those of others beside them', async () => {
		for (const [key, conversation] of [
			['a1', 'a'],
			['b1', 'b'],
			['a2', 'a'],
			['free', null],
			['a3', 'a'],
		] as const) {
			await inbox.accept(messageEvent(key), conversation);
		}
		expect(keysOf(await inbox.claim(10))).toEqual(['a1', 'b1', 'free']);
		expect(await otherProcess.claim(10)).toEqual([]);
		await inbox.finish('a1', 'answered');
		expect(keysOf(await otherProcess.claim(10))).toEqual(['a2']);
		await otherProcess.fail('a2', 'gave up');
		expect(keysOf(await inbox.claim(10))).toEqual(['a3']);
	});

	test('an event of a conversation waits for a later one that is being handled already', async () => {
		await inbox.accept(messageEvent('late'), 'a');
		await inbox.accept(messageEvent('early'), 'a');
		await inbox.claim(1);
		// As if the first insert had been committed only after the second event was claimed.
		await store.database.query("update inbox set status = 'accepted' where key = 'late'");
		await store.database.query("update inbox set status = 'processing', lease_owner = 'one', lease_until = $1 where key = 'early'", [
			new Date(time + leaseMs),
		]);
		expect(await otherProcess.claim(10)).toEqual([]);
		await inbox.finish('early', 'answered');
		expect(keysOf(await otherProcess.claim(10))).toEqual(['late']);
	});

	test('a limit takes the oldest events', async () => {
		for (const key of ['a', 'b', 'c']) await inbox.accept(messageEvent(key), key);
		expect(keysOf(await inbox.claim(2))).toEqual(['a', 'b']);
		expect(keysOf(await inbox.claim(2))).toEqual(['c']);
	});

	test('an event whose lease ran out goes to another process, and the first can no longer end it', async () => {
		await inbox.accept(messageEvent('a'), 'c1');
		await inbox.accept(messageEvent('b'), 'c1');
		await inbox.claim(1);
		time += leaseMs - 1;
		expect(await otherProcess.claim(10)).toEqual([]);
		time += 1;
		expect(await otherProcess.claim(10)).toMatchObject([{ key: 'a', attempts: 2 }]);
		expect(await inbox.renew(['a'])).toEqual([]);
		expect(await inbox.finish('a', 'answered')).toBe(false);
		expect(await inbox.fail('a', 'failed')).toBe(false);
		expect(await inbox.release('a')).toBe(false);
		expect(await otherProcess.finish('a', 'answered')).toBe(true);
	});

	test('a renewed lease keeps the event', async () => {
		for (const key of ['a', 'b']) await inbox.accept(messageEvent(key), key);
		await inbox.claim(2);
		time += leaseMs - 1;
		expect((await inbox.renew(['a', 'b', 'unknown'])).sort()).toEqual(['a', 'b']);
		time += leaseMs - 1;
		expect(await otherProcess.claim(10)).toEqual([]);
	});

	test('a released event is free at once, and its attempt does not count', async () => {
		await inbox.accept(messageEvent('a'), 'c1');
		await inbox.claim(1);
		expect(await inbox.release('a')).toBe(true);
		expect(await otherProcess.claim(1)).toMatchObject([{ key: 'a', attempts: 1 }]);
	});

	test('finishing and failing delete what was said', async () => {
		for (const key of ['a', 'b']) await inbox.accept(messageEvent(key), key);
		await inbox.claim(2);
		await inbox.finish('a', 'answered');
		await inbox.fail('b', 'too many attempts');
		expect(await store.database.query('select key, status, outcome, payload from inbox order by key')).toEqual([
			{ key: 'a', status: 'done', outcome: 'answered', payload: null },
			{ key: 'b', status: 'failed', outcome: 'too many attempts', payload: null },
		]);
	});

	test('voiding leases frees the events of other processes only', async () => {
		for (const key of ['a', 'b']) await inbox.accept(messageEvent(key), key);
		await inbox.claim(1);
		await otherProcess.claim(1);
		expect(await otherProcess.voidLeases()).toBe(1);
		expect(keysOf(await otherProcess.claim(10))).toEqual(['a']);
	});

	test('the depth counts what is not finished, and how long the first has waited', async () => {
		expect(await inbox.depth()).toEqual({ accepted: 0, processing: 0, oldestSeconds: 0 });
		for (const key of ['a', 'b', 'c', 'd']) await inbox.accept(messageEvent(key), key);
		await inbox.claim(2);
		await inbox.finish('a', 'answered');
		await store.database.query('update inbox set accepted_at = $1', [new Date(time - 60_000)]);
		expect(await inbox.depth()).toEqual({ accepted: 2, processing: 1, oldestSeconds: 60 });
	});

	test('pruning forgets what was finished long enough ago', async () => {
		for (const key of ['old', 'young', 'open']) await inbox.accept(messageEvent(key), key);
		await inbox.claim(2);
		await inbox.finish('old', 'answered');
		time += 1_000;
		await inbox.finish('young', 'answered');
		time += 500;
		expect(await inbox.prune(1_000)).toBe(1);
		expect(await inbox.accept(messageEvent('young'), null)).toBe('duplicate');
		expect(await inbox.accept(messageEvent('old'), null)).toBe('new');
	});
});
