import { expect, it } from 'vitest';
import type { Core } from '#src/core.ts';
import type { Database } from '#src/database/database.ts';
import { BotError } from '#src/errors.ts';
import { createOpening } from '#src/opening.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const away = new BotError('STORE_UNAVAILABLE', 'nobody answers at host:5432', { retryable: true });
const core = {} as Core;

it('takes nothing until the core is there, and says meanwhile why it is not', async () => {
	const { opening, clock, told, fail } = open();
	fail('database', away);
	fail('database', away);
	const done = opening.open();
	expect(() => opening.opened()).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE', retryable: true }));
	await clock.advance(0);
	expect(opening.problem()).toBe('nobody answers at host:5432');
	await clock.advance(500);
	await clock.advance(1_000);
	await done;
	expect(opening.opened()).toBe(core);
	expect(told).toEqual(['away', 'away', 'opened', 'started', 'there']);
});

it('closes a database on which the core cannot be opened or started, and tries again', async () => {
	const { opening, clock, told, fail } = open();
	fail('core', away);
	fail('start', away);
	const done = opening.open();
	await clock.advance(0);
	await clock.advance(500);
	await clock.advance(1_000);
	await done;
	expect(told).toEqual(['opened', 'closed', 'away', 'opened', 'closed', 'away', 'opened', 'started', 'there']);
});

it('gives up at once what waiting does not mend', async () => {
	const { opening, fail } = open();
	fail('database', new BotError('CONFIG_INVALID', 'another process has the folder'));
	await expect(opening.open()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
	expect(opening.problem()).toBe('another process has the folder');
});

it('begins nothing any more once it is told to stop', async () => {
	const { opening, told, stop } = open();
	const done = opening.open();
	stop();
	await done;
	expect(told).toEqual(['opened', 'closed', 'there']);
	expect(opening.core()).toBeNull();
});

it('makes no further try once it is told to stop', async () => {
	const { opening, clock, told, fail, stop } = open();
	fail('database', away);
	const done = opening.open();
	await clock.advance(0);
	stop();
	await done;
	expect(told).toEqual(['away']);
});

type Step = 'database' | 'core' | 'start';

/** `fail` lets the next run of one step fail. */
function open() {
	const clock = createManualClock();
	const stopping = new AbortController();
	const failures: Record<Step, unknown[]> = { database: [], core: [], start: [] };
	const told: string[] = [];
	const run = async (step: Step) => {
		const failure = failures[step].shift();
		if (failure !== undefined) throw failure;
	};
	const opening = createOpening({
		async openDatabase() {
			await run('database');
			told.push('opened');
			return { close: async () => void told.push('closed') } as Database;
		},
		async openCore() {
			await run('core');
			return core;
		},
		async start() {
			await run('start');
			told.push('started');
		},
		storeOutage: { failed: () => told.push('away'), worked: () => told.push('there') },
		clock,
		signal: stopping.signal,
	});
	return { opening, clock, told, fail: (step: Step, failure: unknown) => failures[step].push(failure), stop: () => stopping.abort() };
}
