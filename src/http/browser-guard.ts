/** What a request of a browser has to come with, and what its answer tells the browser: nothing of another site gets in, and nothing runs that is not ours. */

import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from a page of ours: for what changes something, and for all that is told of a person. A cookie is no sign of that: another
 * port or subdomain of the same host is the same site, and gets even `Strict` ones along. Browsers send `Sec-Fetch-Site` over https and to this
 * machine; an older one sends at least `Origin` with what changes something.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, { publicUrl, isChange }: { publicUrl: string; isChange: boolean }): boolean {
	const { 'sec-fetch-site': site, origin } = headers;
	if (origin !== undefined && origin !== publicUrl) return false;
	if (site !== undefined) return site === 'same-origin' || (site === 'none' && !isChange);
	return !isChange || origin !== undefined;
}

/** Checked with a page that Vite builds: no inline script or style, no address of another host, no HTML made from text. */
const contentPolicy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' blob:",
	"font-src 'self'",
	"connect-src 'self'",
	"form-action 'self'",
	"base-uri 'none'",
	"object-src 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
].join('; ');

/** A year, as browsers ask for it before they keep to it in advance. */
const httpsSeconds = 365 * 24 * 3600;

/** For every answer to a browser: the page's, the API's, and errors too. */
export function browserHeaders(publicUrl: string): Readonly<Record<string, string>> {
	return {
		'content-security-policy': contentPolicy,
		'x-content-type-options': 'nosniff',
		// With `no-referrer` the `Origin` of a form is `null`.
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
		...(publicUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${httpsSeconds}` } : {}),
	};
}
