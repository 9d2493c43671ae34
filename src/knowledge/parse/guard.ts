/**
 * Imported before anything else by the process that parses: takes away what Node's permission model leaves. It has no say over the network, so
 * every module that could reach it is refused to whoever imports it, and what is reachable without an import is removed. Code cannot be made of
 * text: the process is started so.
 */

import { isBuiltin, registerHooks } from 'node:module';

/** All that the parsers and their libraries import. */
const allowed = new Set(
	'assert buffer crypto events fs fs/promises module os path perf_hooks process stream stream/consumers stream/promises string_decoder timers timers/promises url util zlib'.split(
		' ',
	),
);

registerHooks({
	resolve(specifier, context, nextResolve) {
		const name = specifier.replace(/^node:/, '');
		if (isBuiltin(specifier) && !allowed.has(name)) throw new Error(`a parser may not use ${name}`);
		return nextResolve(specifier, context);
	},
});

for (const name of ['fetch', 'WebSocket', 'EventSource', 'Request', 'Response']) {
	// Without this Node loads its HTTP client, to replace it: a third of a start.
	Reflect.deleteProperty(globalThis, name);
	Object.defineProperty(globalThis, name, { value: undefined });
}
for (const name of ['binding', '_linkedBinding', 'getBuiltinModule', 'dlopen', 'kill', '_debugProcess']) {
	Object.defineProperty(process, name, { value: undefined });
}
// Libraries remark on files, with pieces of them; standard output is for results.
Object.defineProperty(globalThis, 'console', { value: new Proxy({}, { get: () => () => {} }) });
