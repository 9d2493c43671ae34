import { expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { channelIdOf } from '#src/identity/place-id.ts';
import type { Place } from '#src/platform/place.ts';
import { createRuleBook } from '#src/rules/rule-book.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const place: Place = { platform: 'slack', tenantId: 'T', channelId: 'C', threadId: '', kind: 'channel' };

/** Books of two processes over one table, that counts how often it is read. */
function open() {
	const table = { mode: 'mention', reads: 0, isAway: false };
	const [signals, clock] = [createMemoryCache(), createManualClock()];
	const database = {
		queryAsRegistrar: async () => {
			table.reads++;
			const rows = [{ place: channelIdOf(place), rules: { mode: table.mode } }];
			await Promise.resolve();
			if (table.isAway) throw new Error('away');
			return rows as never;
		},
	};
	const book = () => createRuleBook({ database, signals, clock });
	return { table, clock, one: book(), other: book() };
}

it('is read once for all who ask together, and again when it is old', async () => {
	const { table, clock, one } = open();
	await Promise.all([one.of(place), one.of(place), one.isMuted(place)]);
	expect(table.reads).toBe(1);
	table.mode = 'off';
	await clock.advance(9_000);
	expect((await one.of(place)).mode).toBe('mention');
	await clock.advance(2_000);
	expect((await one.of(place)).mode).toBe('off');
	expect(table.reads).toBe(2);
});

it('hears of a change in another process, and what was being read meanwhile does not stay', async () => {
	const { table, one, other } = open();
	await other.listen();
	const before = other.of(place);
	table.mode = 'all';
	await one.forget();
	expect((await before).mode).toBe('mention');
	expect((await other.of(place)).mode).toBe('all');
});

it('is asked for anew after an outage', async () => {
	const { table, one } = open();
	table.isAway = true;
	await expect(one.of(place)).rejects.toThrow('away');
	table.isAway = false;
	expect((await one.of(place)).mode).toBe('mention');
});
