/** The token endpoint of Entra for client credentials, and the check of the tokens it gave. */

import { randomBytes } from 'node:crypto';
import { type Json, ServiceFailure } from './types.ts';

export type Audience = 'connector' | 'graph';

export interface Login {
	/** Answers a request for a token; throws ServiceFailure with Entra's own error. */
	issue(tenantId: string, form: URLSearchParams): Json;
	/** Whether the header carries a token that was issued for this audience and is not too old. */
	accepts(authorization: string | undefined, audience: Audience): boolean;
	/** All tokens given so far are no longer good. */
	revoke(): void;
}

export interface LoginSettings {
	appId: string;
	appPassword: string;
	tenantId: string;
	tokenLifetimeMs: number;
	now: () => number;
}

const scopes: Readonly<Record<string, Audience>> = {
	'https://api.botframework.com/.default': 'connector',
	'https://graph.microsoft.com/.default': 'graph',
};

/** Creates the endpoint for one app of one tenant. */
export function createLogin(settings: LoginSettings): Login {
	const issued = new Map<string, { audience: Audience; endsAtMs: number }>();
	return {
		issue(tenantId, form) {
			const audience = check(settings, tenantId, form);
			const token = `emulated.${randomBytes(24).toString('base64url')}`;
			issued.set(token, { audience, endsAtMs: settings.now() + settings.tokenLifetimeMs });
			const seconds = Math.floor(settings.tokenLifetimeMs / 1_000);
			return { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token };
		},
		accepts(authorization, audience) {
			const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
			const known = token === undefined ? undefined : issued.get(token);
			return known?.audience === audience && known.endsAtMs > settings.now();
		},
		revoke: () => issued.clear(),
	};
}

function check({ appId, appPassword, tenantId: home }: LoginSettings, tenantId: string, form: URLSearchParams): Audience {
	if (tenantId !== home) throw refuse(400, 'invalid_request', 'AADSTS90002: Tenant not found.');
	if (form.get('grant_type') !== 'client_credentials') throw refuse(400, 'unsupported_grant_type', 'AADSTS70003: Unsupported grant type.');
	if (form.get('client_id') !== appId)
		throw refuse(400, 'unauthorized_client', 'AADSTS700016: Application was not found in the directory.');
	if (form.get('client_secret') !== appPassword) throw refuse(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
	const audience = scopes[form.get('scope') ?? ''];
	if (audience === undefined) throw refuse(400, 'invalid_scope', 'AADSTS70011: The provided value for scope is not valid.');
	return audience;
}

function refuse(status: number, error: string, description: string): ServiceFailure {
	const code = Number(/AADSTS(\d+)/.exec(description)?.[1]);
	return new ServiceFailure(status, error, description, { body: { error, error_description: description, error_codes: [code] } });
}
