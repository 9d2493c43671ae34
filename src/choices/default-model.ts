/** Which model answers where nobody chose another one: what administrators chose, else what the settings say. Every process follows a choice at once. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { DefaultModel } from '../database/entities/default-model.ts';
import { assigned } from '../database/entity-columns.ts';
import type { Principal } from '../database/transaction.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { Signals } from '../redis/signals.ts';

/** All @throws BotError as `Database.asUser`. */
export interface ModelDefault {
	/** What administrators chose, as the settings named it then; null where the settings hold. */
	chosen(): Promise<string | null>;
	/** @param model As the settings name it; null goes back to what they say. */
	choose(administrator: Principal, model: string | null): Promise<void>;
	/** What was read is old: it is read again. */
	follow(): Promise<void>;
	/** Reads it for the first time, and begins to listen to the other processes. */
	open(): Promise<void>;
}

export interface DefaultModelDependencies {
	database: Pick<Database, 'queryAs' | 'queryAsRegistrar'>;
	models: Pick<LanguageModels, 'useModel'>;
	signals: Signals;
	clock: Clock;
}

const signal = 'default-model';

/** Where no process can tell another one, what it knows is this old at most. */
const freshMs = 10_000;

const keep = `
	insert into default_models (model, chosen_by) values ($1, $2)
		on conflict (is_only_row) do update set ${assigned(DefaultModel, { model: 'excluded.model', chosenBy: 'excluded.chosen_by', chosenAt: 'now()' })}`;

export function createDefaultModel({ database, models, signals, clock }: DefaultModelDependencies): ModelDefault {
	let readAtMs = Number.NEGATIVE_INFINITY;
	let reads = 0;

	async function read(): Promise<string | null> {
		const begunAtMs = clock.now();
		const number = ++reads;
		const [row] = await database.queryAsRegistrar<{ model: string }>('select model from default_models', []);
		const model = row?.model ?? null;
		// What was read before a change may come after it.
		if (number !== reads) return model;
		models.useModel(model);
		readAtMs = begunAtMs;
		return model;
	}

	return {
		chosen: read,
		async choose({ userId, role }, model) {
			const administrator = { userId, role };
			if (model === null) await database.queryAs(administrator, 'delete from default_models', []);
			else await database.queryAs(administrator, keep, [model, userId]);
			await read();
			await signals.publish(signal, '').catch(() => {});
		},
		async follow() {
			if (clock.now() - readAtMs >= freshMs) await read();
		},
		async open() {
			await read();
			await signals.subscribe(signal, () => {
				readAtMs = Number.NEGATIVE_INFINITY;
				// Whoever asks next reads it in any case.
				void read().catch(() => {});
			});
		},
	};
}
