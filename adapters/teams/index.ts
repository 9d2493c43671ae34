/** The Teams adapter: wiring only. */

import type { FastifyInstance } from 'fastify';
import type { Clock } from '#src/clock.ts';
import type { ChatPlatform, PlatformHealth } from '#src/platform/chat-platform.ts';
import { isAllowedRoute } from './activity.ts';
import { teamsCapabilities } from './capabilities.ts';
import { createConnection } from './connection.ts';
import { createConnector } from './connector-client.ts';
import { createCredentials } from './credentials.ts';
import { createFetchFile } from './files.ts';
import { renderBlock } from './format.ts';
import { createHttpReceiver, type RejectionReason } from './http-receiver.ts';
import { createFindMember, createLookups } from './lookups.ts';
import { createOutbound } from './outbound.ts';
import { createSdkCheck } from './sdk-check.ts';
import { checkSettings, type TeamsSettings } from './settings.ts';
import { createTokenCheck } from './token-check.ts';

export type { TeamsSettings } from './settings.ts';

export interface TeamsDependencies {
	server: FastifyInstance;
	clock: Clock;
	/** A request was refused before any work was done, or was not for us. */
	onRejected: (reason: RejectionReason) => void;
	/** An activity could not be taken in. */
	onFailed: (error: unknown) => void;
	onHealth: (health: PlatformHealth) => void;
}

/**
 * @returns the adapter, not started. Its messaging endpoint is `/teams/messages` of the given server.
 * @throws BotError `CONFIG_INVALID` when the settings would leave the door open or cannot work.
 */
export function createTeamsAdapter(settings: TeamsSettings, deps: TeamsDependencies): ChatPlatform {
	checkSettings(settings);
	const { server, clock, onRejected, onFailed } = deps;
	const { appId, openIdUrl, anonymous, fileHosts, graphUrl } = settings;
	const connection = createConnection({ credentials: createCredentials(settings, clock), clock, onChange: deps.onHealth });
	const { credentials } = connection;
	const connector = createConnector({ credentials, clock, isAllowed: (serviceUrl) => isAllowedRoute(serviceUrl, settings) });
	const findMember = createFindMember(connector, { anonymous });
	const receiver = createHttpReceiver({
		server,
		path: '/teams/messages',
		settings,
		checkToken: anonymous ? null : createTokenCheck({ appId, openIdUrl, clock }),
		checkWithSdk: createSdkCheck(settings),
		onRejected,
		onFailed,
	});

	return {
		name: 'teams',
		capabilities: teamsCapabilities,
		async start(sink) {
			connection.start();
			receiver.start(sink);
		},
		async stop() {
			connection.stop();
			receiver.stop();
		},
		health: connection.health,
		renderBlock,
		...createOutbound({ connector, findMember, clock }),
		...createLookups(findMember),
		fetchFile: createFetchFile({ connector, credentials, fileHosts, graphUrl, now: clock.now }),
	};
}
