/** Which group of Entra a team is: Graph knows teams by that name, and most activities by another. */

import type { Place } from '#src/platform/place.ts';
import type { Connector } from './connector-client.ts';
import { idOf } from './json.ts';

/** The id of the team's group. Empty where it has none. @throws BotError as `Connector.call`. */
export type FindTeamGroup = (place: Place, teamId: string, signal: AbortSignal) => Promise<string>;

/** A team is one group for good. A tenant has some thousand teams that talk with a bot. */
const mostKept = 10_000;

/** Ids of Entra; the connector's own begin with `19:`. */
const groupForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function createFindTeamGroup(connector: Pick<Connector, 'call'>): FindTeamGroup {
	const known = new Map<string, string>();
	return async (place, teamId, signal) => {
		// Links name a team by its group.
		if (groupForm.test(teamId)) return teamId;
		const kept = known.get(teamId);
		if (kept !== undefined) return kept;
		const path = `teams/${encodeURIComponent(teamId)}`;
		const groupId = idOf((await connector.call(place, { operation: 'team', method: 'GET', path }, signal))['aadGroupId']);
		if (known.size >= mostKept) known.clear();
		if (groupId !== '') known.set(teamId, groupId);
		return groupId;
	};
}
