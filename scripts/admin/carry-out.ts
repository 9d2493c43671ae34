/** Gives one command to the database that the settings name, and tells the program that runs on it. */

import { platformNames } from '#src/adapters.ts';
import { type CommandAnswer, createAdministration } from '#src/administration/administration.ts';
import type { Cache } from '#src/cache/cache.ts';
import { openCache } from '#src/cache/open-cache.ts';
import { systemClock } from '#src/clock.ts';
import { createRunningTurns } from '#src/conversation/running-turns.ts';
import { type Database, openDatabase } from '#src/database/database.ts';
import { accountReference } from '#src/identity/account.ts';
import { createWebAccounts } from '#src/identity/web-accounts.ts';
import { openJobs } from '#src/jobs/open-jobs.ts';
import { createJobRegistry } from '#src/jobs/registry.ts';
import type { Words } from '#src/locales/locales.ts';
import { silentLogger } from '#src/log.ts';
import { type AccountOrders, createAccountOrders } from '#src/sessions/passwords/account-orders.ts';
import { createLocalAccounts } from '#src/sessions/passwords/local-accounts.ts';
import { webTenantsOf } from '#src/sessions/web-tenants.ts';
import type { Settings } from '#src/settings/settings.ts';

/** Redis on the same network answers within milliseconds; where it does not, an answer that is being written goes on to its end. */
const redisWaitMs = 3_000;
const pollMs = 25;

/** @throws BotError `STORE_UNAVAILABLE`, or `CONFIG_INVALID` when the database cannot be opened or another process has it. */
export async function carryOut(typed: string, settings: Settings, words: Words): Promise<CommandAnswer> {
	const { audit } = settings.administration;
	const database = await openDatabase({ ...settings.database, audit, logger: silentLogger });
	// Whoever has the embedded database to themselves has nobody to tell.
	const cache = openCache({ url: settings.database.url === null ? null : settings.redis.url, logger: silentLogger });
	try {
		return await give(typed, { settings, words, database, cache });
	} finally {
		await cache.close();
		await database.close();
	}
}

interface Machine {
	settings: Settings;
	words: Words;
	database: Database;
	cache: Cache;
}

async function give(typed: string, { settings, words, database, cache }: Machine): Promise<CommandAnswer> {
	const { admins } = settings.administration;
	const running = createRunningTurns(cache, 'console');
	const openedJobs = await openJobs(database);
	const administration = createAdministration({
		database,
		jobs: openedJobs.jobs,
		// What makes a summary, say, is part of the running program alone: such a job is tried again from the chat.
		deadLetters: openedJobs.deadLetters(createJobRegistry(openedJobs.ownJobs)),
		ingestion: null,
		vectors: null,
		cases: null,
		digests: null,
		accounts: accountsOf(settings, database),
		evaluations: null,
		models: null,
		records: null,
		broadcasts: null,
		health: null,
		platforms: platformNames,
		isListed: (account) => admins.includes(accountReference(account)),
		async onLostAccess(userId) {
			await connected(cache);
			await running.stop({ userId });
		},
	});
	return await administration.run(typed, { actor: { kind: 'console' }, words }).finally(() => openedJobs.close());
}

/** Null where nobody signs in with a password. */
function accountsOf({ web, signIn: { company, hasPasswords } }: Settings, database: Database): AccountOrders | null {
	if (web === null || !hasPasswords) return null;
	const webAccounts = createWebAccounts(database, webTenantsOf({ company, hasPasswords }));
	return createAccountOrders(createLocalAccounts({ database, webAccounts }), web.publicUrl);
}

/** Waits until other processes hear what is said through the cache, or will not. */
async function connected(cache: Cache): Promise<void> {
	for (let waitedMs = 0; cache.mode() === 'degraded' && waitedMs < redisWaitMs; waitedMs += pollMs) await systemClock.wait(pollMs);
}
