/** The address of an Ollama host: where to send, what to show, and the credentials, which are never shown. */

import { BotError } from '../errors.ts';

export interface HostAddress {
	/** Without credentials, for logs, metrics and status. */
	label: string;
	/** Base address for requests, without credentials and without a slash at the end. */
	url: string;
	/** Value of the `Authorization` header, for a proxy in front of the host. */
	authorization: string | null;
}

/**
 * Reads `http://host:port`, `http://user:password@host` (sent as Basic) or `http://:token@host` (sent as Bearer).
 * @throws BotError `CONFIG_INVALID`; the text is not repeated, for it may hold a secret.
 */
export function parseHostAddress(text: string): HostAddress {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
		throw new BotError('CONFIG_INVALID', 'an Ollama host is not an http or https address');
	}
	const path = url.pathname.replace(/\/+$/, '');
	const bare = `${url.protocol}//${url.host}${path}`;
	return { label: bare, url: bare, authorization: authorizationOf(url) };
}

function authorizationOf(url: URL): string | null {
	const user = decodeURIComponent(url.username);
	const password = decodeURIComponent(url.password);
	if (user === '' && password === '') return null;
	if (user === '') return `Bearer ${password}`;
	return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
