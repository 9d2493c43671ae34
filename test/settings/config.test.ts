import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { readSettings } from '#src/settings/settings.ts';

const uuid = '0f9a3c1e-5f0b-4a8e-9d6c-2b1a7e4f3d5c';
const teams = { TEAMS_APP_ID: uuid, TEAMS_APP_PASSWORD: 's', TEAMS_TENANT_ID: uuid };
const discord = { DISCORD_BOT_TOKEN: 't', DISCORD_APPLICATION_ID: '100000000000000001', DISCORD_GUILDS: '100000000000000002' };
const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };

describe('readSettings', () => {
	it('needs nothing', () => {
		expect(readSettings({})).toMatchObject({
			http: { host: '127.0.0.1', port: 3000 },
			platforms: { slack: null, teams: null, discord: null },
			models: { hosts: ['http://127.0.0.1:11434'], models: [{ slots: 'auto' }] },
			database: { url: null, dataFolder: './data' },
			documents: { bucket: null, access: null },
			redis: { url: null },
		});
	});

	it('counts an empty variable as absent', () => {
		expect(readSettings({ PORT: '', SLACK_BOT_TOKEN: ' ' })).toMatchObject({ http: { port: 3000 }, platforms: { slack: null } });
	});

	it.each([
		['127.0.0.1:1', ['http://127.0.0.1:1']],
		['http://a:1/, https://b', ['http://a:1', 'https://b']],
	])('reads the model hosts %s', (value, hosts) => {
		expect(readSettings({ OLLAMA_HOST: value }).models.hosts).toEqual(hosts);
	});

	it('reads every platform beside the others', () => {
		const { platforms } = readSettings({ ...slack, ...teams, ...discord, TEAMS_SERVICE_HOSTS: 'a.example, *.b.example:8443' });
		expect(platforms).toMatchObject({
			slack: { botToken: 'xoxb-1', signingSecret: 's', appToken: null, nativeStreams: true },
			teams: { appId: uuid, appPassword: 's', tenantId: uuid, serviceHosts: ['a.example', '*.b.example:8443'], graphUrl: null },
			discord: { botToken: 't', applicationId: '100000000000000001', guilds: ['100000000000000002'] },
		});
	});

	it('lets anybody in without a check on this machine alone', () => {
		expect(readSettings({ TEAMS_ANONYMOUS: 'on' }).platforms.teams).toMatchObject({ appId: '', anonymous: true });
	});

	it('reads limits as numbers, and none as no limit', () => {
		const { limits } = readSettings({ OPENCCB_TOKENS_PER_DAY: 'none', OPENCCB_REPLIES_IN_FLIGHT: '3' });
		expect(limits).toEqual({ requestsPerMinute: 20, tokensPerDay: null, repliesInFlight: 3 });
	});

	it.each([
		[undefined, { chat: true, jobs: true }],
		['chat', { chat: true, jobs: false }],
		['jobs', { chat: false, jobs: true }],
		['jobs, chat', { chat: true, jobs: true }],
		['jobs,all', { chat: true, jobs: true }],
		['none', { chat: false, jobs: false }],
	])('reads the roles %s', (OPENCCB_ROLES, roles) => {
		expect(readSettings({ OPENCCB_ROLES, DATABASE_URL: 'postgres://host/db' }).process.roles).toEqual(roles);
	});

	it('hands durations out in milliseconds, which variables say in seconds', () => {
		const { models, process } = readSettings({
			OLLAMA_QUEUE_SECONDS: '2',
			OPENCCB_LEASE_SECONDS: '3',
			OPENCCB_GRACE_SECONDS: '4',
			OPENCCB_DRAIN_SECONDS: '5',
		});
		expect(models.deadlines).toEqual({ queueMs: 2_000, firstTokenMs: 180_000, silenceMs: 60_000, totalMs: 900_000 });
		expect(process).toMatchObject({ leaseMs: 3_000, drainMs: 5_000, graceMs: 4_000 });
	});

	it('ends the address of the Web API with a slash', () => {
		expect(readSettings({ ...slack, SLACK_API_URL: 'http://127.0.0.1:1/api' }).platforms.slack?.apiUrl).toBe('http://127.0.0.1:1/api/');
	});

	it('switches the web on by its address', () => {
		expect(readSettings({}).web).toBeNull();
		expect(readSettings({ OPENCCB_PUBLIC_URL: 'https://Bot.example.com/', OPENCCB_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).web).toEqual({
			publicUrl: 'https://bot.example.com',
			trustedProxies: ['10.0.0.0/8', '::1'],
			sessions: { idleHours: 12, mostDays: 7 },
		});
		expect(readSettings({ OPENCCB_PUBLIC_URL: 'http://localhost:3000' }).web?.publicUrl).toBe('http://localhost:3000');
	});

	it('reads where documents lie, and how to get into buckets', () => {
		const { documents } = readSettings({
			...{ KNOWLEDGE_STORAGE: 's3://documents/company', KNOWLEDGE_S3_KEY: 'k', KNOWLEDGE_S3_SECRET: 's' },
			...{ KNOWLEDGE_S3_ENDPOINT: 'http://minio:9000/', KNOWLEDGE_S3_PATH_STYLE: 'off' },
		});
		expect(documents).toEqual({
			bucket: { bucket: 'documents', prefix: 'company/' },
			access: { endpoint: 'http://minio:9000', region: 'us-east-1', keyId: 'k', secret: 's', pathStyle: false },
		});
		const amazon = readSettings({ KNOWLEDGE_S3_KEY: 'k', KNOWLEDGE_S3_SECRET: 's', KNOWLEDGE_S3_REGION: 'eu-south-2' });
		expect(amazon.documents).toMatchObject({ bucket: null, access: { endpoint: 'https://s3.eu-south-2.amazonaws.com', pathStyle: true } });
	});

	it.each([
		[{ PORT: 'eighty-secret' }, 'PORT'],
		[{ PORT: '99999' }, 'PORT'],
		[{ OLLAMA_HOST: 'ftp://secret' }, 'OLLAMA_HOST'],
		[{ OPENCCB_DOMAIN: 'https://secret.example.com' }, 'OPENCCB_DOMAIN'],
		[{ OPENCCB_DOMAIN: 'secret' }, 'OPENCCB_DOMAIN'],
		[{ OPENCCB_PUBLIC_URL: 'secret.example.com' }, 'OPENCCB_PUBLIC_URL'],
		[{ OPENCCB_PUBLIC_URL: 'http://secret.example.com' }, 'OPENCCB_PUBLIC_URL'],
		[{ OPENCCB_PUBLIC_URL: 'http://localhost.secret.example' }, 'OPENCCB_PUBLIC_URL'],
		[{ OPENCCB_PUBLIC_URL: 'https://secret.example.com/chat' }, 'OPENCCB_PUBLIC_URL'],
		[{ OPENCCB_PUBLIC_URL: 'https://a:b@secret.example.com' }, 'OPENCCB_PUBLIC_URL'],
		[{ OPENCCB_TRUSTED_PROXIES: '10.0.0.0/8, secret' }, 'OPENCCB_TRUSTED_PROXIES'],
		[{ OPENCCB_TRUSTED_PROXIES: '10.0.0.0/33' }, 'OPENCCB_TRUSTED_PROXIES'],
		[{ OPENCCB_WEB_IDLE_HOURS: '0' }, 'OPENCCB_WEB_IDLE_HOURS'],
		[{ DATABASE_URL: 'mysql://user:secret@host/db' }, 'DATABASE_URL'],
		[{ KNOWLEDGE_STORAGE: '/srv/secret' }, 'KNOWLEDGE_STORAGE'],
		[{ KNOWLEDGE_STORAGE: 's3://secret' }, 'KNOWLEDGE_S3_KEY'],
		[{ KNOWLEDGE_S3_KEY: 'secret' }, 'KNOWLEDGE_S3_SECRET'],
		[{ KNOWLEDGE_S3_SECRET: 'secret' }, 'KNOWLEDGE_S3_KEY'],
		[{ KNOWLEDGE_S3_REGION: 'secret region' }, 'KNOWLEDGE_S3_REGION'],
		[{ KNOWLEDGE_S3_ENDPOINT: 'ftp://secret' }, 'KNOWLEDGE_S3_ENDPOINT'],
		[{ ...slack, SLACK_BOT_TOKEN: 'secret' }, 'SLACK_BOT_TOKEN'],
		[{ SLACK_BOT_TOKEN: 'xoxb-secret' }, 'SLACK_SIGNING_SECRET'],
		[{ SLACK_SIGNING_SECRET: 'secret' }, 'SLACK_BOT_TOKEN'],
		[{ ...teams, TEAMS_APP_ID: 'secret' }, 'TEAMS_APP_ID'],
		[{ ...teams, TEAMS_APP_TYPE: 'singletenant-secret' }, 'TEAMS_APP_TYPE'],
		[{ ...teams, TEAMS_TENANT_ID: '' }, 'TEAMS_TENANT_ID'],
		[{ ...teams, TEAMS_APP_PASSWORD: '' }, 'TEAMS_APP_PASSWORD'],
		[{ ...teams, TEAMS_APP_TYPE: 'UserAssignedMSI' }, 'TEAMS_APP_PASSWORD'],
		[{ TEAMS_APP_PASSWORD: 'secret' }, 'TEAMS_APP_ID'],
		[{ ...teams, TEAMS_SERVICE_HOSTS: 'https://secret/' }, 'TEAMS_SERVICE_HOSTS'],
		[{ ...teams, TEAMS_ANONYMOUS: 'on' }, 'TEAMS_ANONYMOUS'],
		[{ TEAMS_ANONYMOUS: 'on', HOST: '0.0.0.0' }, 'TEAMS_ANONYMOUS'],
		[{ ...discord, DISCORD_APPLICATION_ID: 'secret' }, 'DISCORD_APPLICATION_ID'],
		[{ ...discord, DISCORD_GUILDS: '100000000000000002,secret' }, 'DISCORD_GUILDS'],
		[{ ...discord, DISCORD_GUILDS: '' }, 'DISCORD_GUILDS'],
		[{ DISCORD_GUILDS: '100000000000000002' }, 'DISCORD_BOT_TOKEN'],
		[{ OLLAMA_ANSWER_TOKENS: '8000' }, 'OLLAMA_ANSWER_TOKENS'],
		[{ OLLAMA_SLOTS: 'secret' }, 'OLLAMA_SLOTS'],
		[{ OPENCCB_REQUESTS_PER_MINUTE: '0' }, 'OPENCCB_REQUESTS_PER_MINUTE'],
		[{ OPENCCB_TOKENS_PER_DAY: 'secret' }, 'OPENCCB_TOKENS_PER_DAY'],
		[{ KNOWLEDGE_CHANNELS: 'secret' }, 'KNOWLEDGE_CHANNELS'],
		[{ KNOWLEDGE_SYNC: '/srv/secret' }, 'KNOWLEDGE_SYNC'],
		[{ KNOWLEDGE_SYNC: '/srv/a => company; /srv/a => slack:T1:secret' }, 'KNOWLEDGE_SYNC'],
		[{ KNOWLEDGE_SYNC: 's3://secret => company' }, 'KNOWLEDGE_S3_KEY'],
		[{ KNOWLEDGE_SYNC_MINUTES: '0' }, 'KNOWLEDGE_SYNC_MINUTES'],
		[{ LINK_HOSTS: 'https://secret/' }, 'LINK_HOSTS'],
		[{ OPENCCB_ROLES: 'chat,secret', DATABASE_URL: 'postgres://host/db' }, 'OPENCCB_ROLES'],
		[{ OPENCCB_ROLES: 'jobs' }, 'OPENCCB_ROLES'],
		[{ OPENCCB_ROLES: 'none' }, 'OPENCCB_ROLES'],
		[{ OPENCCB_LEASE_SECONDS: '2' }, 'OPENCCB_LEASE_SECONDS'],
		[{ OPENCCB_GRACE_SECONDS: '0' }, 'OPENCCB_GRACE_SECONDS'],
		[{ OPENCCB_DRAIN_SECONDS: 'secret' }, 'OPENCCB_DRAIN_SECONDS'],
		[{ OPENCCB_COMMIT: 'the secret one' }, 'OPENCCB_COMMIT'],
	])('refuses %j by naming the variable and never its value', (environment, name) => {
		const error = refusalOf(environment);
		expect(error.code).toBe('CONFIG_INVALID');
		expect(error.message).toContain(name);
		expect(error.message).not.toContain('secret');
	});

	it('names every bad variable at once', () => {
		const { message } = refusalOf({ PORT: 'x', LOG_LEVEL: 'loud' });
		expect(message).toContain('PORT');
		expect(message).toContain('LOG_LEVEL');
	});
});

function refusalOf(environment: Record<string, string>): BotError {
	try {
		readSettings(environment);
	} catch (error) {
		if (error instanceof BotError) return error;
	}
	throw new Error('it was accepted');
}
