/** The Teams adapter in this process, over an emulated Teams, with a sink that remembers what it took. */

import Fastify from 'fastify';
import { systemClock } from '#src/clock.ts';
import type { BotError } from '#src/errors.ts';
import type { Actor, PersonalEvent } from '#src/platform/chat-event.ts';
import type { ChatPlatform, PlatformHealth } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import { isPlaceEvent, type PlaceEvent } from '#src/platform/place-event.ts';
import { startTeamsEmulator, type TeamsEmulator, type TeamsEmulatorOptions, type User } from '#test/emulators/teams/index.ts';
import { createTeamsAdapter, type TeamsSettings } from '../../../adapters/teams/index.ts';

export interface TeamsWorld {
	teams: TeamsEmulator;
	platform: ChatPlatform;
	/** Where the adapter listens. */
	address: string;
	/** What the sink took of what people did with the bot, oldest first. */
	events: PersonalEvent[];
	/** What it took of what happened in places, oldest first. */
	happenings: PlaceEvent[];
	/** What was refused before any work, in order. */
	rejected: string[];
	failed: unknown[];
	healths: PlatformHealth[];
	/** How the sink answers from now on. */
	sinkFails(error: BotError | null): void;
	/** Lets time pass for the adapter alone. */
	advance(byMs: number): void;
	tom: User;
	lucia: User;
	/** Conversation ids, by the kind of place: Tom's chat with the bot, a chat of both with it, and a channel. */
	conversations: Record<Place['kind'], string>;
	/** The address of a place; in a channel, of a thread. */
	placeOf(kind: Place['kind'], threadId?: string): Place;
	actor(user: User): Actor;
	close(): Promise<void>;
}

export async function openTeamsWorld(
	settings: Partial<TeamsSettings> & { start?: boolean } = {},
	options: TeamsEmulatorOptions = {},
): Promise<TeamsWorld> {
	const { start = true, ...changed } = settings;
	const teams = await startTeamsEmulator({ limits: false, retryDelaysMs: [50, 100, 200, 400, 800], ackTimeoutMs: 2_000, ...options });
	const server = Fastify({ logger: false, forceCloseConnections: true });
	const [events, rejected, failed, healths]: [PersonalEvent[], string[], unknown[], PlatformHealth[]] = [[], [], [], []];
	const happenings: PlaceEvent[] = [];
	let sinkError: BotError | null = null;
	let aheadMs = 0;
	const platform = createTeamsAdapter(
		{ ...settingsFor(teams), language: 'en', ...changed },
		{
			server,
			clock: { now: () => systemClock.now() + aheadMs, wait: systemClock.wait },
			onRejected: (reason) => rejected.push(reason),
			onFailed: (error) => failed.push(error),
			onHealth: (health) => healths.push(health),
		},
	);
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	teams.setMessagingEndpoint(`${address}/teams/messages`);
	const tom = teams.tenant.addUser({ name: 'Tom Baker', locale: 'en-GB' });
	const lucia = teams.tenant.addUser({ name: 'Lucía Ferrer', locale: 'es-ES' });
	const team = teams.tenant.addTeam({ name: 'Sales' });
	const channel = teams.tenant.addChannel(team, 'Offers');
	const conversations = {
		direct: teams.tenant.openPersonalChat(tom.id).id,
		group: teams.tenant.addGroupChat([tom.id, lucia.id], 'Plans').id,
		channel: channel.id,
	};
	if (start) {
		await platform.start(
			async (event) => {
				if (sinkError !== null) throw sinkError;
				if (isPlaceEvent(event)) happenings.push(event);
				else events.push(event);
			},
			async () => {},
		);
	}
	return {
		teams,
		platform,
		address,
		events,
		happenings,
		rejected,
		failed,
		healths,
		sinkFails: (error) => {
			sinkError = error;
		},
		advance: (byMs) => {
			aheadMs += byMs;
		},
		tom,
		lucia,
		conversations,
		placeOf: (kind, threadId = '') => ({
			platform: 'teams',
			tenantId: teams.tenantId,
			channelId: conversations[kind],
			threadId: kind === 'channel' ? threadId : '',
			kind,
			route: kind === 'channel' ? `${teams.serviceUrl}#${encodeURIComponent(team.id)}` : teams.serviceUrl,
		}),
		actor: (user) => ({ tenantId: teams.tenantId, accountId: user.aadObjectId ?? '' }),
		async close() {
			await platform.stop();
			await server.close();
			await teams.close();
		},
	};
}

/** An app of the emulated tenant, with Graph. */
export function settingsFor(teams: TeamsEmulator): TeamsSettings {
	return {
		appId: teams.appId,
		appPassword: teams.appPassword,
		appType: 'SingleTenant',
		tenantId: teams.tenantId,
		openIdUrl: teams.openIdMetadataUrl,
		loginUrl: teams.loginUrl,
		serviceHosts: [new URL(teams.serviceUrl).host],
		graphUrl: teams.graphUrl,
		fileHosts: [new URL(teams.filesUrl).host],
		anonymous: false,
	};
}
