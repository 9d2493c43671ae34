/** The Teams adapter: wiring only. */

import type { FastifyInstance } from 'fastify';
import type { Clock } from '#src/clock.ts';
import { commandForms } from '#src/commands/forms.ts';
import type { Language } from '#src/locales/locales.ts';
import type { ChatPlatform, PlatformHealth } from '#src/platform/chat-platform.ts';
import { isAllowedRoute } from './activity.ts';
import { createFetchAudience } from './audience.ts';
import { teamsCapabilities } from './capabilities.ts';
import { createConnection } from './connection.ts';
import { createConnector } from './connector-client.ts';
import { createCredentials } from './credentials.ts';
import { createFetchFile } from './files.ts';
import { renderBlock } from './format.ts';
import { createTeamsForms } from './forms.ts';
import { createGivenFiles } from './given-files.ts';
import { createGraph } from './graph.ts';
import { createFetchGroups } from './groups.ts';
import { createHttpReceiver, type RejectionReason } from './http-receiver.ts';
import { readMessageLink } from './links.ts';
import { createFindMember, createLookups } from './lookups.ts';
import { createIsShared, createPermalink, createReadMessage } from './messages.ts';
import { createOutbound } from './outbound.ts';
import { concernsPlace } from './place-events.ts';
import { createRosters } from './rosters.ts';
import { createSdkCheck } from './sdk-check.ts';
import { checkSettings, type TeamsSettings } from './settings.ts';
import { createListFiles } from './shared-files.ts';
import { createFindTeamGroup } from './team-groups.ts';
import { createReadThread } from './threads.ts';
import { createTokenCheck } from './token-check.ts';

export type { TeamsSettings } from './settings.ts';

export interface TeamsAdapterSettings extends TeamsSettings {
	/** Of forms, for people of whose language Teams tells nothing. */
	language: Language;
}

export interface TeamsDependencies {
	server: FastifyInstance;
	clock: Clock;
	/** A request was refused before any work was done, or was not for us. */
	onRejected: (reason: RejectionReason) => void;
	/** An activity could not be taken in, or a right is missing. */
	onFailed: (error: unknown) => void;
	onHealth: (health: PlatformHealth) => void;
}

/**
 * @returns the adapter, not started. Its messaging endpoint is `/teams/messages` of the given server.
 * @throws BotError `CONFIG_INVALID` when the settings would leave the door open or cannot work.
 */
export function createTeamsAdapter(settings: TeamsAdapterSettings, deps: TeamsDependencies): ChatPlatform {
	checkSettings(settings);
	const { server, clock, onRejected, onFailed } = deps;
	const { appId, tenantId, openIdUrl, anonymous, fileHosts, graphUrl } = settings;
	const connection = createConnection({ credentials: createCredentials(settings, clock), clock, onChange: deps.onHealth });
	const { credentials } = connection;
	const connector = createConnector({ credentials, clock, isAllowed: (route) => isAllowedRoute(route, settings) });
	const homeTenantId = anonymous ? null : tenantId;
	const findMember = createFindMember(connector, homeTenantId);
	const rosters = homeTenantId === null ? null : createRosters({ connector, clock, homeTenantId });
	const graph = graphUrl === null ? null : createGraph(credentials, graphUrl);
	const findTeamGroup = createFindTeamGroup(connector);
	const own = { appId, botId: `28:${appId}` };
	const receiver = createHttpReceiver({
		server,
		path: '/teams/messages',
		settings,
		checkToken: anonymous ? null : createTokenCheck({ appId, openIdUrl, clock }),
		checkWithSdk: createSdkCheck(settings),
		forms: createTeamsForms({ forms: commandForms, language: settings.language }),
		onRejected,
		onFailed,
	});

	return {
		name: 'teams',
		capabilities:
			graph === null
				? teamsCapabilities
				: { ...teamsCapabilities, readsThreads: true, readsMessages: ['channel'], listsFiles: ['channel'] },
		/** Teams tells who comes to a conversation and who leaves it, and nothing of their accounts. */
		async start(sink) {
			connection.start();
			receiver.start(sink);
		},
		async stop() {
			connection.stop();
			receiver.stop();
			rosters?.stop();
		},
		health: connection.health,
		renderBlock,
		concerns: concernsPlace,
		...createOutbound({ connector, findMember, clock }),
		...createGivenFiles({ connector, fileHosts, now: clock.now }),
		...(rosters === null ? {} : { directory: rosters.directory }),
		...createLookups(findMember, homeTenantId, rosters),
		listFiles: createListFiles({ graph, findTeamGroup, now: clock.now }),
		fetchAudience: createFetchAudience(connector, homeTenantId),
		readThread: createReadThread({ graph, findTeamGroup, own, now: clock.now, onRefused: onFailed }),
		messageAt: (link, near) => readMessageLink(link, near, homeTenantId),
		permalink: createPermalink(findTeamGroup),
		readMessage: createReadMessage({ graph, findTeamGroup, own, now: clock.now }),
		isShared: createIsShared({ graph, findTeamGroup, now: clock.now }),
		fetchGroups: createFetchGroups({ graph, homeTenantId, now: clock.now, onRefused: onFailed }),
		fetchFile: createFetchFile({ findTeamGroup, credentials, fileHosts, graph, now: clock.now }),
	};
}
