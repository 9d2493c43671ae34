/** The Slack adapter in this process, over an emulated Slack, with a sink that remembers what it took. */

import Fastify from 'fastify';
import { type Clock, systemClock } from '#src/clock.ts';
import type { BotError } from '#src/errors.ts';
import type { PersonalEvent } from '#src/platform/chat-event.ts';
import type { ChatPlatform, PlatformHealth } from '#src/platform/chat-platform.ts';
import { isPlaceEvent, type PlaceEvent } from '#src/platform/place-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import { type SlackEmulator, startSlackEmulator } from '#test/emulators/slack/index.ts';
import type { SlackEmulatorOptions } from '#test/emulators/slack/slack-emulator.ts';
import type { SlackLogger } from '../../../adapters/slack/client.ts';
import { createSlackAdapter, type SlackSettings } from '../../../adapters/slack/index.ts';

export interface SlackWorld {
	slack: SlackEmulator;
	platform: ChatPlatform;
	/** What the sink took of what people did with the bot, oldest first. */
	events: PersonalEvent[];
	/** What it took of what happened in places, oldest first. */
	happenings: PlaceEvent[];
	/** What the sink of profiles took, oldest first. */
	profiles: { platform: string; profile: Profile }[];
	/** What the adapter logged as warnings. */
	warnings: unknown[][];
	/** What was refused before any work, in order. */
	rejected: string[];
	failed: unknown[];
	healths: PlatformHealth[];
	/** How both sinks answer from now on. */
	sinkFails(error: BotError | null): void;
	/** Where the adapter listens. */
	address: string;
	tom: string;
	lucia: string;
	general: string;
	close(): Promise<void>;
}

const silent = () => {};
const quiet = {
	debug: silent,
	info: silent,
	warn: silent,
	error: silent,
	setLevel: silent,
	getLevel: () => 'error',
	setName: silent,
} as unknown as SlackLogger;

/** An adapter that asks this Slack and hears nothing from it, with nothing kept from before. */
export async function openDeafAdapter(slack: SlackEmulator): Promise<{ platform: ChatPlatform; close(): Promise<void> }> {
	const server = Fastify({ logger: false });
	const { botToken, signingSecret, apiUrl } = slack;
	const settings = { botToken, signingSecret, appToken: null, apiUrl, nativeStreams: true, command: '/ccb', language: 'en' as const };
	const deps = { server, clock: systemClock, logger: quiet, onRejected: silent, onFailed: silent, onHealth: silent };
	const platform = createSlackAdapter(settings, deps);
	await platform.start(
		async () => {},
		async () => {},
	);
	return {
		platform,
		async close() {
			await platform.stop();
			await server.close();
		},
	};
}

export async function openSlackWorld(
	settings: Partial<SlackSettings> & { socketMode?: boolean; start?: boolean; clock?: Clock } = {},
	options: SlackEmulatorOptions = {},
): Promise<SlackWorld> {
	const { socketMode = false, start = true, clock = systemClock, ...changed } = settings;
	const slack = await startSlackEmulator({ limits: false, retryDelaysMs: [50, 100, 200, 400, 800], ackTimeoutMs: 1_000, ...options });
	const server = Fastify({ logger: false, forceCloseConnections: true });
	const [events, rejected, failed, healths]: [PersonalEvent[], string[], unknown[], PlatformHealth[]] = [[], [], [], []];
	const happenings: PlaceEvent[] = [];
	const profiles: SlackWorld['profiles'] = [];
	const warnings: unknown[][] = [];
	let sinkError: BotError | null = null;
	const keep = () => {
		if (sinkError !== null) throw sinkError;
	};
	const platform = createSlackAdapter(
		{
			botToken: slack.botToken,
			signingSecret: socketMode ? null : slack.signingSecret,
			appToken: socketMode ? slack.appToken : null,
			apiUrl: slack.apiUrl,
			nativeStreams: true,
			command: '/ccb',
			language: 'en',
			...changed,
		},
		{
			server,
			clock,
			logger: { ...quiet, warn: (...parts) => void warnings.push(parts) },
			onRejected: (reason) => rejected.push(reason),
			onFailed: (error) => failed.push(error),
			onHealth: (health) => healths.push(health),
		},
	);
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	if (!socketMode) slack.setEventsUrl(`${address}/slack/events`);
	const tom = slack.workspace.addUser({ name: 'tom', realName: 'Tom Baker', locale: 'en-GB' }).id;
	const lucia = slack.workspace.addUser({ name: 'lucia', realName: 'Lucía Ferrer', locale: 'es-ES' }).id;
	const general = slack.workspace.addChannel({ name: 'general', members: [tom, lucia] }).id;
	if (start) {
		await platform.start(
			async (event) => {
				keep();
				if (isPlaceEvent(event)) happenings.push(event);
				else events.push(event);
			},
			async (told, profile) => {
				keep();
				profiles.push({ platform: told, profile });
			},
		);
	}
	return {
		slack,
		platform,
		events,
		happenings,
		profiles,
		warnings,
		rejected,
		failed,
		healths,
		sinkFails: (error) => {
			sinkError = error;
		},
		address,
		tom,
		lucia,
		general,
		async close() {
			await platform.stop();
			await server.close();
			await slack.close();
		},
	};
}
