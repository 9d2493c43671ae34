/** What the emulator's own tests share: discord.js pointed at the emulator, and the error of a call. */

import { Client, type ClientOptions, DiscordAPIError, Events, GatewayIntentBits, Partials, REST } from 'discord.js';
import { vi } from 'vitest';
import { patienceMs } from '#test/setup/patience.ts';
import type { DiscordEmulator } from './discord-emulator.ts';

const chatIntents = [
	GatewayIntentBits.Guilds,
	GatewayIntentBits.GuildMessages,
	GatewayIntentBits.DirectMessages,
	GatewayIntentBits.MessageContent,
];

/** A client as a bot makes it; it is not connected yet. Errors it emits are kept quiet: they are what some tests are about. */
export function createClient(discord: DiscordEmulator, options: Partial<ClientOptions> = {}): Client {
	const client = new Client({
		intents: chatIntents,
		partials: [Partials.Channel],
		rest: { api: discord.apiUrl, cdn: discord.cdnUrl, version: '10' },
		...options,
	});
	client.on(Events.Error, () => undefined);
	return client;
}

/** Connects and waits until the client knows its guilds. */
export async function connect(discord: DiscordEmulator, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
	const client = createClient(discord, options);
	const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
	await client.login(discord.botToken);
	await ready;
	return client as Client<true>;
}

/** The REST client alone; it gives up at once instead of waiting for a limit, and does not repeat what failed. */
export function createRest(discord: DiscordEmulator): REST {
	return new REST({ api: discord.apiUrl, version: '10', retries: 0, rejectOnRateLimit: () => true }).setToken(discord.botToken);
}

/** Discord's code of the refusal, the client's own word for other failures, or `ok`. */
export async function codeOf(call: Promise<unknown>): Promise<number | string> {
	return call.then(
		() => 'ok',
		(error: unknown) => (error instanceof DiscordAPIError ? error.code : error instanceof Error ? error.name : String(error)),
	);
}

/** Waits until the check passes. */
export function eventually(check: () => void): Promise<void> {
	return vi.waitFor(check, { timeout: patienceMs, interval: 5 });
}
