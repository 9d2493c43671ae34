/** What is wrong with the Teams side of an installation: asks Entra, the Bot Connector's keys, Graph and nobody else, and changes nothing. */

import { systemClock } from '#src/clock.ts';
import { type BotError, toBotError } from '#src/errors.ts';
import { createCredentials, type Scope, scopes, tokenAddress } from './credentials.ts';
import { createGraph } from './graph.ts';
import { mayReadGroups } from './groups.ts';
import { readJson, send } from './http.ts';
import { asObject, asObjects, textOf } from './json.ts';
import type { TeamsSettings } from './settings.ts';

/** `reason` is a socket's code or an HTTP status; `entraCode` is such as `AADSTS7000215`. */
export type TeamsFinding =
	| { level: 'good'; code: 'teams-token' }
	| { level: 'bad'; code: 'teams-secret-wrong' | 'teams-secret-expired' | 'teams-app-unknown' | 'teams-tenant-unknown'; entraCode: string }
	| { level: 'bad'; code: 'teams-token-refused'; entraCode: string }
	| { level: 'bad'; code: 'teams-login-unreachable'; host: string; reason: string }
	| { level: 'good'; code: 'teams-managed-identity' }
	| { level: 'bad'; code: 'teams-managed-identity-missing' }
	| { level: 'good'; code: 'teams-keys' }
	| { level: 'bad'; code: 'teams-keys-unreachable'; host: string; reason: string }
	| { level: 'bad'; code: 'teams-keys-unendorsed'; host: string }
	| { level: 'good'; code: 'teams-graph-token' }
	| { level: 'bad'; code: 'teams-graph-refused'; entraCode: string }
	| { level: 'good'; code: 'teams-groups' }
	| { level: 'warning'; code: 'teams-groups-hidden' }
	| { level: 'bad'; code: 'teams-graph-unreachable'; host: string; reason: string }
	| { level: 'note'; code: 'teams-endpoint' }
	| { level: 'warning'; code: 'teams-anonymous' };

/**
 * Asks for the tokens that the settings call for, and for the keys of the Bot Connector.
 * Never throws; what the signal cuts short counts as unreachable.
 */
export async function diagnoseTeams(settings: TeamsSettings, signal: AbortSignal): Promise<TeamsFinding[]> {
	if (settings.anonymous) return [{ level: 'warning', code: 'teams-anonymous' }];
	const findings = await Promise.all([diagnoseTokens(settings, signal), diagnoseKeys(settings, signal)]);
	return [...findings.flat(), { level: 'note', code: 'teams-endpoint' }];
}

/** Microsoft Entra, "authentication and authorization error codes". */
const knownRefusals = {
	AADSTS7000215: 'teams-secret-wrong',
	AADSTS7000222: 'teams-secret-expired',
	AADSTS700016: 'teams-app-unknown',
	AADSTS7000229: 'teams-app-unknown',
	AADSTS90002: 'teams-tenant-unknown',
	AADSTS900023: 'teams-tenant-unknown',
} as const;

async function diagnoseTokens(settings: TeamsSettings, signal: AbortSignal): Promise<TeamsFinding[]> {
	if (settings.appType === 'UserAssignedMSI') return await diagnoseManagedIdentity(settings, signal);
	// What is missing among the settings is said where they are read.
	if (!settings.appId || !settings.appPassword || !settings.tenantId) return [];
	const refusal = await askForToken(settings, 'connector', signal);
	if (refusal !== null) return [refusal];
	const good: TeamsFinding = { level: 'good', code: 'teams-token' };
	if (settings.graphUrl === null) return [good];
	const graph = await askForToken(settings, 'graph', signal);
	if (graph === null)
		return [good, { level: 'good', code: 'teams-graph-token' }, await diagnoseGroups(settings, settings.graphUrl, signal)];
	return [good, 'entraCode' in graph ? { level: 'bad', code: 'teams-graph-refused', entraCode: graph.entraCode } : graph];
}

