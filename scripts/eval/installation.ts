/** The database and the models that the settings name, opened to evaluate answers with them. */

import { systemClock } from '#src/clock.ts';
import { type Database, openDatabase } from '#src/database/database.ts';
import type { UserRole } from '#src/database/roles.ts';
import { type Preparation, prepareEvaluation } from '#src/evaluation/preparation.ts';
import { silentLogger } from '#src/log.ts';
import { openModels } from '#src/models/open-models.ts';
import type { Settings } from '#src/settings/settings.ts';

export interface Installation extends Preparation, AsyncDisposable {
	database: Database;
}

export interface InstallationOptions {
	settings: Settings;
	role: UserRole;
	signal: AbortSignal;
}

/** @throws BotError as `openDatabase` and `prepareEvaluation`. */
export async function openInstallation({ settings, role, signal }: InstallationOptions): Promise<Installation> {
	const { database: place, administration, knowledge, locale } = settings;
	const database = await openDatabase({ ...place, audit: administration.audit, logger: silentLogger });
	// Beside a running program everybody who asks goes first, over all processes.
	const redisUrl = place.url === null ? null : settings.redis.url;
	const models = openModels({ ...settings.models, redisUrl, processId: `eval-${process.pid}`, logger: silentLogger });
	models.start();
	const close = async () => {
		await models.stop();
		await database.close();
	};
	try {
		const use = knowledge.use === 'only' ? 'only' : 'prefer';
		const deps = { database, models, use, timeZone: locale.timeZone, clock: systemClock, logger: silentLogger } as const;
		return { ...(await prepareEvaluation(deps, role, signal)), database, [Symbol.asyncDispose]: close };
	} catch (thrown) {
		await close();
		throw thrown;
	}
}
