/** What people and administrators give orders to, put together: the commands, and what they order. */

import { platformNames } from './adapters.ts';
import { type AdministrationDependencies, createAdministration } from './administration/administration.ts';
import { createAuditReading } from './administration/audit-reading.ts';
import { createCaseReading } from './administration/case-reading.ts';
import { type ChannelOrderDependencies, createChannelOrders } from './administration/channel-orders.ts';
import { type ConnectorOrderDependencies, createConnectorOrders } from './administration/connector-orders.ts';
import { createDocumentOrders } from './administration/document-orders.ts';
import type { ModelOrders } from './administration/model-orders.ts';
import { type Commands, createCommands } from './commands/commands.ts';
import type { CommandServices } from './commands/services.ts';
import { createRecapReading, type RecapDependencies } from './conversation/recap.ts';
import type { Database } from './database/database.ts';
import { createLastAnswers } from './history/last-answer.ts';
import { createSaidThere } from './history/said-there.ts';
import type { ConversationStore } from './history/store.ts';
import { accountReference } from './identity/account.ts';
import { createOwnLanguages } from './identity/own-language.ts';
import { createDroppedMessages } from './inbox/dropped.ts';
import type { ShelfChanges } from './knowledge/shelf/shelf-changes.ts';
import type { RuleBook } from './rules/rule-book.ts';

/** Made of the rest. */
type OwnServices =
	| 'languages'
	| 'reading'
	| 'lastAnswers'
	| 'recaps'
	| 'dropped'
	| 'channelOrders'
	| 'documentOrders'
	| 'connectorOrders'
	| 'administration';

export interface CommandingDependencies
	extends Omit<CommandServices, OwnServices>,
		Pick<
			AdministrationDependencies,
			| 'jobs'
			| 'deadLetters'
			| 'ingestion'
			| 'vectors'
			| 'digests'
			| 'accounts'
			| 'evaluations'
			| 'records'
			| 'broadcasts'
			| 'health'
			| 'onLostAccess'
		>,
		Pick<ChannelOrderDependencies, 'backfills'>,
		Omit<RecapDependencies, 'said'> {
	database: Database;
	store: ConversationStore;
	shelfChanges: ShelfChanges;
	rules: RuleBook;
	modelOrders: ModelOrders;
	connectorOperations: ConnectorOrderDependencies['operations'];
	/** From the settings: the accounts of administrators, and whether administrators may read what others said. */
	admins: readonly string[];
	audit: boolean;
}

export function createCommanding(deps: CommandingDependencies): Commands {
	const { database, admins, audit } = deps;
	const administration = createAdministration({
		...deps,
		models: deps.modelOrders,
		cases: createCaseReading({ database, isOn: audit }),
		platforms: platformNames,
		isListed: (account) => admins.includes(accountReference(account)),
	});
	return createCommands({
		...deps,
		administration,
		languages: createOwnLanguages(database),
		reading: createAuditReading({ database, isOn: audit }),
		...{ lastAnswers: createLastAnswers(database), dropped: createDroppedMessages(database) },
		recaps: createRecapReading({ ...deps, said: createSaidThere(database) }),
		channelOrders: createChannelOrders(deps),
		documentOrders: createDocumentOrders({ database, changes: deps.shelfChanges }),
		connectorOrders: createConnectorOrders({ database, operations: deps.connectorOperations, mayAudit: audit }),
	});
}
