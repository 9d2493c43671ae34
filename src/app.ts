/** The composition root: in what order the program's parts start and stop. */

import { randomUUID } from 'node:crypto';
import { type AdapterHost, loadAdapters } from './adapters.ts';
import { createAlerts } from './alerts/alerts.ts';
import { addApi } from './api/create-api.ts';
import type { ApiServices } from './api/services.ts';
import type { Build } from './build.ts';
import { openCache } from './cache/open-cache.ts';
import { systemClock as clock } from './clock.ts';
import { openCore } from './core.ts';
import { createAdapterState } from './database/adapter-state.ts';
import { createDataCopy } from './database/copy-data.ts';
import { type Database, openDatabase } from './database/database.ts';
import { BotError } from './errors.ts';
import { createHttp } from './http/create-http.ts';
import { createIntakeGate } from './http/intake.ts';
import { pageFolder, readBuiltPage } from './http/page-files.ts';
import { addPage } from './http/page-routes.ts';
import { readReadiness } from './http/readiness.ts';
import { openLimits } from './limits/open-limits.ts';
import { createLive } from './live/create-live.ts';
import { openModels } from './models/open-models.ts';
import { readGauges } from './observability/gauges.ts';
import { createObservability } from './observability/observability.ts';
import { createOpening } from './opening.ts';
import { createPacers } from './pacing/pacers.ts';
import type { ChatPlatform } from './platform/chat-platform.ts';
import { createProbeQuestion } from './probe/probe.ts';
import type { Settings } from './settings/settings.ts';

export interface App {
	/** Listens, connects, and goes on trying for whatever is away. @throws BotError `CONFIG_INVALID`, or when the port is taken. */
	start(): Promise<void>;
	/** Goes on for the time of draining, then takes nothing new in, lets answers end within the grace period, hands the rest over, and all jobs at once. */
	stop(): Promise<void>;
}

export function createApp(settings: Settings, build: Build): App {
	const { roles, drainMs, graceMs, logLevel } = settings.process;
	const { url: redisUrl } = settings.redis;
	const processId = randomUUID();
	const stopping = new AbortController();
	const observability = createObservability(logLevel, build, settings.traces.endpoint);
	const { logger, metrics, storeOutage } = observability;
	const cache = openCache({ url: redisUrl, logger });
	const live = createLive({ cache, clock });
	const limits = openLimits({ redisUrl, standard: settings.limits, observeRefusal: observability.limitRefused });
	const models = openModels({ ...settings.models, redisUrl, processId, logger, observe: observability.models });
	const platforms = new Map<string, ChatPlatform>();
	let hasPage = settings.web === null ? null : false;
	const opening = createOpening({
		openDatabase: () =>
			openDatabase({ ...settings.database, audit: settings.administration.audit, logger, observe: observability.database }),
		openCore: (database) => {
			live.unlock(database.keyFor('live'));
			return openCore({ settings, build, processId, database, cache, limits, models, platforms, live, clock, observability });
		},
		start: (core) => core.start(roles),
		...{ storeOutage, clock, signal: stopping.signal },
	});
	const alerts =
		settings.alerts === null
			? null
			: createAlerts({
					...settings.alerts,
					...{ platforms, values: cache, language: settings.locale.language, observe: observability.alerts, clock, logger },
					// Made when it is first needed: platforms are loaded after this.
					pacers: (platform) => createPacers({ platforms, budgets: cache, clock, observerOf: observability.pacerOf })(platform),
				});
	const intake = createIntakeGate(() => opening.core()?.database ?? null, clock);
	const readiness = () =>
		readReadiness({
			database: opening.core()?.database ?? null,
			databaseProblem: opening.problem(),
			...{ cache, models, platforms: roles.chat ? [...platforms.values()] : [], hasPage },
		});
	const http = createHttp({
		intake,
		address: settings.http,
		operationsAddress: settings.operations,
		registry: metrics.registry,
		readiness,
		beforeMetrics: () =>
			readGauges(metrics, { models, cache, parts: async () => (await readiness()).parts, opened: opening.core()?.gauges() ?? null }),
		alerts: alerts === null || settings.alerts === null ? null : { alerts, token: settings.alerts.token },
		probe: createProbeQuestion({ database: () => opening.opened().database, models, clock }),
		copyData: createDataCopy({ database: () => opening.opened().database, dataFolder: settings.database.dataFolder }),
	});

	/** @throws BotError `STORE_UNAVAILABLE` while the database is not open. */
	function webServices(): ApiServices {
		const { web } = opening.opened();
		if (web === null) throw new BotError('INTERNAL', 'the web is not switched on');
		return web;
	}

	if (settings.web !== null) {
		const { publicUrl, trustedProxies, sessions } = settings.web;
		addApi(http.server, {
			...{
				services: webServices,
				publicUrl,
				trustedProxies,
				requests: limits.requests,
				mostDays: sessions.mostDays,
				logger,
				clock,
				now: clock.now,
			},
			...{ language: settings.locale.language, version: build.version, readiness },
		});
	}

	async function loadPage(): Promise<void> {
		if (settings.web === null) return;
		const page = await readBuiltPage(pageFolder);
		hasPage = page !== null;
		addPage(http.server, { publicUrl: settings.web.publicUrl, page });
	}

	async function loadPlatforms(): Promise<void> {
		const database: Pick<Database, 'query'> = { query: async (sql, parameters) => await opening.opened().database.query(sql, parameters) };
		const state = (platform: string) => createAdapterState({ database, platform, processId });
		const uploads: AdapterHost['uploads'] = { read: async (...asked) => await webServices().uploads.read(...asked) };
		const notices: AdapterHost['notices'] = { keep: async (...kept) => await webServices().notices.keep(...kept) };
		const accounts: AdapterHost['accounts'] = { profileOf: async (actor) => await webServices().webAccounts.profileOf(actor) };
		const host = { server: http.server, clock, logger, metrics, live: live.publisher, notices, uploads, accounts, state };
		const loaded = await loadAdapters(settings, host);
		for (const platform of loaded) platforms.set(platform.name, platform);
	}

	async function startPlatforms(): Promise<void> {
		for (const platform of platforms.values()) {
			await platform.start(
				async (event) => await opening.opened().accept(event),
				async (name, profile) => await opening.opened().takeProfile(name, profile),
				async (typing, signal) => await opening.opened().typing(typing, signal),
			);
		}
	}

	return {
		async start() {
			// Jobs fetch files from them, and say how far they are.
			await Promise.all([loadPlatforms(), loadPage()]);
			const addresses = await http.listen(roles);
			logger.info(addresses, 'listening');
			models.start();
			observability.traces?.start();
			if (roles.chat) {
				await startPlatforms();
				alerts?.start();
			}
			await opening.open();
			if (stopping.signal.aborted) return;
			const { address } = addresses;
			const database = opening.core()?.database.kind;
			logger.info({ address, platforms: [...platforms.keys()], database, cache: cache.mode(), roles }, 'OpenCCB is running');
		},
		async stop() {
			intake.close();
			// Until the database is open nobody sends anything here.
			if (opening.core() !== null) await clock.wait(drainMs);
			stopping.abort();
			alerts?.stop();
			await Promise.all([...platforms.values()].map((platform) => platform.stop()));
			await opening.core()?.stop(graceMs);
			await models.stop();
			await http.close();
			await Promise.all([cache.close(), limits.close(), observability.traces?.stop()]);
			await opening.core()?.close();
		},
	};
}
