/** What the API asks and changes, put together: parts of its own beside those of other rooms. */

import { createOwnReads } from '../administration/own-reads.ts';
import { createPeopleList } from '../administration/people-list.ts';
import { createUsageReading } from '../administration/usage-counts.ts';
import type { Database } from '../database/database.ts';
import { createOwnConversations } from '../history/own-conversations.ts';
import { createOwnUsages } from '../history/own-usage.ts';
import { createPlatformMessages } from '../history/platform-messages.ts';
import { createPrivateNotices } from '../history/private-notices.ts';
import { createSaidPages } from '../history/said-pages.ts';
import type { Memberships } from '../identity/memberships.ts';
import { createOwnLanguages } from '../identity/own-language.ts';
import { createOwnPlaces } from '../identity/own-places.ts';
import { createPermalinks, type PermalinksDependencies } from './permalinks.ts';
import type { ApiServices } from './services.ts';

/** What is made of the rest. */
type OwnParts =
	| 'places'
	| 'conversations'
	| 'said'
	| 'usages'
	| 'languages'
	| 'people'
	| 'usageCounts'
	| 'reads'
	| 'permalinks'
	| 'notices';

export interface ApiServicesDependencies extends Omit<ApiServices, OwnParts | 'database'>, Omit<PermalinksDependencies, 'messages'> {
	database: Database;
	memberships: Pick<Memberships, 'isMember'>;
}

export function createApiServices(deps: ApiServicesDependencies): ApiServices {
	const { database } = deps;
	return {
		...deps,
		places: createOwnPlaces(deps),
		conversations: createOwnConversations(database),
		said: createSaidPages(database),
		usages: createOwnUsages(database),
		languages: createOwnLanguages(database),
		reads: createOwnReads(database),
		people: createPeopleList(database),
		usageCounts: createUsageReading(database),
		permalinks: createPermalinks({ ...deps, messages: createPlatformMessages(database) }),
		notices: createPrivateNotices(database),
	};
}
