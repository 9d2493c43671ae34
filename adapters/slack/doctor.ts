/** What is wrong with the Slack side of an installation: asks Slack itself, changes nothing. */

import { type BotError, toBotError } from '#src/errors.ts';
import { createSlackCall, type SlackAnswer, type SlackCall, type SlackLogger } from './client.ts';
import { credentialErrors } from './errors.ts';
import { untoldErrors } from './groups.ts';
import { emailScope, groupScope, slackScopes } from './scopes.ts';

export interface SlackCredentials {
	botToken: string;
	/** Null when events do not come over HTTP. */
	signingSecret: string | null;
	/** Null without Socket Mode. */
	appToken: string | null;
	apiUrl: string;
}

/** `reason` is Slack's own word, such as `invalid_auth`. */
export type SlackFinding =
	| { level: 'good'; code: 'slack-token'; team: string; bot: string }
	| { level: 'bad'; code: 'slack-token-refused'; reason: string }
	| { level: 'bad'; code: 'slack-token-unusable'; reason: string }
	| { level: 'bad'; code: 'slack-unreachable'; host: string; reason: string }
	| { level: 'good'; code: 'slack-scopes'; count: number }
	| { level: 'bad'; code: 'slack-scopes-missing'; scopes: string[] }
	| { level: 'warning'; code: 'slack-scopes-unknown' }
	| { level: 'good'; code: 'slack-groups' }
	| { level: 'warning'; code: 'slack-groups-untold'; reason: string }
	| { level: 'note'; code: 'slack-emails'; isGranted: boolean }
	| { level: 'good'; code: 'slack-socket-mode' }
	| { level: 'bad'; code: 'slack-app-token-refused'; reason: string }
	| { level: 'note'; code: 'slack-signing-secret' };

/**
 * Asks `auth.test` and `usergroups.list`, and with an app-level token for the address of a Socket Mode connection, which is not opened.
 * Never throws; what the signal cuts short counts as unreachable.
 */
export async function diagnoseSlack(credentials: SlackCredentials, signal: AbortSignal): Promise<SlackFinding[]> {
	const { botToken, appToken, signingSecret, apiUrl } = credentials;
	const findings = await Promise.all([
		diagnoseToken(createSlackCall(botToken, apiUrl, silent), apiUrl, signal),
		appToken === null ? [] : diagnoseAppToken(createSlackCall(appToken, apiUrl, silent), apiUrl, signal),
		signingSecret === null ? [] : [{ level: 'note', code: 'slack-signing-secret' } as const],
	]);
	return findings.flat();
}

async function diagnoseToken(call: SlackCall, apiUrl: string, signal: AbortSignal): Promise<SlackFinding[]> {
	try {
		const answer = await call('auth.test', {}, signal);
		return [
			{ level: 'good', code: 'slack-token', team: String(answer['team']), bot: String(answer['user']) },
			...diagnoseScopes(answer),
			...(await diagnoseGroups(call, signal)),
		];
	} catch (thrown) {
		const error = toBotError(thrown);
		const reason = error.reason ?? '';
		if (!isRefusal(error)) return [unreachable(apiUrl, error)];
		return [{ level: 'bad', code: credentialErrors.has(reason) ? 'slack-token-refused' : 'slack-token-unusable', reason }];
	}
}

/** The SDK puts the header `x-oauth-scopes` there. */
function diagnoseScopes({ response_metadata: metadata }: SlackAnswer): SlackFinding[] {
	const granted = (metadata as { scopes?: unknown } | undefined)?.scopes;
	if (!Array.isArray(granted)) return [{ level: 'warning', code: 'slack-scopes-unknown' }];
	const needed = slackScopes.filter((scope) => scope !== groupScope);
	const missing = needed.filter((scope) => !granted.includes(scope));
	return [
		missing.length > 0
			? { level: 'bad', code: 'slack-scopes-missing', scopes: missing }
			: { level: 'good', code: 'slack-scopes', count: needed.length },
		{ level: 'note', code: 'slack-emails', isGranted: granted.includes(emailScope) },
	];
}

/** Asked for and not read off the scopes: the workspace's plan has a say too. */
async function diagnoseGroups(call: SlackCall, signal: AbortSignal): Promise<SlackFinding[]> {
	try {
		await call('usergroups.list', {}, signal);
		return [{ level: 'good', code: 'slack-groups' }];
	} catch (thrown) {
		const { reason = '' } = toBotError(thrown);
		// Whatever else goes wrong says nothing of the right, and the token was good a moment ago.
		return untoldErrors.has(reason) ? [{ level: 'warning', code: 'slack-groups-untold', reason }] : [];
	}
}

async function diagnoseAppToken(call: SlackCall, apiUrl: string, signal: AbortSignal): Promise<SlackFinding[]> {
	try {
		await call('apps.connections.open', {}, signal);
		return [{ level: 'good', code: 'slack-socket-mode' }];
	} catch (thrown) {
		const error = toBotError(thrown);
		if (!isRefusal(error)) return [unreachable(apiUrl, error)];
		return [{ level: 'bad', code: 'slack-app-token-refused', reason: error.reason ?? '' }];
	}
}

/** An answer that is no JSON has no word of Slack's. */
function isRefusal({ code, reason = '' }: BotError): boolean {
	return code === 'PLATFORM_REJECTED' && /^[a-z_]{1,60}$/.test(reason);
}

function unreachable(apiUrl: string, error: BotError): SlackFinding {
	return { level: 'bad', code: 'slack-unreachable', host: new URL(apiUrl).host, reason: networkReason(error) };
}

/** The code of the socket or of TLS lies below the SDK's own error and the runtime's. */
function networkReason(error: BotError): string {
	if (error.code === 'PLATFORM_RATE_LIMITED') return 'HTTP 429';
	for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
		if ('statusCode' in cause && typeof cause.statusCode === 'number') return `HTTP ${cause.statusCode}`;
		if ('code' in cause && typeof cause.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(cause.code)) return cause.code;
	}
	return error.code === 'PLATFORM_REJECTED' ? 'not Slack' : 'timeout';
}

const silent: SlackLogger = {
	debug: () => {},
	info: () => {},
	warn: () => {},
	error: () => {},
	setLevel: () => {},
	getLevel: () => 'error' as never,
	setName: () => {},
};
