/** The bot's tokens: asked for once, renewed in time, never left behind; and the settings without which nobody gets in. */

import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#src/clock.ts';
import { startTeamsEmulator, type TeamsEmulator } from '#test/emulators/teams/index.ts';
import { createCredentials, type Scope, tokenAddress } from '../../../adapters/teams/credentials.ts';
import { isAllowedAddress } from '../../../adapters/teams/hosts.ts';
import { type AppType, checkSettings, type TeamsSettings } from '../../../adapters/teams/settings.ts';
import { openTeamsWorld, settingsFor, type TeamsWorld } from './teams-world.ts';

const { signal } = new AbortController();

describe('a token', () => {
	let teams: TeamsEmulator;
	let nowMs = Date.now();
	afterEach(() => teams.close());

	async function open(settings: Partial<TeamsSettings> = {}) {
		teams = await startTeamsEmulator({ now: () => nowMs });
		return createCredentials({ ...settingsFor(teams), ...settings }, { ...systemClock, now: () => nowMs });
	}
	const asked = () => teams.callsTo('token').length;

	it('is asked for once, however many want it, and kept', async () => {
		const credentials = await open();
		const tokens = await Promise.all(Array.from({ length: 20 }, () => credentials.token('connector', signal)));
		expect(new Set(tokens).size).toBe(1);
		expect(await credentials.token('connector', signal)).toBe(tokens[0]);
		expect(asked()).toBe(1);
		expect(await credentials.token('graph', signal)).not.toBe(tokens[0]);
	});

	it('is renewed before it ends, and the old one serves while nobody answers', async () => {
		const credentials = await open();
		const first = await credentials.token('connector', signal);
		nowMs += 56 * 60_000;
		teams.fail({ operation: 'token', kind: '503' });
		expect(await credentials.token('connector', signal)).toBe(first);
		const second = await credentials.token('connector', signal);
		expect(second).not.toBe(first);
		credentials.forget('connector', first ?? '');
		expect(await credentials.token('connector', signal)).toBe(second);
		credentials.forget('connector', second ?? '');
		expect(await credentials.token('connector', signal)).not.toBe(second);
	});

	it.each([
		['a wrong secret', { appPassword: 'wrong' }, { code: 'PLATFORM_REJECTED', reason: 'invalid_client' }],
		['an unknown tenant', { tenantId: 'elsewhere' }, { code: 'PLATFORM_REJECTED', reason: 'invalid_request' }],
		['nobody who answers', { loginUrl: 'http://127.0.0.1:1' }, { code: 'PLATFORM_UNAVAILABLE', reason: 'not-sent', retryable: true }],
	])('is not to be had with %s, which tells no secret', async (_name, settings, expected) => {
		const credentials = await open(settings);
		const error = await credentials.token('connector', signal).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject(expected);
		expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(/wrong|emulated-app-password/);
	});

	it('is not waited for longer than the caller wants, and serves the others', async () => {
		const credentials = await open();
		teams.fail({ operation: 'token', kind: '503' });
		const impatient = credentials.token('connector', AbortSignal.abort());
		expect(await impatient.catch((thrown: unknown) => thrown)).toMatchObject({ code: 'CANCELLED' });
		teams.clearFaults();
		expect(await credentials.token('connector', signal)).toEqual(expect.any(String));
	});

	it('does not exist in anonymous mode', async () => {
		const credentials = await open({ anonymous: true });
		expect(await credentials.token('connector', signal)).toBeNull();
		expect(asked()).toBe(0);
	});
});

describe('the health', () => {
	let world: TeamsWorld;
	afterEach(() => world.close());

	it('says what is wrong with the credentials, and not what they are', async () => {
		world = await openTeamsWorld({ appPassword: 'wrong-secret' });
		await expect
			.poll(() => world.platform.health())
			.toMatchObject({ state: 'down', reason: expect.stringContaining('TEAMS_APP_PASSWORD') });
		expect(JSON.stringify(world.healths)).not.toContain('wrong-secret');
	});

	it('comes up when Entra answers again', async () => {
		world = await openTeamsWorld({ start: false });
		world.teams.fail({ operation: 'token', kind: '503' });
		await world.platform.start(
			async () => {},
			async () => {},
		);
		await expect.poll(() => world.healths.map(({ state }) => state), { timeout: 5_000 }).toEqual(['down', 'up']);
	});
});

