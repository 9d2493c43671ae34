/** The Slack adapter: wiring only. */

import type { FastifyInstance } from 'fastify';
import type { Clock } from '#src/clock.ts';
import { commandForms } from '#src/commands/forms.ts';
import type { Language } from '#src/locales/locales.ts';
import type { ChatPlatform, PlatformHealth } from '#src/platform/chat-platform.ts';
import { createAudience } from './audience.ts';
import { slackCapabilities } from './capabilities.ts';
import { createSlackCall, type SlackLogger } from './client.ts';
import { createConnection } from './connection.ts';
import { createDirectory } from './directory.ts';
import { createEnterprise } from './enterprise.ts';
import { createFiles } from './files.ts';
import { renderBlock } from './format.ts';
import { createSlackForms } from './forms.ts';
import { createGroups } from './groups.ts';
import { createHttpReceiver, type RejectionReason } from './http-receiver.ts';
import { createIntake } from './intake.ts';
import { createLocaleOf } from './locales.ts';
import { createLookups } from './lookups.ts';
import { createMembers } from './members.ts';
import { createNames } from './names.ts';
import { createOutbound } from './outbound.ts';
import { createListFiles } from './shared-files.ts';
import { createSocketReceiver } from './socket-receiver.ts';
import { createUploads } from './uploads.ts';

export interface SlackSettings {
	botToken: string;
	/** Checks requests over HTTP; null when only Socket Mode is used. */
	signingSecret: string | null;
	/** Switches Socket Mode on. */
	appToken: string | null;
	/** Ends in `/api/`. */
	apiUrl: string;
	/** False: posts and edits only. */
	nativeStreams: boolean;
	command: string;
	/** Of forms, for people whose language Slack does not tell in time. */
	language: Language;
}

export interface SlackDependencies {
	server: FastifyInstance;
	clock: Clock;
	logger: SlackLogger;
	/** A request was refused before any work was done. */
	onRejected: (reason: RejectionReason) => void;
	/** An event could not be taken in, or a connection failed. */
	onFailed: (error: unknown) => void;
	onHealth: (health: PlatformHealth) => void;
}

/** @returns the adapter, not started. Over HTTP it answers at `/slack/events` of the given server. */
export function createSlackAdapter(settings: SlackSettings, deps: SlackDependencies): ChatPlatform {
	const { clock, logger, onFailed } = deps;
	const { apiUrl, appToken, botToken, signingSecret } = settings;
	const call = createSlackCall(botToken, apiUrl, logger);
	const connection = createConnection({ call, clock, onChange: onHealth });
	const enterprise = createEnterprise({ call, identity: connection.identity, clock });
	const directory = createDirectory({ call, identity: connection.identity, clock, logger });
	const names = createNames({ call, identity: connection.identity, directory, clock });
	const groups = createGroups({ call, identity: connection.identity, clock, logger });
	const localeOf = createLocaleOf({ call, identity: connection.identity, directory, onFailed });
	const forms = createSlackForms({ call, forms: commandForms, localeOf, language: settings.language, onFailed });
	const people = { ...createLookups(call, connection.identity, names), ...createMembers(call) };
	let socketConnections = 0;
	const receivers = [
		...(signingSecret === null
			? []
			: [
					createHttpReceiver({
						server: deps.server,
						path: '/slack/events',
						signingSecret,
						now: clock.now,
						onRejected: deps.onRejected,
						onFailed,
					}),
				]),
		...(appToken === null
			? []
			: [createSocketReceiver({ appToken, apiUrl, logger, clock, onFailed, onState: (count) => (socketConnections = count) })]),
	];

	function onHealth(state: PlatformHealth): void {
		if (state.state === 'up') directory.start();
		deps.onHealth(state);
	}

	function health(): PlatformHealth {
		const state = connection.health();
		if (state.state !== 'up' || appToken === null || signingSecret !== null || socketConnections > 0) return state;
		return { state: 'down', reason: 'no Socket Mode connection: check SLACK_APP_TOKEN and that Socket Mode is switched on in the app' };
	}

	return {
		name: 'slack',
		capabilities: settings.nativeStreams ? slackCapabilities : { ...slackCapabilities, stream: null },
		async start(sink, profiles) {
			connection.start();
			for (const receiver of receivers) {
				createIntake({
					receiver,
					token: botToken,
					apiUrl,
					command: settings.command,
					logger,
					enterprise,
					sink,
					profiles,
					forms,
					names,
					onPersonChanged: directory.doubt,
					onGroupsChanged: groups.forget,
				});
				await receiver.start();
			}
		},
		async stop() {
			connection.stop();
			directory.stop();
			await Promise.all(receivers.map((receiver) => receiver.stop()));
		},
		health,
		renderBlock,
		directory,
		...createOutbound(call, { sessions: settings.nativeStreams }),
		...people,
		...createAudience({ call, identity: connection.identity, directory, people }),
		...createListFiles(call, connection.identity),
		fetchGroups: groups.fetchGroups,
		...createFiles({ token: botToken, apiUrl, call }),
		...createUploads(call, apiUrl),
	};
}
