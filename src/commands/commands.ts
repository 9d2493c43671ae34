/** Every command that there is, made of what it needs. */

import type { Administration } from '../administration/administration.ts';
import type { AuditReading } from '../administration/audit-reading.ts';
import type { CacheState } from '../cache/cache.ts';
import type { RunningTurns } from '../conversation/running-turns.ts';
import type { ConversationStore } from '../history/store.ts';
import type { Links } from '../identity/links.ts';
import type { Limits } from '../limits/limits.ts';
import type { ModelPool } from '../models/model-pool.ts';
import { createAdminCommand } from './admin.ts';
import { createAuditCommand } from './audit.ts';
import { createHelpCommand } from './help.ts';
import { createLinkCommand } from './link.ts';
import { createNewCommand } from './new.ts';
import { createQueueCommand } from './queue.ts';
import { createQuotaCommand } from './quota.ts';
import { type CommandRegistry, createCommandRegistry } from './registry.ts';
import { createStatusCommand } from './status.ts';
import { createStopCommand } from './stop.ts';
import { createUnlinkCommand } from './unlink.ts';

export interface CommandDependencies {
	store: ConversationStore;
	running: RunningTurns;
	models: ModelPool;
	cache: CacheState;
	limits: Limits;
	links: Links;
	administration: Administration;
	reading: AuditReading;
	/** The longest question that the model can read, in characters. */
	readableCharacters: number;
}

export function createCommands(deps: CommandDependencies): CommandRegistry {
	const registry: CommandRegistry = createCommandRegistry([
		createHelpCommand(() => registry.commands),
		createNewCommand(deps),
		createStopCommand(deps),
		createStatusCommand(deps),
		createQuotaCommand(deps),
		createLinkCommand(deps.links),
		createUnlinkCommand(deps.links),
		createQueueCommand(deps),
		createAdminCommand(deps),
		createAuditCommand(deps),
	]);
	return registry;
}
