/** Which URL is what: the connector, the keys of the channel, the token endpoint. */

import { findConnectorEndpoint } from './connector.ts';
import type { Core } from './core.ts';
import type { Endpoint, EndpointRequest, Result } from './endpoint.ts';
import { findGraphEndpoint } from './graph.ts';
import type { Login } from './login.ts';
import type { Signing } from './signing.ts';

export interface EndpointParts {
	core: Core;
	login: Login;
	signing: Signing;
}

/** The endpoint of a request to the main host; undefined when there is none. */
export function findEndpoint(parts: EndpointParts, request: EndpointRequest): Endpoint | undefined {
	const [first, ...rest] = request.segments;
	if (first === 'amer' && rest[0] === 'v3') return findConnectorEndpoint(parts.core, request, rest.slice(1));
	if (first === 'login') return findLoginEndpoint(parts, request, rest);
	if (first === 'v1') return findKeysEndpoint(parts, rest);
	if (first === 'graph' && rest[0] === 'v1.0') return findGraphEndpoint(parts.core, request, rest.slice(1));
	return undefined;
}

function findLoginEndpoint({ login }: EndpointParts, { method, text }: EndpointRequest, path: string[]): Endpoint | undefined {
	const [tenantId = '', ...rest] = path;
	if (method !== 'POST' || rest.join('/') !== 'oauth2/v2.0/token') return undefined;
	const handle = () => ({ status: 200, body: login.issue(tenantId, new URLSearchParams(text)) });
	return { operation: 'token', audience: null, counted: '', handle };
}

function findKeysEndpoint({ core, signing }: EndpointParts, path: string[]): Endpoint | undefined {
	const endpoint = (handle: () => Result): Endpoint => ({ operation: 'keys', audience: null, counted: '', handle });
	if (path.join('/') === '.well-known/keys') return endpoint(() => ({ status: 200, body: signing.keys() }));
	if (path.join('/') !== '.well-known/openidconfiguration') return undefined;
	const body = {
		issuer: 'https://api.botframework.com',
		authorization_endpoint: 'https://invalid.botframework.com',
		jwks_uri: `${core.identity.url}/v1/.well-known/keys`,
		id_token_signing_alg_values_supported: ['RS256'],
		token_endpoint_auth_methods_supported: ['private_key_jwt'],
	};
	return endpoint(() => ({ status: 200, body }));
}
