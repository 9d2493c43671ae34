/** The chat platforms that the settings switch on: the only place that knows their names and loads their adapters. */

import type { FastifyInstance } from 'fastify';
import type { Clock } from './clock.ts';
import type { Settings } from './config.ts';
import { createSdkLogger, type Logger } from './observability/logger.ts';
import type { Metrics } from './observability/metrics.ts';
import type { AdapterState } from './platform/adapter-state.ts';
import type { ChatPlatform, PlatformHealth } from './platform/chat-platform.ts';

export interface AdapterHost {
	/** Adapters add their own addresses to it. */
	server: FastifyInstance;
	clock: Clock;
	logger: Logger;
	metrics: Metrics;
	/** What the adapter of this name keeps. */
	state: (platform: string) => AdapterState;
}

interface Adapter {
	name: string;
	isConfigured(settings: Settings): boolean;
	/** An adapter costs up to a second to import, so only those in use are. @throws BotError `CONFIG_INVALID`. */
	load(settings: Settings, host: ReturnType<typeof hostOf>): Promise<ChatPlatform>;
}

const adapters: readonly Adapter[] = [
	{
		name: 'slack',
		isConfigured: (settings) => settings.SLACK_BOT_TOKEN !== undefined,
		async load(settings, host) {
			const { createSlackAdapter } = await import('../adapters/slack/index.ts');
			const slack = {
				botToken: settings.SLACK_BOT_TOKEN ?? '',
				signingSecret: settings.SLACK_SIGNING_SECRET ?? null,
				appToken: settings.SLACK_APP_TOKEN ?? null,
				apiUrl: settings.SLACK_API_URL,
				nativeStreams: settings.SLACK_STREAMING === 'native',
				command: '/ccb',
			};
			return createSlackAdapter(slack, host);
		},
	},
	{
		name: 'teams',
		isConfigured: (settings) => settings.TEAMS_APP_ID !== undefined || settings.TEAMS_ANONYMOUS,
		async load(settings, host) {
			const { createTeamsAdapter } = await import('../adapters/teams/index.ts');
			const teams = {
				appId: settings.TEAMS_APP_ID ?? '',
				appPassword: settings.TEAMS_APP_PASSWORD ?? null,
				appType: settings.TEAMS_APP_TYPE,
				tenantId: settings.TEAMS_TENANT_ID ?? '',
				openIdUrl: settings.TEAMS_OPENID_URL,
				loginUrl: settings.TEAMS_LOGIN_URL,
				serviceHosts: settings.TEAMS_SERVICE_HOSTS,
				graphUrl: settings.TEAMS_GRAPH ? settings.TEAMS_GRAPH_URL : null,
				fileHosts: settings.TEAMS_FILE_HOSTS,
				anonymous: settings.TEAMS_ANONYMOUS,
			};
			return createTeamsAdapter(teams, host);
		},
	},
	{
		name: 'discord',
		isConfigured: (settings) => settings.DISCORD_BOT_TOKEN !== undefined,
		async load(settings, host) {
			const { createDiscordAdapter } = await import('../adapters/discord/index.ts');
			const discord = {
				botToken: settings.DISCORD_BOT_TOKEN ?? '',
				applicationId: settings.DISCORD_APPLICATION_ID ?? '',
				apiUrl: settings.DISCORD_API_URL,
				guilds: settings.DISCORD_GUILDS ?? [],
				fileHosts: settings.DISCORD_FILE_HOSTS,
				language: settings.OPENCCB_LANGUAGE,
			};
			return createDiscordAdapter(discord, host);
		},
	},
];

/** The adapters of all platforms that are configured, not started. */
export async function loadAdapters(settings: Settings, host: AdapterHost): Promise<ChatPlatform[]> {
	const configured = adapters.filter((adapter) => adapter.isConfigured(settings));
	return await Promise.all(configured.map(({ name, load }) => load(settings, hostOf(name, host))));
}

/** What every adapter is given, with its own name on all that it tells. */
function hostOf(platform: string, { server, clock, logger, metrics, state }: AdapterHost) {
	return {
		server,
		clock,
		logger: createSdkLogger(logger, platform),
		state: state(platform),
		onRejected: (reason: string) => metrics.rejected.inc({ platform, reason }),
		onFailed: (error: unknown) => logger.warn({ err: error, platform }, 'an event was not taken in'),
		onHealth: (health: PlatformHealth) => logger[health.state === 'up' ? 'info' : 'error']({ platform, ...health }, 'platform connection'),
	};
}
