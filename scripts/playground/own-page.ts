/** Whether a request comes from the playground's own page, and not from a page of somebody else in the same browser. Pure. */

import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isLoopbackName } from '#src/http/own-names.ts';

export interface Refusal {
	status: 403 | 421;
	error: string;
}

/** What a browser says of a request that the page itself, or the person, began. */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Null for a request that may be answered. A foreign page can make its own name lead here (DNS rebinding): then that name stands in `Host`.
 * Whatever does something, or tells what is said, must come from the page that `Host` names.
 * @param listensOn where the server listens. Beyond this machine it has addresses, and names of its operator's; no address can be rebound.
 * @param isApi false for the page's own files, which anybody may link to.
 */
export function refusalOf(headers: IncomingHttpHeaders, listensOn: string, isApi: boolean): Refusal | null {
	const { host, origin, 'sec-fetch-site': site } = headers;
	if (!isOwnName(host, listensOn)) return { status: 421, error: 'open the playground under the address that it printed' };
	const isForeign = origin !== undefined && hostOf(origin) !== host?.toLowerCase();
	const isFromElsewhere = isApi && typeof site === 'string' && !ownSites.has(site);
	return isForeign || isFromElsewhere ? { status: 403, error: 'only the page of the playground may ask this' } : null;
}

function isOwnName(host: string | undefined, listensOn: string): boolean {
	if (isLoopbackName(host)) return true;
	const name = host?.toLowerCase().replace(/:\d{1,5}$/, '') ?? '';
	return !isLoopbackName(listensOn) && (name === listensOn.toLowerCase() || isIP(name.replace(/^\[|\]$/g, '')) !== 0);
}

/** The host of a web page; empty for `null` and whatever else is no address of one. */
function hostOf(origin: string): string {
	return URL.canParse(origin) ? new URL(origin).host : '';
}
