/** What an address of the page shows. Pure. */

export type PageRoute =
	| { name: 'new' }
	| { name: 'conversation'; id: string }
	| { name: 'enter' }
	| { name: 'rows' }
	| { name: 'admin'; room: string };

export function routeOf(path: string): PageRoute {
	const [, id] = /^\/c\/([0-9a-f-]{36})$/.exec(path) ?? [];
	if (id !== undefined) return { name: 'conversation', id };
	const [, room] = /^\/admin\/([a-z]{1,20})$/.exec(path) ?? [];
	if (room !== undefined) return { name: 'admin', room };
	if (path === '/enter') return { name: 'enter' };
	return path === '/rows' ? { name: 'rows' } : { name: 'new' };
}

export function pathOf(route: PageRoute): string {
	if (route.name === 'conversation') return `/c/${route.id}`;
	if (route.name === 'admin') return `/admin/${route.room}`;
	return route.name === 'new' ? '/' : `/${route.name}`;
}
