import { expect, onTestFinished, test } from 'vitest';
import { type DiscordEmulator, type DiscordEmulatorOptions, permissions, startDiscordEmulator } from '#test/emulators/discord/index.ts';
import { discordInviteUrl } from '../../../adapters/discord/commands.ts';
import { type DiscordCredentials, diagnoseDiscord } from '../../../adapters/discord/doctor.ts';
import { nowhere, patience, startStub } from './stub-server.ts';

async function startDiscord(options: DiscordEmulatorOptions = {}) {
	const discord = await startDiscordEmulator(options);
	onTestFinished(() => discord.close());
	return discord;
}

function credentialsOf({ botToken, applicationId, apiUrl }: DiscordEmulator, ...guilds: string[]): DiscordCredentials {
	return { botToken, applicationId, apiUrl, guilds };
}

test('a sound installation has token, intent, servers and starts, and is only looked at', async () => {
	const discord = await startDiscord();
	const guild = discord.world.addGuild({ name: 'Acme' });
	expect(await diagnoseDiscord(credentialsOf(discord, guild.id), patience())).toEqual([
		{ level: 'good', code: 'discord-token', bot: expect.any(String) },
		{ level: 'good', code: 'discord-message-content' },
		{ level: 'good', code: 'discord-guild', guild: 'Acme' },
		{ level: 'good', code: 'discord-session-starts', remaining: 1_000, total: 1_000 },
	]);
	expect(new Set(discord.calls.map(({ httpMethod }) => httpMethod))).toEqual(new Set(['GET']));
});

test('with a refused token nothing else is asked', async () => {
	const discord = await startDiscord();
	const findings = await diagnoseDiscord({ ...credentialsOf(discord, '100000000000000001'), botToken: 'of-another' }, patience());
	expect(findings).toEqual([{ level: 'bad', code: 'discord-token-refused' }]);
	expect(discord.calls).toHaveLength(1);
});

test('the token of another application is told', async () => {
	const discord = await startDiscord();
	const findings = await diagnoseDiscord({ ...credentialsOf(discord), applicationId: '100000000000000001' }, patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'discord-other-application', applicationId: discord.applicationId });
});

test('a message content intent that is off is told', async () => {
	const discord = await startDiscord({ messageContentIntent: false });
	expect(await diagnoseDiscord(credentialsOf(discord), patience())).toContainEqual({ level: 'bad', code: 'discord-message-content-off' });
});

test('a server that the bot is not in comes with the link that adds it', async () => {
	const discord = await startDiscord();
	const guild = discord.world.addGuild({ name: 'Acme', withBot: false });
	const notJoined = { level: 'bad', code: 'discord-guild-not-joined', inviteUrl: discordInviteUrl(discord.applicationId) };
	const findings = await diagnoseDiscord(credentialsOf(discord, guild.id, '100000000000000001'), patience());
	expect(findings).toContainEqual({ ...notJoined, guildId: guild.id });
	expect(findings).toContainEqual({ ...notJoined, guildId: '100000000000000001' });
});

test('permissions that neither its role nor everybody’s gives are named', async () => {
	const discord = await startDiscord();
	const guild = discord.world.addGuild({ name: 'Acme', botPermissions: permissions.viewChannel | permissions.attachFiles });
	discord.world.updateRole(guild.id, guild.id, { permissions: permissions.sendMessages | permissions.useApplicationCommands });
	expect(await diagnoseDiscord(credentialsOf(discord, guild.id), patience())).toContainEqual({
		level: 'bad',
		code: 'discord-guild-permissions',
		guild: 'Acme',
		permissions: ['embedLinks', 'readMessageHistory', 'createPublicThreads', 'sendMessagesInThreads'],
		inviteUrl: discordInviteUrl(discord.applicationId),
	});
});

test('an administrator has every permission', async () => {
	const discord = await startDiscord();
	const guild = discord.world.addGuild({ name: 'Acme', botPermissions: permissions.administrator });
	discord.world.updateRole(guild.id, guild.id, { permissions: 0n });
	expect(await diagnoseDiscord(credentialsOf(discord, guild.id), patience())).toContainEqual({
		level: 'good',
		code: 'discord-guild',
		guild: 'Acme',
	});
});

test('servers that are not on the list deserve a look', async () => {
	const discord = await startDiscord();
	const served = discord.world.addGuild({ name: 'Acme' });
	const other = discord.world.addGuild({ name: 'Elsewhere' });
	expect(await diagnoseDiscord(credentialsOf(discord, served.id), patience())).toContainEqual({
		level: 'warning',
		code: 'discord-other-guilds',
		guilds: [`Elsewhere (${other.id})`],
	});
});

test.each([
	[0, { level: 'bad', code: 'discord-session-starts-spent', hours: 3 }],
	[2, { level: 'warning', code: 'discord-session-starts-low', remaining: 2, hours: 3 }],
])('%i starts that are left are told with the time of the next count', async (remaining, finding) => {
	const origin = await startStub(portal({ remaining }));
	expect(await diagnoseDiscord(atStub(origin), patience())).toContainEqual(finding);
});

test('an app that anybody can add, or whose commands go elsewhere, is told', async () => {
	const origin = await startStub(portal({ application: { bot_public: true, interactions_endpoint_url: 'https://example.com/' } }));
	const findings = await diagnoseDiscord(atStub(origin), patience());
	expect(findings).toContainEqual({ level: 'warning', code: 'discord-public-bot' });
	expect(findings).toContainEqual({ level: 'bad', code: 'discord-interactions-elsewhere' });
});

test('a server that cannot be looked at just now does not hide what else was found', async () => {
	const discord = await startDiscord();
	const guild = discord.world.addGuild({ name: 'Acme' });
	discord.fail({ operation: 'get-guild', kind: '503' });
	discord.fail({ operation: 'get-gateway', kind: '502' });
	const { host } = new URL(discord.apiUrl);
	const findings = await diagnoseDiscord(credentialsOf(discord, guild.id), patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'discord-guild-unreadable', guildId: guild.id, reason: 'HTTP 503' });
	expect(findings).toContainEqual({ level: 'bad', code: 'discord-unreachable', host, reason: 'HTTP 502' });
	expect(findings).toContainEqual({ level: 'good', code: 'discord-message-content' });
});

test('an address where nobody listens is unreachable', async () => {
	const origin = await nowhere();
	const finding = { level: 'bad', code: 'discord-unreachable', host: new URL(origin).host, reason: 'ECONNREFUSED' };
	expect(await diagnoseDiscord(atStub(origin), patience())).toEqual([finding]);
});

function atStub(origin: string): DiscordCredentials {
	return { botToken: 'token', applicationId: '1', guilds: [], apiUrl: `${origin}/api` };
}

function portal({ remaining = 1_000, application = {} }: { remaining?: number; application?: object }) {
	return {
		'GET /api/v10/users/@me': { body: { id: '1', username: 'openccb' } },
		'GET /api/v10/applications/@me': { body: { id: '1', flags: 1 << 18, ...application } },
		'GET /api/v10/users/@me/guilds': { body: [] },
		'GET /api/v10/gateway/bot': { body: { session_start_limit: { total: 1_000, remaining, reset_after: 3 * 3_600_000 } } },
	};
}
