/** The Discord adapter in this process, over an emulated Discord, with a sink that remembers what it took. */

import { type Clock, systemClock } from '#src/clock.ts';
import type { BotError } from '#src/errors.ts';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import type { ChatPlatform, PlatformHealth } from '#src/platform/chat-platform.ts';
import { isPlaceEvent, type PlaceEvent } from '#src/platform/place-event.ts';
import type { Typing } from '#src/platform/typing.ts';
import { type DiscordEmulator, type DiscordEmulatorOptions, startDiscordEmulator } from '#test/emulators/discord/index.ts';
import { createDiscordAdapter, type DiscordSettings } from '../../../adapters/discord/index.ts';
import { createMemoryState, type MemoryState } from './memory-state.ts';

/** One process with the adapter. */
export interface DiscordProcess {
	platform: ChatPlatform;
	/** What the sink took of what people did with the bot, oldest first. */
	events: PersonalEvent[];
	/** What it took of what happened in places, oldest first. */
	happenings: PlaceEvent[];
	/** What was refused before any work, in order. */
	rejected: string[];
	failed: unknown[];
	healths: PlatformHealth[];
	/** What is offered to whoever types, and what was asked for. */
	offered: (typing: Typing) => Promise<readonly string[]>;
	/** How the sink answers from now on. */
	sinkFails(error: BotError | null): void;
	start(): Promise<void>;
}

export interface DiscordWorld {
	discord: DiscordEmulator;
	state: MemoryState;
	guild: string;
	general: string;
	tom: string;
	lucia: string;
	/** Another process beside those that are there. */
	addProcess(settings?: Partial<DiscordSettings> & { clock?: Clock }): DiscordProcess;
	close(): Promise<void>;
}

export async function openDiscordWorld(options: DiscordEmulatorOptions = {}): Promise<DiscordWorld> {
	const discord = await startDiscordEmulator({ limits: false, ...options });
	const { world } = discord;
	const tom = world.addUser({ name: 'tom', globalName: 'Tom Baker', locale: 'en-GB' }).id;
	const lucia = world.addUser({ name: 'lucia', globalName: 'Lucía Ferrer', locale: 'es-ES' }).id;
	const guild = world.addGuild({ name: 'Office', ownerId: world.addUser({ name: 'boss' }).id }).id;
	for (const id of [tom, lucia]) world.addMember(guild, id);
	const general = world.addChannel(guild, { name: 'general-talk' }).id;
	const state = createMemoryState();
	const processes: DiscordProcess[] = [];

	function addProcess({ clock = systemClock, ...settings }: Partial<DiscordSettings> & { clock?: Clock } = {}): DiscordProcess {
		const [events, rejected, failed, healths]: [PersonalEvent[], string[], unknown[], PlatformHealth[]] = [[], [], [], []];
		const happenings: PlaceEvent[] = [];
		let sinkError: BotError | null = null;
		const platform = createDiscordAdapter(
			{
				botToken: discord.botToken,
				applicationId: discord.applicationId,
				apiUrl: discord.apiUrl,
				guilds: [guild],
				fileHosts: [new URL(discord.cdnUrl).host],
				language: 'en',
				leaseMs: 15_000,
				...settings,
			},
			{
				clock,
				state: state.of(`process-${processes.length}`),
				onRejected: (reason) => rejected.push(reason),
				onFailed: (error) => failed.push(error),
				onHealth: (health) => healths.push(health),
			},
		);
		const made: DiscordProcess = {
			platform,
			events,
			happenings,
			rejected,
			failed,
			healths,
			offered: async () => [],
			sinkFails: (error) => {
				sinkError = error;
			},
			start: () =>
				platform.start(
					async (event) => {
						if (sinkError !== null) throw sinkError;
						if (isPlaceEvent(event)) happenings.push(event);
						// What is said to nobody in particular is kept nowhere, unless that was decided.
						else if (event.type !== 'message-received' || event.addressedBy !== 'talk') events.push(event);
					},
					async () => {},
					async (typing) => await made.offered(typing),
				),
		};
		processes.push(made);
		return made;
	}

	return {
		discord,
		state,
		guild,
		general,
		tom,
		lucia,
		addProcess,
		async close() {
			await Promise.all(processes.map(({ platform }) => platform.stop()));
			await discord.close();
		},
	};
}
