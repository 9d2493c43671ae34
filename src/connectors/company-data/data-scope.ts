/** Which connectors may be asked in a place: in a channel those that all who read there may use, and whose rows are the same for everybody. */

import type { Memberships } from '../../identity/memberships.ts';
import type { ReaderRoles } from '../../identity/reader-roles.ts';
import type { Connectors, UsableConnector } from '../connectors.ts';
import type { AnswerQuery } from './answer-query.ts';
import type { DataReader, DataScope } from './data-asking.ts';

export interface DataScopesDependencies {
	connectors: Pick<Connectors, 'usableBy'>;
	memberships: Pick<Memberships, 'audienceOf'>;
	readerRoles: ReaderRoles;
}

export interface DataScopes {
	/** @throws BotError as `Connectors.usableBy` and `Memberships.audienceOf`. */
	of(reader: DataReader, signal: AbortSignal): Promise<DataScope>;
	/** The connector that an answer was from, where all who read there may see it still; null otherwise. @throws as `of`. */
	stillFor(reader: DataReader, query: AnswerQuery, signal: AbortSignal): Promise<UsableConnector | null>;
}

const nothing: DataScope = { here: [], alone: [], hasMore: false };

export function createDataScopes({ connectors, memberships, readerRoles }: DataScopesDependencies): DataScopes {
	async function of({ person, platform, place }: DataReader, signal: AbortSignal): Promise<DataScope> {
		const alone = await connectors.usableBy(person.role);
		if (alone.length === 0) return nothing;
		if (place.kind === 'direct') return { here: alone, alone, hasMore: false };
		const roles = await readerRoles.of(place, await memberships.audienceOf(platform, place, signal));
		signal.throwIfAborted();
		const here = (await connectors.usableBy(person.role, roles)).filter(({ hasPersonalRows }) => !hasPersonalRows);
		return { here, alone, hasMore: alone.some((connector) => !isWhole(connector, here)) };
	}

	return {
		of,
		async stillFor(reader, { connector: name, revision, views }, signal) {
			const { here } = await of(reader, signal);
			const found = here.find((connector) => connector.name === name && connector.revision === revision);
			return found !== undefined && views.every((view) => viewsOf(found).has(view)) ? found : null;
		},
	};
}

function isWhole(alone: UsableConnector, here: readonly UsableConnector[]): boolean {
	const shared = here.find(({ name }) => name === alone.name);
	return shared !== undefined && viewsOf(alone).isSubsetOf(viewsOf(shared));
}

export function viewsOf({ bounds }: UsableConnector): Set<string> {
	return new Set(bounds.relations.map(({ name }) => name));
}