/** Null when there is a token. Asked here, and not through the credentials, for Entra's own number says most. */
async function askForToken(settings: TeamsSettings, scope: Scope, signal: AbortSignal): Promise<TeamsFinding | null> {
	const { appId, appPassword, loginUrl } = settings;
	const operation = 'the request for a token';
	const grant = { grant_type: 'client_credentials', client_id: appId, client_secret: appPassword ?? '', scope: scopes[scope] };
	const request = {
		operation,
		url: tokenAddress(settings, scope),
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams(grant).toString(),
	};
	const host = new URL(loginUrl).host;
	try {
		const response = await send(request, signal);
		const body = await readJson(operation, response, signal);
		if (response.ok && textOf(body['access_token']) !== '') return null;
		const [number] = Array.isArray(body['error_codes']) ? body['error_codes'] : [];
		if (typeof number === 'number') return refused(`AADSTS${number}`);
		return { level: 'bad', code: 'teams-login-unreachable', host, reason: `HTTP ${response.status}` };
	} catch (thrown) {
		return { level: 'bad', code: 'teams-login-unreachable', host, reason: networkReason(toBotError(thrown)) };
	}
}

function refused(entraCode: string): TeamsFinding {
	const code = Object.hasOwn(knownRefusals, entraCode) ? knownRefusals[entraCode as keyof typeof knownRefusals] : 'teams-token-refused';
	return { level: 'bad', code, entraCode };
}

async function diagnoseManagedIdentity(settings: TeamsSettings, signal: AbortSignal): Promise<TeamsFinding[]> {
	const credentials = createCredentials(settings, systemClock);
	try {
		await credentials.token('connector', signal);
		if (settings.graphUrl !== null) await credentials.token('graph', signal);
	} catch {
		return [{ level: 'bad', code: 'teams-managed-identity-missing' }];
	}
	const good: TeamsFinding = { level: 'good', code: 'teams-managed-identity' };
	return settings.graphUrl === null ? [good] : [good, await diagnoseGroups(settings, settings.graphUrl, signal)];
}

/** Files in channels need other rights, of which nothing can be seen without a file. */
async function diagnoseGroups(settings: TeamsSettings, graphUrl: string, signal: AbortSignal): Promise<TeamsFinding> {
	const graph = createGraph(createCredentials(settings, systemClock), graphUrl);
	try {
		const isAllowed = await mayReadGroups(graph, signal);
		return isAllowed ? { level: 'good', code: 'teams-groups' } : { level: 'warning', code: 'teams-groups-hidden' };
	} catch (thrown) {
		return { level: 'bad', code: 'teams-graph-unreachable', host: new URL(graphUrl).host, reason: networkReason(toBotError(thrown)) };
	}
}

/** "Authenticate requests from the Bot Connector": only keys that are endorsed for the channel may sign what comes from Teams. */
async function diagnoseKeys({ openIdUrl }: TeamsSettings, signal: AbortSignal): Promise<TeamsFinding[]> {
	const host = new URL(openIdUrl).host;
	try {
		const address = textOf((await fetchJson(openIdUrl, signal))['jwks_uri']);
		if (!URL.canParse(address)) return [{ level: 'bad', code: 'teams-keys-unreachable', host, reason: 'jwks_uri' }];
		const keys = asObjects((await fetchJson(address, signal))['keys']);
		const isEndorsed = keys.some(({ endorsements }) => Array.isArray(endorsements) && endorsements.includes('msteams'));
		return [isEndorsed ? { level: 'good', code: 'teams-keys' } : { level: 'bad', code: 'teams-keys-unendorsed', host }];
	} catch (thrown) {
		return [{ level: 'bad', code: 'teams-keys-unreachable', host, reason: networkReason(toBotError(thrown)) }];
	}
}

async function fetchJson(url: string, signal: AbortSignal) {
	const operation = 'the request for the keys';
	const response = await send({ operation, url }, signal);
	return response.ok ? await readJson(operation, response, signal) : {};
}

/** The code of the socket or of TLS lies below the runtime's own error. */
function networkReason(error: BotError): string {
	const thrown = error.cause instanceof Error ? error.cause.cause : undefined;
	return textOf(asObject(thrown)['code'], 'timeout');
}