describe('a secret that expires while the program runs', () => {
	it('is a matter of health, until there is a new one', async () => {
		const world = await openTeamsWorld();
		await expect.poll(() => world.platform.health().state).toBe('up');
		world.advance(2 * 3_600_000);
		const error = { status: 401, code: 'invalid_client', message: 'AADSTS7000222: The provided client secret keys are expired.' };
		world.teams.fail({ operation: 'token', kind: 'error', error });
		const post = () => world.platform.post(world.placeOf('direct'), { text: 'hi', buttons: [] }, signal);
		await expect(post()).rejects.toMatchObject({ code: 'PLATFORM_REJECTED', reason: 'invalid_client' });
		await expect.poll(() => world.healths.map(({ state }) => state), { timeout: 5_000 }).toEqual(['up', 'down', 'up']);
		await post();
		await world.close();
	});
});

describe('the settings', () => {
	const good: TeamsSettings = {
		appId: 'app',
		appPassword: 'secret-word',
		appType: 'SingleTenant',
		tenantId: 'tenant',
		openIdUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
		loginUrl: 'https://login.microsoftonline.com',
		serviceHosts: ['smba.trafficmanager.net'],
		graphUrl: null,
		fileHosts: [],
		anonymous: false,
	};

	it.each<Partial<TeamsSettings>>([
		{},
		{ appType: 'MultiTenant' },
		{ appType: 'UserAssignedMSI', appPassword: null },
		{ anonymous: true, appId: '', appPassword: null, tenantId: '', serviceHosts: [] },
	])('are enough: %j', (change) => {
		expect(() => checkSettings({ ...good, ...change })).not.toThrow();
	});

	it.each<[AppType, Scope, string]>([
		['SingleTenant', 'connector', 'tenant'],
		['SingleTenant', 'graph', 'tenant'],
		['MultiTenant', 'connector', 'botframework.com'],
		['MultiTenant', 'graph', 'tenant'],
	])('of type %s ask for a token for the %s in %s', (appType, scope, tenant) => {
		expect(tokenAddress({ ...good, appType }, scope)).toBe(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`);
	});

	it.each<[Partial<TeamsSettings>, string]>([
		[{ appId: '' }, 'TEAMS_APP_ID'],
		[{ appId: ' ' }, 'TEAMS_APP_ID'],
		[{ tenantId: '' }, 'TEAMS_TENANT_ID'],
		[{ appPassword: null }, 'TEAMS_APP_PASSWORD'],
		[{ appPassword: '' }, 'TEAMS_APP_PASSWORD'],
		[{ appType: 'UserAssignedMSI' }, 'TEAMS_APP_PASSWORD'],
		[{ appType: 'Singletenant' as never }, 'TEAMS_APP_TYPE'],
		[{ serviceHosts: [] }, 'TEAMS_SERVICE_HOSTS'],
		[{ anonymous: true }, 'TEAMS_ANONYMOUS'],
	])('are refused: %j', (change, variable) => {
		const check = () => checkSettings({ ...good, ...change });
		expect(check).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(variable) }));
		expect(check).not.toThrow(/secret-word/);
	});
});

describe('an address', () => {
	const hosts = ['smba.trafficmanager.net', '*.botframework.com', '127.0.0.1:8080'];
	it.each([
		['https://smba.trafficmanager.net/emea/', true],
		['https://SMBA.trafficmanager.net/', true],
		['https://europe.api.botframework.com/', true],
		['http://127.0.0.1:8080/x', true],
		['http://smba.trafficmanager.net/', false],
		['https://smba.trafficmanager.net:8443/', false],
		['https://other.trafficmanager.net/', false],
		['https://botframework.com/', false],
		['https://evilbotframework.com/', false],
		['https://smba.trafficmanager.net.evil.example/', false],
		['https://smba.trafficmanager.net@evil.example/', false],
		['https://user:word@smba.trafficmanager.net/', false],
		['http://127.0.0.1/', false],
		['ftp://smba.trafficmanager.net/', false],
		['smba.trafficmanager.net', false],
		['', false],
	])('%s may be called: %s', (address, isAllowed) => {
		expect(isAllowedAddress(address, hosts)).toBe(isAllowed);
	});
});
