/** By which names a request may call a server that is there for this machine: a foreign page can make its own name lead here. Pure. */

const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/**
 * Whether `host`, as an address to listen on or with a port as a `Host` header, is this machine's own. Any port will do: tunnels and containers
 * change it, and a page that calls itself by a name of its own has that name, whatever the port.
 */
export function isLoopbackName(host: string | undefined): boolean {
	const name = host?.toLowerCase() ?? '';
	return loopbackNames.has(name) || loopbackNames.has(name.replace(/:\d{1,5}$/, ''));
}
