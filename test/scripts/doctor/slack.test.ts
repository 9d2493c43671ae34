import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '#test/e2e/eventually.ts';
import { startSlackEmulator } from '#test/emulators/slack/index.ts';
import { diagnoseSlack, type SlackCredentials } from '../../../adapters/slack/doctor.ts';
import { emailScope, groupScope, slackScopes } from '../../../adapters/slack/scopes.ts';
import { nowhere, patience, startStub } from './stub-server.ts';

async function startSlack(options: Parameters<typeof startSlackEmulator>[0] = {}) {
	const slack = await startSlackEmulator(options);
	onTestFinished(() => slack.close());
	const { botToken, appToken, signingSecret, apiUrl } = slack;
	return { slack, credentials: { botToken, appToken, signingSecret, apiUrl } satisfies SlackCredentials };
}

test('a sound installation has a token, all scopes and Socket Mode; the signing secret only Slack can check', async () => {
	const { credentials, slack } = await startSlack();
	expect(await diagnoseSlack(credentials, patience())).toEqual([
		{ level: 'good', code: 'slack-token', team: 'Emulated', bot: 'openccb' },
		{ level: 'good', code: 'slack-scopes', count: slackScopes.length - 1 },
		{ level: 'note', code: 'slack-emails', isGranted: false },
		{ level: 'good', code: 'slack-groups' },
		{ level: 'good', code: 'slack-socket-mode' },
		{ level: 'note', code: 'slack-signing-secret' },
	]);
	expect(slack.socketMode.connections()).toBe(0);
});

test('only what is configured is asked about', async () => {
	const { credentials, slack } = await startSlack();
	const findings = await diagnoseSlack({ ...credentials, appToken: null, signingSecret: null }, patience());
	expect(findings.map(({ code }) => code)).toEqual(['slack-token', 'slack-scopes', 'slack-emails', 'slack-groups']);
	expect(slack.calls.map(({ method }) => method)).toEqual(['auth.test', 'usergroups.list']);
});

test('scopes that were not granted are named', async () => {
	const { credentials } = await startSlack({ scopes: slackScopes.filter((scope) => scope !== 'files:read' && scope !== 'commands') });
	const findings = await diagnoseSlack(credentials, patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'slack-scopes-missing', scopes: ['commands', 'files:read'] });
});

test('that roles cannot follow groups deserves a look, whatever keeps them from it', async () => {
	const { credentials, slack } = await startSlack({ scopes: slackScopes.filter((scope) => scope !== groupScope) });
	const findings = await diagnoseSlack(credentials, patience());
	expect(findings).toContainEqual({ level: 'good', code: 'slack-scopes', count: slackScopes.length - 1 });
	expect(findings).toContainEqual({ level: 'warning', code: 'slack-groups-untold', reason: 'missing_scope' });
	slack.setScopes(slackScopes);
	slack.fail({ method: 'usergroups.list', kind: 'error', error: 'plan_upgrade_required' });
	const unpaid = { level: 'warning', code: 'slack-groups-untold', reason: 'plan_upgrade_required' };
	expect(await diagnoseSlack(credentials, patience())).toContainEqual(unpaid);
	slack.fail({ method: 'usergroups.list', kind: '500' });
	expect((await diagnoseSlack(credentials, patience())).map(({ code }) => code)).not.toContain('slack-groups-untold');
});

test('whether the bot may see e-mail addresses is said', async () => {
	const { credentials } = await startSlack({ scopes: [...slackScopes, emailScope] });
	expect(await diagnoseSlack(credentials, patience())).toContainEqual({ level: 'note', code: 'slack-emails', isGranted: true });
});

test('tokens that Slack refuses are told apart', async () => {
	const { credentials } = await startSlack();
	const findings = await diagnoseSlack({ ...credentials, botToken: 'xoxb-of-another', appToken: 'xapp-of-another' }, patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'slack-token-refused', reason: 'invalid_auth' });
	expect(findings).toContainEqual({ level: 'bad', code: 'slack-app-token-refused', reason: 'invalid_auth' });
});

test('a token of another kind is not called a wrong one', async () => {
	const { credentials } = await startSlack();
	const findings = await diagnoseSlack({ ...credentials, botToken: credentials.appToken }, patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'slack-token-unusable', reason: 'not_allowed_token_type' });
});

test.each([
	['nobody listens', nowhere, 'ECONNREFUSED'],
	['somebody else answers with a page', async () => await startStub({ 'POST /api/auth.test': { body: '<h1>Welcome</h1>' } }), 'not Slack'],
	['a proxy says no', async () => await startStub({ 'POST /api/auth.test': { status: 403, body: 'no' } }), 'HTTP 403'],
])('an address where %s is unreachable', async (_what, origin, reason) => {
	const apiUrl = `${await origin()}/api/`;
	const credentials = { botToken: 'xoxb-1', appToken: null, signingSecret: null, apiUrl };
	const [finding] = await diagnoseSlack(credentials, patience());
	expect(finding).toEqual({ level: 'bad', code: 'slack-unreachable', host: new URL(apiUrl).host, reason });
});

test('scopes that Slack does not tell deserve a look', async () => {
	const origin = await startStub({ 'POST /api/auth.test': { body: { ok: true, team: 'T', user: 'U' } } });
	const credentials = { botToken: 'xoxb-1', appToken: null, signingSecret: null, apiUrl: `${origin}/api/` };
	expect(await diagnoseSlack(credentials, patience())).toContainEqual({ level: 'warning', code: 'slack-scopes-unknown' });
});

test('what Slack has not said in time counts as unreachable', async () => {
	const { credentials, slack } = await startSlack();
	slack.fail({ method: 'apps.connections.open', kind: 'hang' });
	const patienceIsOver = new AbortController();
	const diagnosis = diagnoseSlack(credentials, patienceIsOver.signal);
	await eventually(() => slack.callsTo('auth.test')[0]?.answeredAtMs);
	patienceIsOver.abort();
	const unreachable = { level: 'bad', code: 'slack-unreachable', host: new URL(credentials.apiUrl).host, reason: 'timeout' };
	expect(await diagnosis).toContainEqual(unreachable);
});
