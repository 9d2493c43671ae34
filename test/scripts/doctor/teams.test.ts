import { afterEach, expect, onTestFinished, test } from 'vitest';
import { startTeamsEmulator } from '#test/emulators/teams/index.ts';
import { diagnoseTeams } from '../../../adapters/teams/doctor.ts';
import type { TeamsSettings } from '../../../adapters/teams/settings.ts';
import { nowhere, patience, startStub } from './stub-server.ts';

const otherId = '0f9a3c1e-5f0b-4a8e-9d6c-2b1a7e4f3d5c';
const endpoint = { level: 'note', code: 'teams-endpoint' };

async function startTeams() {
	const teams = await startTeamsEmulator();
	onTestFinished(() => teams.close());
	const settings: TeamsSettings = {
		appId: teams.appId,
		appPassword: teams.appPassword,
		appType: 'SingleTenant',
		tenantId: teams.tenantId,
		openIdUrl: teams.openIdMetadataUrl,
		loginUrl: teams.loginUrl,
		serviceHosts: ['127.0.0.1'],
		graphUrl: null,
		fileHosts: [],
		anonymous: false,
	};
	return { teams, settings };
}

test('a sound installation has a token and keys; whether Teams reaches it only Teams can tell', async () => {
	const { settings, teams } = await startTeams();
	expect(await diagnoseTeams(settings, patience())).toEqual([
		{ level: 'good', code: 'teams-token' },
		{ level: 'good', code: 'teams-keys' },
		endpoint,
	]);
	expect(new Set(teams.calls.map(({ operation }) => operation))).toEqual(new Set(['token', 'keys']));
});

test('with Graph there is a token for that too, and the groups can be seen', async () => {
	const { settings, teams } = await startTeams();
	const findings = await diagnoseTeams({ ...settings, graphUrl: teams.graphUrl }, patience());
	expect(findings).toContainEqual({ level: 'good', code: 'teams-graph-token' });
	expect(findings).toContainEqual({ level: 'good', code: 'teams-groups' });
});

test('a right to see groups that is missing is told, and so is a Graph that does not answer', async () => {
	const { settings, teams } = await startTeams();
	teams.grantGraph({ groups: false });
	const hidden = await diagnoseTeams({ ...settings, graphUrl: teams.graphUrl }, patience());
	expect(hidden).toContainEqual({ level: 'warning', code: 'teams-groups-hidden' });
	const graphUrl = await nowhere();
	const lost = await diagnoseTeams({ ...settings, graphUrl }, patience());
	const { host } = new URL(graphUrl);
	expect(lost).toContainEqual({ level: 'bad', code: 'teams-graph-unreachable', host, reason: 'ECONNREFUSED' });
});

test.each([
	['a secret of another app', { appPassword: 'of-another' }, 'teams-secret-wrong', 'AADSTS7000215'],
	['an app of another tenant', { appId: otherId }, 'teams-app-unknown', 'AADSTS700016'],
	['a tenant that does not exist', { tenantId: otherId }, 'teams-tenant-unknown', 'AADSTS90002'],
])('%s is told by Entra’s own code', async (_what, change, code, entraCode) => {
	const { settings } = await startTeams();
	expect(await diagnoseTeams({ ...settings, ...change }, patience())).toContainEqual({ level: 'bad', code, entraCode });
});

test.each([
	[7_000_222, 'teams-secret-expired'],
	[53_003, 'teams-token-refused'],
])('so is refusal %i', async (number, code) => {
	const { settings } = await startTeams();
	const loginUrl = await startStub({
		[`POST /${settings.tenantId}/oauth2/v2.0/token`]: { status: 401, body: { error: 'invalid_client', error_codes: [number] } },
	});
	const findings = await diagnoseTeams({ ...settings, loginUrl }, patience());
	expect(findings).toContainEqual({ level: 'bad', code, entraCode: `AADSTS${number}` });
});

test('a token that is refused for Graph alone is no fault of the secret', async () => {
	const { settings, teams } = await startTeams();
	let asked = 0;
	const refusal = { status: 400, body: { error: 'unauthorized_client', error_codes: [65_001] } };
	const replies = {
		get [`POST /${settings.tenantId}/oauth2/v2.0/token`]() {
			asked += 1;
			return asked === 1 ? { body: { access_token: 'token', expires_in: 3_600 } } : refusal;
		},
	};
	const findings = await diagnoseTeams({ ...settings, loginUrl: await startStub(replies), graphUrl: teams.graphUrl }, patience());
	expect(findings).toContainEqual({ level: 'good', code: 'teams-token' });
	expect(findings).toContainEqual({ level: 'bad', code: 'teams-graph-refused', entraCode: 'AADSTS65001' });
});

