/** The books of a reply while the database comes and goes. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/database/database.ts';
import { createReplyRecord, type OwingRecord } from '#src/delivery/reply-record.ts';
import { BotError } from '#src/errors.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';

const away = new BotError('STORE_UNAVAILABLE', 'away', { retryable: true });
const place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '0500', kind: 'channel' } as const;

let clock: ManualClock;
let record: OwingRecord;
/** The message ids of the entries that the database took, in order; null for those without. */
let taken: unknown[];
let error: BotError | null;
let tries: number;
/** How long the database takes. */
let delay: () => Promise<void>;

beforeEach(() => {
	clock = createManualClock();
	taken = [];
	error = null;
	tries = 0;
	delay = async () => {};
	const query = async (_sql: string, parameters: readonly unknown[] = []) => {
		tries++;
		await delay();
		if (error !== null) throw error;
		taken.push(parameters[2]);
		return [];
	};
	record = createReplyRecord({ database: { query } as unknown as Database, clock }, 'reply', place);
});

describe('the books of a reply', () => {
	it('are written before the entry counts as made', async () => {
		await record.shown(0, 'm1');
		expect(taken).toEqual(['m1']);
	});

	it('hold the end of a stream, and none of a message that is edited', async () => {
		await record.intended(0, 'edit');
		await record.intended(1, 'stream');
		await record.final(0);
		expect(tries).toBe(2);
		await record.final(1);
		expect(tries).toBe(3);
	});

	it('are owed while the database is away, and made up for in order with the next entry', async () => {
		error = away;
		await record.shown(0, 'm1');
		error = null;
		await clock.advance(1_000);
		await record.shown(1, 'm2');
		expect(taken).toEqual(['m1', 'm2']);
	});

	it('are made up for soon, also when no other entry follows', async () => {
		error = away;
		await record.shown(0, 'm1');
		await clock.advance(1_500);
		error = null;
		await clock.advanceUntil(() => taken.length > 0, 5_000);
		expect(taken).toEqual(['m1']);
	});

	it('are written once each and in order, however many are made at once', async () => {
		const answers: (() => void)[] = [];
		delay = () => new Promise((resolve) => answers.push(resolve));
		const made = Promise.all(['m1', 'm2', 'm3'].map((messageId, position) => record.shown(position, messageId)));
		await clock.advanceUntil(() => {
			answers.shift()?.();
			return taken.length === 3;
		}, 5_000);
		await made;
		expect(taken).toEqual(['m1', 'm2', 'm3']);
	});

	it('do not make every entry wait for a database that was away just now', async () => {
		error = away;
		for (const messageId of ['m1', 'm2', 'm3']) await record.shown(0, messageId);
		expect(tries).toBe(1);
		error = null;
		await record.settle();
		expect(taken).toEqual(['m1', 'm2', 'm3']);
	});

	it('say that they are still owed', async () => {
		error = away;
		await record.shown(0, 'm1');
		await expect(record.settle()).rejects.toBe(away);
	});

	it('fail at once for what no waiting helps', async () => {
		error = new BotError('INTERNAL', 'a wrong statement');
		await expect(record.shown(0, 'm1')).rejects.toBe(error);
	});
});
