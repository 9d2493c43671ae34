/** The chat platforms that the settings switch on: the only place that knows their names and loads their adapters. */

import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock.ts';
import type { PrivateNotices } from './history/private-notices.ts';
import type { WebAccounts } from './identity/web-accounts.ts';
import type { UploadStore } from './knowledge/uploads/upload-store.ts';
import type { LivePublisher } from './live/live-publisher.ts';
import { createSdkLogger, type ProgramLogger } from './observability/logger.ts';
import type { Metrics } from './observability/metrics.ts';
import { createIntakeLog } from './observability/observers.ts';
import type { AdapterState } from './platform/adapter-state.ts';
import type { ChatPlatform, PlatformHealth } from './platform/chat-platform.ts';
import type { Settings } from './settings/settings.ts';

export interface AdapterHost {
	/** Adapters add their own addresses to it. */
	server: FastifyInstance;
	clock: Clock;
	logger: ProgramLogger;
	metrics: Metrics;
	/** What the bot says on the web. */
	live: LivePublisher;
	/** What it told people there alone, and what they give. */
	notices: Pick<PrivateNotices, 'keep'>;
	uploads: Pick<UploadStore, 'read'>;
	/** Its accounts that no chat platform knows. */
	accounts: Pick<WebAccounts, 'profileOf'>;
	/** What the adapter of this name keeps. */
	state: (platform: string) => AdapterState;
}

/** All that know people, configured or not. On the web are those whom a provider or a password vouches for. */
export const platformNames: readonly string[] = ['slack', 'teams', 'discord', 'web'];

type Load = (settings: Settings, host: AdapterHost) => Promise<ChatPlatform> | null;

/** An adapter costs up to a second to import, so only those in use are. */
const adapters: readonly Load[] = [
	({ platforms: { slack }, locale: { language } }, host) => {
		if (slack === null) return null;
		return import('../adapters/slack/index.ts').then(({ createSlackAdapter }) =>
			createSlackAdapter({ ...slack, command: '/ccb', language }, hostOf('slack', host)),
		);
	},
	({ platforms: { teams }, locale: { language } }, host) => {
		if (teams === null) return null;
		return import('../adapters/teams/index.ts').then(({ createTeamsAdapter }) =>
			createTeamsAdapter({ ...teams, language }, hostOf('teams', host)),
		);
	},
	({ platforms: { discord }, locale: { language }, process: { leaseMs } }, host) => {
		if (discord === null) return null;
		return import('../adapters/discord/index.ts').then(({ createDiscordAdapter }) =>
			createDiscordAdapter({ ...discord, language, leaseMs }, hostOf('discord', host)),
		);
	},
	({ web }, { live, notices, uploads, accounts }) =>
		web === null
			? null
			: import('../adapters/web/index.ts').then(({ createWebAdapter }) => createWebAdapter({ live, notices, uploads, accounts })),
];

/** The adapters of all platforms that are configured, not started. @throws BotError `CONFIG_INVALID`. */
export async function loadAdapters(settings: Settings, host: AdapterHost): Promise<ChatPlatform[]> {
	return await Promise.all(adapters.map((load) => load(settings, host)).filter((loading) => loading !== null));
}

/** What every adapter is given, with its own name on all that it tells. */
function hostOf(platform: string, { server, clock, logger, metrics, state }: AdapterHost) {
	return {
		server,
		clock,
		logger: createSdkLogger(logger, platform),
		state: state(platform),
		onRejected: (reason: string) => metrics.rejected.inc({ platform, reason }),
		onFailed: createIntakeLog(logger, platform, clock.now),
		onHealth: (health: PlatformHealth) =>
			logger[health.state === 'down' ? 'error' : 'info']({ platform, ...health }, 'platform connection'),
	};
}
