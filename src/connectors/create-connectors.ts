/** Connectors put together: their files, what is decided about them, their databases, and what is written down of questions to them. */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { shownRole } from '../database/roles.ts';
import { BotError } from '../errors.ts';
import { createTellAdministrators, type TellingDependencies } from '../identity/tell-administrators.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Logger } from '../log.ts';
import { createAnswering } from './answering.ts';
import { createApprovals } from './approvals.ts';
import { identityOf } from './catalogue/catalogue-file.ts';
import { createCatalogueFolder } from './catalogue/catalogue-folder.ts';
import { usablePart } from './catalogue/usable.ts';
import { createCheckJob } from './check-job.ts';
import { type ConnectorOperations, createConnectorOperations } from './connector-operations.ts';
import type { ConnectorQueryEntry, Connectors, UsableConnector } from './connectors.ts';
import { openEngine } from './engines/open-engine.ts';
import type { PrintedQuery } from './guard/guard.ts';
import { createQueryLog, type QueryLog } from './query-log.ts';

export interface ConnectorsDependencies extends Omit<TellingDependencies, 'database' | 'logger'> {
	/** A path; null where there are no connectors. */
	folder: string | null;
	/** Where their secrets are looked for. */
	environment: NodeJS.ProcessEnv;
	/** A question was written down. */
	onRecorded?: (entry: ConnectorQueryEntry) => void;
	database: Database;
	clock: Clock;
	logger: Logger;
}

export interface ConnectorsRoom {
	connectors: Connectors;
	operations: ConnectorOperations;
	log: QueryLog;
	jobDefinitions: readonly JobDefinition[];
}

export function createConnectors(deps: ConnectorsDependencies): ConnectorsRoom {
	const { environment, database, clock, logger } = deps;
	const folder = deps.folder === null ? null : createCatalogueFolder(deps.folder);
	const approvals = createApprovals(database);
	const answering = createAnswering({
		open: ({ catalogue, role }) => openEngine(catalogue, { folder: deps.folder ?? '', environment, role }),
		clock,
	});
	const log = createQueryLog(database);
	const tell = createTellAdministrators(deps);

	/** Approved, and unchanged since. */
	async function refuseOthers({ name, revision, bounds }: UsableConnector, { relations }: PrintedQuery): Promise<void> {
		const approval = (await approvals.all()).get(name);
		const isAsPrinted = relations.every((relation) => bounds.relations.some((usable) => usable.name === relation));
		const isUsable = approval?.revision === revision && !relations.some((relation) => approval.switchedOff.includes(relation));
		if (!isAsPrinted || !isUsable) throw new BotError('FORBIDDEN', 'a connector is not used any more', { reason: 'not approved' });
	}

	const connectors: Connectors = {
		async usableBy(asker, readers = []) {
			if (folder === null) return [];
			const approved = await approvals.all();
			if (approved.size === 0) return [];
			const roles = [asker, ...readers].map(shownRole);
			const now = new Date(clock.now());
			const usable: UsableConnector[] = [];
			for (const { catalogue, revision, questions } of (await folder.read()).found) {
				const name = catalogue.connector;
				const approval = approved.get(name);
				if (approval?.revision !== revision) continue;
				const part = usablePart(catalogue, { roles, switchedOff: approval.switchedOff, reads: questions.reads, now });
				const hasPersonalRows = identityOf(catalogue) !== null;
				if (part !== null) usable.push({ name, catalogue, revision, role: shownRole(asker), ...part, hasPersonalRows });
			}
			return usable;
		},
		async ask(connector, query, asking) {
			if (connector.hasPersonalRows && asking.identity === null) {
				throw new BotError('FORBIDDEN', 'rows depend on who asks, and nobody is known', { reason: 'no identity' });
			}
			await refuseOthers(connector, query);
			return await answering.ask(connector, query, asking);
		},
		async record(asker, entry) {
			const id = await log.record(asker, entry);
			deps.onRecorded?.(entry);
			return id;
		},
	};
	return {
		connectors,
		operations: createConnectorOperations(folder, environment),
		log,
		jobDefinitions: folder === null ? [] : [createCheckJob({ folder, approvals, environment, tell, logger })],
	};
}
