/** The way to a place: the service URL of its connector, and behind it the team that its channel belongs to, which Graph asks for. Pure. */

import { asObject, idOf, type Json, textOf } from './json.ts';

const mark = '#';

export function routeOf(activity: Json): string {
	const serviceUrl = textOf(activity['serviceUrl']);
	const teamId = idOf(asObject(asObject(activity['channelData'])['team'])['id']);
	return routeTo(serviceUrl, teamId);
}

/** @param teamId The connector's name for the team, or the id of its group; empty where there is none. */
export function routeTo(serviceUrl: string, teamId: string): string {
	return teamId === '' ? serviceUrl : `${serviceUrl}${mark}${encodeURIComponent(teamId)}`;
}

export function serviceUrlIn(route: string): string {
	return route.split(mark, 1)[0] ?? '';
}

/** The team by the connector's name for it, or by the id of its group; empty where there is none. */
export function teamIn(route: string): string {
	const at = route.indexOf(mark);
	return at < 0 ? '' : idOf(decodeURIComponent(route.slice(at + mark.length)));
}
