/** All routes of the REST API, and the one that a path belongs to. */

import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { guildRoutes } from './guilds.ts';
import { identityRoutes } from './identity.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import type { Route } from './route.ts';
import { threadRoutes } from './threads.ts';

const routes: readonly Route[] = [
	...identityRoutes,
	...guildRoutes,
	...channelRoutes,
	...messageRoutes,
	...threadRoutes,
	...commandRoutes,
	...interactionRoutes,
];

const patterns = routes.map((route) => ({ route, parts: route.path.split('/') }));

/** Earlier routes win, so that `@me` and `@original` are not taken for ids. */
export function findRoute(method: string, path: string): { route: Route; parameters: Record<string, string> } | undefined {
	const given = path.split('/').map(decodeURIComponent);
	for (const { route, parts } of patterns) {
		const isMatch =
			route.method === method &&
			parts.length === given.length &&
			parts.every((part, index) => part.startsWith(':') || part === given[index]);
		if (!isMatch) continue;
		const named = parts.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), given[index] ?? '']] : []));
		return { route, parameters: Object.fromEntries(named) };
	}
	return undefined;
}
