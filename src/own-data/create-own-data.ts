/** What belongs to each person, and what they can do with it, put together. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { createOwnConversations } from '../history/own-conversations.ts';
import { createPrivateNotices } from '../history/private-notices.ts';
import { createSaidPages } from '../history/said-pages.ts';
import { createOwnPlaces, type OwnPlacesDependencies } from '../identity/own-places.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import { type ConfirmationDependencies, createConfirmations } from './confirmations.ts';
import { type ConversationRemovalDependencies, type ConversationRemovals, createConversationRemovals } from './conversation-removal.ts';
import { createErasePersonJob, type ErasePersonDependencies } from './erase-person-job.ts';
import { createExportPersonJob } from './export-person-job.ts';
import { createOwnHistory, type OwnHistory } from './own-history.ts';
import { createOwnRequests, type OwnRequests } from './own-requests.ts';
import { createOwnStatements } from './own-statements.ts';
import { createRetentionJob } from './retention-job.ts';

export interface OwnDataDependencies
	extends OwnPlacesDependencies,
		Omit<ConversationRemovalDependencies, 'notices' | 'conversations'>,
		Omit<ErasePersonDependencies, 'statements' | 'removals'>,
		Pick<ConfirmationDependencies, 'pacers'> {
	database: Database;
	logger: Pick<Logger, 'info' | 'warn'>;
	jobs: Pick<Jobs, 'enqueue'>;
	clock: Pick<Clock, 'now'>;
}

export interface OwnDataRoom {
	history: OwnHistory;
	removals: ConversationRemovals;
	requests: OwnRequests;
	jobDefinitions: readonly JobDefinition[];
}

export function createOwnData(deps: OwnDataDependencies): OwnDataRoom {
	const { database, publisher } = deps;
	const conversations = createOwnConversations(database);
	const removals = createConversationRemovals({ ...deps, conversations, notices: createPrivateNotices(database) });
	const places = createOwnPlaces(deps);
	const statements = createOwnStatements(database);
	const confirmations = createConfirmations(deps);
	const exportPerson = createExportPersonJob({ ...deps, statements, confirmations });
	const erasePerson = createErasePersonJob({ ...deps, statements, removals });
	return {
		removals,
		history: createOwnHistory({ conversations, said: createSaidPages(database), places, removals, publisher }),
		requests: createOwnRequests({ ...deps, confirmations, exportPerson, erasePerson, statements }),
		jobDefinitions: [exportPerson, erasePerson, createRetentionJob(deps)],
	};
}
