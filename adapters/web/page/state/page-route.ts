/** What an address of the page shows. Pure. */

export type PageRoute = { name: 'new' } | { name: 'conversation'; id: string } | { name: 'enter' };

export function routeOf(path: string): PageRoute {
	const [, id] = /^\/c\/([0-9a-f-]{36})$/.exec(path) ?? [];
	if (id !== undefined) return { name: 'conversation', id };
	return path === '/enter' ? { name: 'enter' } : { name: 'new' };
}

export function pathOf(route: PageRoute): string {
	if (route.name === 'conversation') return `/c/${route.id}`;
	return route.name === 'enter' ? '/enter' : '/';
}
