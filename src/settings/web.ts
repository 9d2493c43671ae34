/** The settings of the web: under which address people open it, through which proxies, and how long they stay signed in. */

import { z } from 'zod';
import { integer, list, network } from './setting-types.ts';
import { defineSettings } from './slice.ts';

/** Browsers treat these as safe without https. */
const thisMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const publicUrl = z
	.string()
	.refine((text) => isOrigin(text), 'must be an address without a path, like https://bot.example.com')
	.refine(
		(text) => !isOrigin(text) || isSafe(text),
		'must begin with https://, unless it names this machine: browsers keep no session on plain http',
	)
	.transform((text) => new URL(text).origin);

function isOrigin(text: string): boolean {
	if (!URL.canParse(text)) return false;
	const { protocol, pathname, search, hash, username, password } = new URL(text);
	return ['http:', 'https:'].includes(protocol) && pathname === '/' && `${search}${hash}${username}${password}` === '';
}

function isSafe(text: string): boolean {
	const { protocol, hostname } = new URL(text);
	return protocol === 'https:' || thisMachine.has(hostname);
}

export const webSettings = defineSettings({
	variables: {
		OPENCCB_PUBLIC_URL: publicUrl
			.optional()
			.describe('Address under which people open the web, such as https://bot.example.com; switches the web on'),
		OPENCCB_TRUSTED_PROXIES: list(network)
			.optional()
			.describe('Addresses or networks of the proxies in front, separated by commas, whose X-Forwarded-For is believed'),
		OPENCCB_WEB_IDLE_HOURS: integer(1, 720, 12).describe('After how many hours without use a browser has to sign in again'),
		OPENCCB_WEB_SESSION_DAYS: integer(1, 90, 7).describe('After how many days it has to in any case'),
	},
	/** Null where the web is not switched on. */
	group(values) {
		const { OPENCCB_PUBLIC_URL: address } = values;
		if (address === undefined) return null;
		return {
			publicUrl: address,
			trustedProxies: values.OPENCCB_TRUSTED_PROXIES ?? [],
			sessions: { idleHours: values.OPENCCB_WEB_IDLE_HOURS, mostDays: values.OPENCCB_WEB_SESSION_DAYS },
		};
	},
});
