/** What people want of all that is held of them: to have it, and to have it erased. */

import type { Database } from '../database/database.ts';
import type { Person } from '../identity/person.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { languageIn, type Words } from '../locales/locales.ts';
import type { OutgoingFile } from '../platform/chat-platform.ts';
import type { AskedThere } from './asked-there.ts';
import type { AskedToConfirm, Confirmations, Unconfirmed } from './confirmations.ts';
import { exportFiles } from './export-files.ts';
import type { OwnStatements } from './own-statements.ts';

/** All @throws BotError as `Jobs.enqueue`. */
export interface OwnRequests {
	/** It comes as a file into the place, or as the question where it belongs. */
	beginExport(asked: AskedToConfirm): Promise<void>;
	/** Shows a button that has to be pressed first. @throws BotError as `Confirmations.ask`. */
	askToErase(asked: AskedToConfirm): Promise<void>;
	/** What that button does. @param id whatever it says. */
	erase(asked: AskedToConfirm, id: string): Promise<'confirmed' | Unconfirmed>;
	/** What was offered, as it is now, once; null where nothing of the kind was offered. @param id whatever the answer to the offer says. */
	takeExport(person: Person, id: string, words: Words): Promise<OutgoingFile | Unconfirmed | null>;
}

export interface OwnRequestsDependencies {
	database: Database;
	jobs: Pick<Jobs, 'enqueue'>;
	confirmations: Confirmations;
	exportPerson: JobDefinition<AskedThere>;
	erasePerson: JobDefinition<AskedThere>;
	statements: Pick<OwnStatements, 'read'>;
	clock: { now(): number };
}

export function createOwnRequests(deps: OwnRequestsDependencies): OwnRequests {
	const { database, jobs, confirmations, exportPerson, erasePerson, statements, clock } = deps;
	return {
		async takeExport(person, id, words) {
			if (!(await confirmations.isAbout(id, 'export-person'))) return null;
			const result = await confirmations.confirm(person, id, 'export-person', async () => {});
			if (result !== 'confirmed') return result;
			const held = await statements.read(person.userId);
			const [file] = exportFiles(held, { words: words.myData, day: new Date(clock.now()), mostBytes: Number.POSITIVE_INFINITY });
			return file ?? 'unknown';
		},
		beginExport: async (asked) => void (await jobs.enqueue(database, exportPerson, dataOf(asked))),
		askToErase: confirmations.ask,
		erase: async (asked, id) =>
			await confirmations.confirm(asked.person, id, 'erase-person', (transaction) => jobs.enqueue(transaction, erasePerson, dataOf(asked))),
	};
}

function dataOf({ person, account, place, words }: AskedToConfirm): AskedThere {
	return { userId: person.userId, place, account, language: languageIn(words) };
}