test('a login that fails is told with its status', async () => {
	const { settings, teams } = await startTeams();
	teams.fail({ operation: 'token', kind: '502' });
	const { host } = new URL(settings.loginUrl);
	const findings = await diagnoseTeams(settings, patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'teams-login-unreachable', host, reason: 'HTTP 502' });
});

test('a login that nobody answers is told with the way to it', async () => {
	const { settings } = await startTeams();
	const loginUrl = await nowhere();
	const finding = { level: 'bad', code: 'teams-login-unreachable', host: new URL(loginUrl).host, reason: 'ECONNREFUSED' };
	expect(await diagnoseTeams({ ...settings, loginUrl }, patience())).toContainEqual(finding);
});

test('keys that cannot be had are told', async () => {
	const { settings } = await startTeams();
	const unreachable = { level: 'bad', code: 'teams-keys-unreachable' };
	const origin = await nowhere();
	const silent = await diagnoseTeams({ ...settings, openIdUrl: `${origin}/keys` }, patience());
	expect(silent).toContainEqual({ ...unreachable, host: new URL(origin).host, reason: 'ECONNREFUSED' });
	const other = await startStub({ 'GET /keys': { body: '<h1>Welcome</h1>' } });
	const page = await diagnoseTeams({ ...settings, openIdUrl: `${other}/keys` }, patience());
	expect(page).toContainEqual({ ...unreachable, host: new URL(other).host, reason: 'jwks_uri' });
});

test('keys of other channels only are told', async () => {
	const { settings } = await startTeams();
	const keys = await startStub({ 'GET /keys': { body: { keys: [{ kid: '1', endorsements: ['webchat'] }] } } });
	const metadata = await startStub({ 'GET /': { body: { jwks_uri: `${keys}/keys` } } });
	const findings = await diagnoseTeams({ ...settings, openIdUrl: metadata }, patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'teams-keys-unendorsed', host: new URL(metadata).host });
});

test('what is missing among the settings is not asked for', async () => {
	const { settings, teams } = await startTeams();
	expect(await diagnoseTeams({ ...settings, tenantId: '' }, patience())).toEqual([{ level: 'good', code: 'teams-keys' }, endpoint]);
	expect(teams.callsTo('token')).toEqual([]);
});

test('the anonymous mode deserves a look, and nothing is asked', async () => {
	const { settings, teams } = await startTeams();
	const findings = await diagnoseTeams({ ...settings, appId: '', appPassword: null, anonymous: true }, patience());
	expect(findings).toEqual([{ level: 'warning', code: 'teams-anonymous' }]);
	expect(teams.calls).toEqual([]);
});

afterEach(() => {
	delete process.env['IDENTITY_ENDPOINT'];
	delete process.env['IDENTITY_HEADER'];
});

test('a managed identity that gives a token is good', async () => {
	const { settings } = await startTeams();
	// How Azure App Service tells its programs where to ask ("How to use managed identities for App Service", REST endpoint reference).
	const body = { access_token: 'token', expires_on: `${Math.floor(Date.now() / 1_000) + 3_600}`, resource: 'r', token_type: 'Bearer' };
	process.env['IDENTITY_ENDPOINT'] = `${await startStub({ 'GET /token': { body } })}/token`;
	process.env['IDENTITY_HEADER'] = 'header';
	const findings = await diagnoseTeams({ ...settings, appType: 'UserAssignedMSI', appPassword: null }, patience());
	expect(findings).toContainEqual({ level: 'good', code: 'teams-managed-identity' });
});

test('a managed identity that this machine does not have is told', async () => {
	const { settings } = await startTeams();
	process.env['IDENTITY_ENDPOINT'] = `${await startStub({ 'GET /token': { status: 400, body: { message: 'no such identity' } } })}/token`;
	process.env['IDENTITY_HEADER'] = 'header';
	const findings = await diagnoseTeams({ ...settings, appType: 'UserAssignedMSI', appPassword: null }, patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'teams-managed-identity-missing' });
});
