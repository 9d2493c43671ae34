/** Opens the core with its database, as often as it takes: until then nothing can be kept, so nothing is acknowledged. */

import type { Core } from './core.ts';
import type { Database } from './database/database.ts';
import { BotError, toBotError } from './errors.ts';
import type { OutageLog } from './observability/observers.ts';
import { type Repetition, repeatUntilDone } from './waiting.ts';

export interface OpeningDependencies extends Pick<Repetition, 'clock' | 'signal'> {
	openDatabase: () => Promise<Database>;
	/** Has the database until it is told to close it. */
	openCore: (database: Database) => Promise<Core>;
	start: (core: Core) => Promise<void>;
	storeOutage: OutageLog;
}

export interface CoreOpening {
	/** Null until it is open. */
	core(): Core | null;
	/** @throws BotError `STORE_UNAVAILABLE` until it is open. */
	opened(): Core;
	/** Why the database could not be opened so far. */
	problem(): string | null;
	/** Resolves when it is open and started, or the signal has fired. @throws BotError when the database can never be opened. */
	open(): Promise<void>;
}

const pauses = { firstMs: 500, mostMs: 10_000 };

export function createOpening({ openDatabase, openCore, start, storeOutage, clock, signal }: OpeningDependencies): CoreOpening {
	let core: Core | null = null;
	let problem: string | null = null;

	/** False when the database is away, and to be tried again. */
	async function openOnce(): Promise<boolean> {
		try {
			const database = await openDatabase();
			// Told to stop meanwhile: nothing is begun any more.
			if (signal.aborted) await database.close();
			else
				await begin(database).catch(async (thrown) => {
					await database.close();
					throw thrown;
				});
			storeOutage.worked();
			return true;
		} catch (thrown) {
			const error = toBotError(thrown);
			problem = error.message;
			if (!error.retryable) throw error;
			storeOutage.failed(error);
			return false;
		}
	}

	async function begin(database: Database): Promise<void> {
		core = await openCore(database);
		await start(core);
	}

	return {
		core: () => core,
		opened() {
			if (core === null) throw new BotError('STORE_UNAVAILABLE', 'the database is not open yet', { retryable: true });
			return core;
		},
		problem: () => problem,
		open: async () => void (await repeatUntilDone(openOnce, { ...pauses, clock, signal })),
	};
}
