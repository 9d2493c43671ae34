/** The address of the page, as what it shows. */

import { type PageRoute, pathOf, routeOf } from '../state/page-route.ts';

const heard = new Set<(route: PageRoute) => void>();

/** What a link from the chat carries behind `#`. It leaves the address before anything else is done, and is in no history. */
export function takeSecret(): string | null {
	const secret = location.hash.slice(1);
	if (routeOf(location.pathname).name !== 'enter') return null;
	history.replaceState(null, '', pathOf({ name: 'new' }));
	return secret === '' ? null : secret;
}

/** Shows in the address where the page is already. */
export function wentTo(route: PageRoute, replaces: boolean): void {
	if (replaces) history.replaceState(null, '', pathOf(route));
	else history.pushState(null, '', pathOf(route));
}

/** Goes where somebody wants to. */
export function goTo(route: PageRoute): void {
	if (pathOf(route) !== location.pathname) wentTo(route, false);
	for (const hear of heard) hear(route);
}

export function onRoute(hear: (route: PageRoute) => void): void {
	heard.add(hear);
	addEventListener('popstate', () => hear(routeOf(location.pathname)));
}
