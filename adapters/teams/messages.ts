/** One message of a channel, as Microsoft Graph tells of it. */

import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { toPlatformError } from './errors.ts';
import type { Graph } from './graph.ts';
import { messagePath } from './graph-paths.ts';
import { readFailure, readJson } from './http.ts';
import { type OwnIds, readGraphMessage } from './reading/graph-message.ts';
import { teamIn } from './route.ts';
import type { FindTeamGroup } from './team-groups.ts';

export interface MessagesDependencies {
	/** Null when Graph must not be used. */
	graph: Graph | null;
	findTeamGroup: FindTeamGroup;
	own: OwnIds;
	now: () => number;
}

const operation = 'a message';
/** No right, or a private channel, for which the right does not hold; and no such message. */
const hidden = new Set([401, 403, 404, 410]);

export function createReadMessage({ graph, findTeamGroup, own, now }: MessagesDependencies): ChatPlatform['readMessage'] {
	return async ({ place, messageId }, signal) => {
		// Whoever was added to a group chat need not see what was said before, and who came when, nobody tells.
		if (graph === null || place.kind !== 'channel') return null;
		const teamId = teamIn(place.route ?? '');
		const groupId = teamId === '' ? '' : await findTeamGroup(place, teamId, signal);
		if (groupId === '') return null;
		const response = await graph.get({ operation }, messagePath(place, groupId, messageId), signal);
		if (response.ok) return readGraphMessage(await readJson(operation, response, signal), own);
		const failure = await readFailure(operation, response, signal);
		if (hidden.has(response.status)) return null;
		throw toPlatformError(operation, failure, now());
	};
}
