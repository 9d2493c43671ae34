/** What is wrong with the Discord side of an installation: asks Discord itself, connects to no gateway, changes nothing. */

import type {
	APIApplication,
	APIGuild,
	APIGuildMember,
	APIUser,
	RESTGetAPICurrentUserGuildsResult,
	RESTGetAPIGatewayBotResult,
	RouteLike,
} from 'discord.js';
import { type BotError, toBotError } from '#src/errors.ts';
import { createDiscordCall } from './client.ts';
import { discordInviteUrl, discordPermissions } from './commands.ts';

export interface DiscordCredentials {
	botToken: string;
	/** Null when it is not set; that is then said where the settings are read. */
	applicationId: string | null;
	/** Ids of the servers that are served. */
	guilds: readonly string[];
	apiUrl: string;
}

/** `permissions` are the names of `discordPermissions`; `inviteUrl` adds the bot to a server, or its missing permissions. */
export type DiscordFinding =
	| { level: 'good'; code: 'discord-token'; bot: string }
	| { level: 'bad'; code: 'discord-token-refused' }
	| { level: 'bad'; code: 'discord-unreachable'; host: string; reason: string }
	| { level: 'bad'; code: 'discord-other-application'; applicationId: string }
	| { level: 'good'; code: 'discord-message-content' }
	| { level: 'bad'; code: 'discord-message-content-off' }
	| { level: 'bad'; code: 'discord-interactions-elsewhere' }
	| { level: 'warning'; code: 'discord-public-bot' }
	| { level: 'good'; code: 'discord-guild'; guild: string }
	| { level: 'bad'; code: 'discord-guild-not-joined'; guildId: string; inviteUrl: string }
	| { level: 'bad'; code: 'discord-guild-permissions'; guild: string; permissions: string[]; inviteUrl: string }
	| { level: 'bad'; code: 'discord-guild-unreadable'; guildId: string; reason: string }
	| { level: 'warning'; code: 'discord-other-guilds'; guilds: string[] }
	| { level: 'good'; code: 'discord-session-starts'; remaining: number; total: number }
	| { level: 'warning'; code: 'discord-session-starts-low'; remaining: number; hours: number }
	| { level: 'bad'; code: 'discord-session-starts-spent'; hours: number };

/** "Application" page, application flags: the intent is granted, the latter to apps that fewer people can reach. */
const messageContentFlags = (1 << 18) | (1 << 19);
/** "Permissions" page. */
const administrator = 1n << 3n;
/** In the words of `errors.ts`. */
const notJoined = new Set(['no-access', 'guild-gone', 'member-unknown']);
/** Each start of the program and each lost session takes one; the usual day has 1,000. */
const fewStarts = 50;
const hourMs = 3_600_000;

/** Makes GET requests only. Never throws; what the signal cuts short counts as unreachable. */
export async function diagnoseDiscord(credentials: DiscordCredentials, signal: AbortSignal): Promise<DiscordFinding[]> {
	const call = createDiscordCall(credentials.botToken, credentials.apiUrl);
	const get: Get = async (route) => (await call(`GET ${route}`, { method: 'GET', route }, signal)) as never;
	try {
		// First and alone: with a bad token every further call would count towards the ban for invalid requests.
		const bot = await get<APIUser>('/users/@me');
		const application = await get<APIApplication>('/applications/@me');
		const inviteUrl = discordInviteUrl(application.id);
		const parts = await Promise.allSettled([
			...credentials.guilds.map((guildId) => diagnoseGuild(get, bot.id, guildId, inviteUrl)),
			diagnoseOtherGuilds(get, credentials.guilds),
			diagnoseStarts(get),
		]);
		const failed = parts.find((part) => part.status === 'rejected');
		return [
			{ level: 'good', code: 'discord-token', bot: bot.username },
			...judgeApplication(application, credentials.applicationId),
			...parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : [])),
			...(failed === undefined ? [] : [refusedOrUnreachable(credentials.apiUrl, toBotError(failed.reason))]),
		];
	} catch (thrown) {
		return [refusedOrUnreachable(credentials.apiUrl, toBotError(thrown))];
	}
}

type Get = <Answer>(route: RouteLike) => Promise<Answer>;

