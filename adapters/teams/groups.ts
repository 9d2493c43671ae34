/** Which groups of Entra somebody is in, directly or through other groups, as Microsoft Graph knows it. */

import { BotError } from '#src/errors.ts';
import type { ChatPlatform } from '#src/platform/chat-platform.ts';
import { toPlatformError } from './errors.ts';
import type { Graph } from './graph.ts';
import { readFailure, readJson } from './http.ts';
import { asObjects, idOf, type Json, textOf } from './json.ts';

export interface GroupsDependencies {
	/** Null when Graph must not be used. */
	graph: Graph | null;
	/** The tenant that Graph is asked about; null in anonymous mode. */
	homeTenantId: string | null;
	now: () => number;
	/** Graph does not tell of groups, until it does. Called once for that time. */
	onRefused: (error: BotError) => void;
}

const operation = 'the groups of a person';
/** "List a user's memberships (direct and transitive)": the most that one page holds. */
const pageSize = 999;
/** "directoryObject: getMemberGroups" gives up above 11,000 groups; more are not waited for here either. */
const maxPages = 12;
/** What Graph says of an id that nobody in the directory has. */
const absentCode = 'Request_ResourceNotFound';

/**
 * Asked without a cast to groups, since that would be answered from an index that may be behind: whoever was taken out of a group is to
 * lose what it gave. So directory roles and administrative units come along, and are left out here.
 */
export function createFetchGroups({ graph, homeTenantId, now, onRefused }: GroupsDependencies): ChatPlatform['fetchGroups'] {
	let isRefused = false;

	/** Null when the directory does not know the person. */
	async function readPage(graph: Graph, address: string, signal: AbortSignal): Promise<Json | null> {
		const response = await graph.get({ operation }, address, signal);
		if (response.ok) return await readJson(operation, response, signal);
		const failure = await readFailure(operation, response, signal);
		if (failure.code === absentCode) return null;
		throw toPlatformError(operation, failure, now());
	}

	async function readAll(graph: Graph, accountId: string, signal: AbortSignal): Promise<string[]> {
		const ids: string[] = [];
		let address = `users/${encodeURIComponent(accountId)}/transitiveMemberOf?$select=id&$top=${pageSize}`;
		for (let page = 0; page < maxPages; page++) {
			const body = await readPage(graph, address, signal);
			if (body === null) return [];
			ids.push(
				...asObjects(body['value'])
					.filter(isGroup)
					.map(({ id }) => idOf(id)),
			);
			address = textOf(body['@odata.nextLink']);
			if (address === '') return ids;
			if (!graph.isOurs(address)) break;
		}
		throw new BotError('PLATFORM_REJECTED', `${operation} do not end`, { reason: 'too-many' });
	}

	function refused(error: BotError): null {
		if (!isRefused) onRefused(toAdvice(error));
		isRefused = true;
		return null;
	}

	return async ({ accountId, tenantId }, _place, signal) => {
		if (signal.aborted) throw new BotError('CANCELLED', `${operation} were not asked for`);
		if (graph === null) return null;
		// The same id in another directory is somebody else's.
		if (homeTenantId !== null && tenantId !== homeTenantId) return [];
		try {
			const ids = await readAll(graph, accountId, signal);
			isRefused = false;
			return ids;
		} catch (thrown) {
			if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED') return refused(thrown);
			throw thrown;
		}
	};
}

/**
 * Whether the app has the right to know groups. Asks about nobody: Graph looks at the rights first.
 * @throws BotError as `ChatPlatform`.
 */
export async function mayReadGroups(graph: Graph, signal: AbortSignal): Promise<boolean> {
	const nobody = '00000000-0000-0000-0000-000000000000';
	const response = await graph.get({ operation }, `users/${nobody}/transitiveMemberOf?$select=id`, signal);
	await response.body?.cancel();
	return response.status !== 401 && response.status !== 403;
}

function isGroup(entry: Json): boolean {
	return entry['@odata.type'] === '#microsoft.graph.group' && idOf(entry['id']) !== '';
}

function toAdvice(error: BotError): BotError {
	const advice = 'give the app the application permission GroupMember.Read.All of Microsoft Graph, if roles are to follow groups of Entra';
	return new BotError('CONFIG_INVALID', `Graph does not tell ${operation} (${error.reason ?? error.code}): ${advice}`, { cause: error });
}
