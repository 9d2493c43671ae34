/** What people want of all that is held of them: to have it, and to have it erased. */

import type { Database } from '../database/database.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { languageIn } from '../locales/locales.ts';
import type { AskedThere } from './asked-there.ts';
import type { Asked, Confirmations, Unconfirmed } from './confirmations.ts';

/** All @throws BotError as `Jobs.enqueue`. */
export interface OwnRequests {
	/** It comes as a file into the place. */
	beginExport(asked: Asked): Promise<void>;
	/** Shows a button that has to be pressed first. @throws BotError as `Confirmations.ask`. */
	askToErase(asked: Asked): Promise<void>;
	/** What that button does. @param id whatever it says. */
	erase(asked: Asked, id: string): Promise<'confirmed' | Unconfirmed>;
}

export interface OwnRequestsDependencies {
	database: Database;
	jobs: Pick<Jobs, 'enqueue'>;
	confirmations: Confirmations;
	exportPerson: JobDefinition<AskedThere>;
	erasePerson: JobDefinition<AskedThere>;
}

export function createOwnRequests({ database, jobs, confirmations, exportPerson, erasePerson }: OwnRequestsDependencies): OwnRequests {
	return {
		beginExport: async (asked) => void (await jobs.enqueue(database, exportPerson, dataOf(asked))),
		askToErase: confirmations.ask,
		erase: async (asked, id) =>
			await confirmations.confirm(asked.person, id, (transaction) => jobs.enqueue(transaction, erasePerson, dataOf(asked))),
	};
}

function dataOf({ person, account, place, words }: Asked): AskedThere {
	return { userId: person.userId, place, account, language: languageIn(words) };
}
