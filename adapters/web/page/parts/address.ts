/** The address of the page, as what it shows. */

import { type PageRoute, pathOf, routeOf } from '../state/page-route.ts';
import { createPageStore } from '../state/page-store.ts';

/** What the address says, whoever changed it. */
export const shownRoute = createPageStore(routeOf(location.pathname));

const heard = new Set<(route: PageRoute) => void>();

/** A link from the chat or from an administrator: what it is for, and what it carries behind `#`. */
export interface ChatLink {
	for: 'enter' | 'rows' | 'password';
	secret: string;
}

/** Tells it from one that signs in (`src/sessions/passwords/account-orders.ts`). */
const forPassword = 'password.';

/** It leaves the address before anything else is done, and is in no history. */
export function takeChatLink(): ChatLink | null {
	const secret = location.hash.slice(1);
	const { name } = routeOf(location.pathname);
	if (name !== 'enter' && name !== 'rows') return null;
	history.replaceState(null, '', pathOf({ name: 'new' }));
	if (secret.startsWith(forPassword)) return { for: 'password', secret: secret.slice(forPassword.length) };
	return secret === '' ? null : { for: name, secret };
}

/** Shows in the address where the page is already. */
export function wentTo(route: PageRoute, replaces: boolean): void {
	if (replaces) history.replaceState(null, '', pathOf(route));
	else history.pushState(null, '', pathOf(route));
	shownRoute.change(() => route);
}

/** Goes where somebody wants to. */
export function goTo(route: PageRoute): void {
	if (pathOf(route) !== location.pathname) wentTo(route, false);
	for (const hear of heard) hear(route);
}

export function onRoute(hear: (route: PageRoute) => void): void {
	heard.add(hear);
	addEventListener('popstate', () => {
		shownRoute.change(() => routeOf(location.pathname));
		hear(shownRoute.get());
	});
}