function judgeApplication(application: APIApplication, expectedId: string | null): DiscordFinding[] {
	const hasContent = ((application.flags ?? 0) & messageContentFlags) !== 0;
	return [
		...(expectedId === null || application.id === expectedId
			? []
			: [{ level: 'bad', code: 'discord-other-application', applicationId: application.id } as const]),
		hasContent ? { level: 'good', code: 'discord-message-content' } : { level: 'bad', code: 'discord-message-content-off' },
		// "Interactions Overview": an app gets them over the gateway or at this address, never both.
		...(application.interactions_endpoint_url ? [{ level: 'bad', code: 'discord-interactions-elsewhere' } as const] : []),
		...(application.bot_public ? [{ level: 'warning', code: 'discord-public-bot' } as const] : []),
	];
}

async function diagnoseGuild(get: Get, botId: string, guildId: string, inviteUrl: string): Promise<DiscordFinding[]> {
	try {
		const [guild, member] = await Promise.all([
			get<APIGuild>(`/guilds/${guildId}`),
			get<APIGuildMember>(`/guilds/${guildId}/members/${botId}`),
		]);
		const missing = missingPermissions(guild, member, botId);
		if (missing.length === 0) return [{ level: 'good', code: 'discord-guild', guild: guild.name }];
		return [{ level: 'bad', code: 'discord-guild-permissions', guild: guild.name, permissions: missing, inviteUrl }];
	} catch (thrown) {
		const error = toBotError(thrown);
		if (notJoined.has(error.reason ?? '')) return [{ level: 'bad', code: 'discord-guild-not-joined', guildId, inviteUrl }];
		return [{ level: 'bad', code: 'discord-guild-unreadable', guildId, reason: networkReason(error) }];
	}
}

/** In the server as a whole; single channels may take rights away or give them. */
function missingPermissions(guild: APIGuild, member: APIGuildMember, botId: string): string[] {
	// The role of everybody has the server's own id.
	const own = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
	const granted = own.reduce((bits, role) => bits | BigInt(role.permissions), 0n);
	if (guild.owner_id === botId || (granted & administrator) !== 0n) return [];
	return Object.entries(discordPermissions).flatMap(([name, bit]) => ((granted & bit) === 0n ? [name] : []));
}

async function diagnoseOtherGuilds(get: Get, served: readonly string[]): Promise<DiscordFinding[]> {
	const joined = await get<RESTGetAPICurrentUserGuildsResult>('/users/@me/guilds');
	const others = joined.filter(({ id }) => !served.includes(id)).map(({ id, name }) => `${name} (${id})`);
	return others.length === 0 ? [] : [{ level: 'warning', code: 'discord-other-guilds', guilds: others }];
}

async function diagnoseStarts(get: Get): Promise<DiscordFinding[]> {
	const { remaining, total, reset_after: resetAfterMs } = (await get<RESTGetAPIGatewayBotResult>('/gateway/bot')).session_start_limit;
	const hours = Math.max(1, Math.ceil(resetAfterMs / hourMs));
	if (remaining === 0) return [{ level: 'bad', code: 'discord-session-starts-spent', hours }];
	if (remaining < Math.min(fewStarts, total / 2)) return [{ level: 'warning', code: 'discord-session-starts-low', remaining, hours }];
	return [{ level: 'good', code: 'discord-session-starts', remaining, total }];
}

function refusedOrUnreachable(apiUrl: string, error: BotError): DiscordFinding {
	if (error.reason === 'unauthorised') return { level: 'bad', code: 'discord-token-refused' };
	return { level: 'bad', code: 'discord-unreachable', host: new URL(apiUrl).host, reason: networkReason(error) };
}

/** The code of the socket or of TLS lies below the SDK's own error and the runtime's. */
function networkReason(error: BotError): string {
	if (error.code === 'PLATFORM_RATE_LIMITED') return 'HTTP 429';
	for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
		if ('status' in cause && typeof cause.status === 'number') return `HTTP ${cause.status}`;
		if ('code' in cause && typeof cause.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(cause.code)) return cause.code;
	}
	return error.code === 'PLATFORM_REJECTED' ? (error.reason ?? '') : 'timeout';
}
