/** Which addresses the bot may call: host patterns, and the scheme that keeps a token secret on its way. Pure. */

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether `address` leads to one of the hosts, over HTTPS or to this machine. A pattern is a host, a host with a port, or `*.` and the
 * end of a host; without a port it stands for the scheme's own port only.
 */
export function isAllowedAddress(address: string, patterns: readonly string[]): boolean {
	const url = parse(address);
	return (
		url !== null && (url.protocol === 'https:' || loopbackHosts.has(url.hostname)) && patterns.some((pattern) => matches(url, pattern))
	);
}

/** Whether `address` leads to this machine. */
export function isLoopbackAddress(address: string): boolean {
	return loopbackHosts.has(parse(address)?.hostname ?? '');
}

/** Whether both addresses lead to the same scheme, host and port. */
export function haveSameOrigin(one: string, other: string): boolean {
	const origin = parse(one)?.origin;
	return origin !== undefined && origin === parse(other)?.origin;
}

/** Servers and proxies take no longer ones either; those of the connector have about 60 characters. */
const mostAddressCharacters = 8_000;

/** Null for what is no web address, or carries a user name, which is there to look like a host. */
function parse(address: string): URL | null {
	const url = address.length <= mostAddressCharacters && URL.canParse(address) ? new URL(address) : null;
	const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
	return isPlain ? url : null;
}

function matches(url: URL, pattern: string): boolean {
	const wanted = pattern.toLowerCase();
	return wanted.startsWith('*.') ? url.host.endsWith(wanted.slice(1)) && url.host.length > wanted.length - 1 : url.host === wanted;
}
