/** The Discord adapter: wiring only. */

import type { Clock } from '#src/clock.ts';
import { botDescription } from '#src/commands/description.ts';
import { toBotError } from '#src/errors.ts';
import type { Language } from '#src/locales/locales.ts';
import type { AdapterState } from '#src/platform/adapter-state.ts';
import type { ChatPlatform, PlatformHealth } from '#src/platform/chat-platform.ts';
import { discordCapabilities } from './capabilities.ts';
import { createDiscordCall, type DiscordCall } from './client.ts';
import { discordCommands } from './commands.ts';
import { createConnection } from './connection.ts';
import { createFiles } from './files.ts';
import { renderBlock } from './format.ts';
import { createGuilds } from './guilds.ts';
import { createInteractionAnswers } from './interaction-answers.ts';
import { createLookups } from './lookups.ts';
import { createMembers } from './members.ts';
import { createMessageMemory } from './message-memory.ts';
import { createOutbound } from './outbound.ts';
import { createOwner, type Owner } from './owner.ts';
import { concernsPlace } from './place-events.ts';
import { createReaders } from './readers.ts';
import { createRoots } from './roots.ts';
import { createListFiles } from './shared-files.ts';

export interface DiscordSettings {
	botToken: string;
	applicationId: string;
	/** Without the version: `https://discord.com/api`. */
	apiUrl: string;
	/** Ids of the guilds that are served; any other one is left. */
	guilds: readonly string[];
	fileHosts: readonly string[];
	/** For people whose language Discord does not tell. */
	language: Language;
	/** How long a process that holds the gateway may be silent before another one takes it. */
	leaseMs: number;
}

export interface DiscordDependencies {
	clock: Clock;
	state: AdapterState;
	/** Something was refused before any work was done: `guild`, for what comes from a guild that is not served. */
	onRejected: (reason: string) => void;
	/** An event could not be taken in, or a connection failed. */
	onFailed: (error: unknown) => void;
	onHealth: (health: PlatformHealth) => void;
}

/** @returns the adapter, not started. */
export function createDiscordAdapter(settings: DiscordSettings, deps: DiscordDependencies): ChatPlatform {
	const { clock, state, onRejected, onFailed } = deps;
	const served = new Set(settings.guilds);
	const send = createDiscordCall(settings.botToken, settings.apiUrl);
	const connection = createConnection({ call: send, clock, onChange: tellHealth });
	const { botUserId } = connection;
	const memory = createMessageMemory(state);
	const roots = createRoots({ call, memory, botUserId });
	const guilds = createGuilds({ served, call, botUserId, onForeign: () => onRejected('guild'), onFailed });
	const { fetchGroups, ...members } = createMembers({ call, served });
	const answers = createInteractionAnswers(call, settings.applicationId);
	let owner: Owner | null = null;
	let told: PlatformHealth = { state: 'starting' };

	/** A token that is refused where it worked before was taken back. */
	async function call(...parameters: Parameters<DiscordCall>): Promise<unknown> {
		return await send(...parameters).catch((thrown) => {
			if (toBotError(thrown).reason === 'unauthorised' && parameters[1].auth !== false) connection.doubt();
			throw thrown;
		});
	}

	function health(): PlatformHealth {
		const state = connection.health();
		return state.state === 'up' ? (owner?.health() ?? { state: 'starting' }) : state;
	}

	function tellHealth(): void {
		const next = health();
		// Being on the way is no news; `health` tells it to those who ask.
		if (next.state === 'starting' || (next.state === told.state && next.reason === told.reason)) return;
		told = next;
		deps.onHealth(next);
	}

	return {
		name: 'discord',
		capabilities: discordCapabilities,
		/** Without the privileged intent for members Discord tells of no account unasked. */
		async start(sink, _profiles, typing = async () => []) {
			const commands = discordCommands(botDescription);
			owner = createOwner({
				...{ settings, commands, sink, typing, clock, state, call, guilds, roots, memory, answers, botUserId, onRejected, onFailed },
				onHealth: tellHealth,
			});
			// Nothing can be read without knowing who we are.
			void connection.start().then(() => (botUserId() === '' ? undefined : owner?.start()));
		},
		async stop() {
			connection.stop();
			await owner?.stop();
		},
		health,
		renderBlock,
		concerns: concernsPlace,
		...createOutbound({ call, answers, memory, botUserId }),
		...createLookups({ call, members, guilds, roots, botUserId }),
		...createReaders({ call, clock, served, members }),
		fetchGroups,
		...createListFiles(call),
		...createFiles(call, settings.fileHosts),
	};
}
