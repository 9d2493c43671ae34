/** What the API asks and changes, put together: parts of its own beside those of other rooms. */

import { createChannelList } from '../administration/channel-list.ts';
import { createModelStandings, type ModelStandingDependencies } from '../administration/model-standing.ts';
import { createOwnReads } from '../administration/own-reads.ts';
import { createPeopleList } from '../administration/people-list.ts';
import { createUsageReading } from '../administration/usage-counts.ts';
import type { StandardSettings } from '../commands/channel-settings.ts';
import type { Database } from '../database/database.ts';
import { createOwnConversations } from '../history/own-conversations.ts';
import { createOwnUsages } from '../history/own-usage.ts';
import { createPlatformMessages } from '../history/platform-messages.ts';
import { createPrivateNotices } from '../history/private-notices.ts';
import { createSaidPages } from '../history/said-pages.ts';
import type { Memberships } from '../identity/memberships.ts';
import { createOwnLanguages } from '../identity/own-language.ts';
import { createOwnPlaces } from '../identity/own-places.ts';
import type { LanguageModels } from '../models/model-pool.ts';
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
	| 'modelStandings'
	| 'channels'
	| 'standardSettings'
	| 'reads'
	| 'permalinks'
	| 'notices';

export interface ApiServicesDependencies
	extends Omit<ApiServices, OwnParts | 'database' | 'models'>,
		Omit<PermalinksDependencies, 'messages'> {
	database: Database;
	models: LanguageModels;
	modelOrders: ModelStandingDependencies['modelOrders'];
	/** What the settings say of files and documents in channels. */
	knowledge: { channels: StandardSettings['ingest']; use: StandardSettings['knowledge'] };
	memberships: Pick<Memberships, 'isMember'>;
}

export function createApiServices(deps: ApiServicesDependencies): ApiServices {
	const { database, models, knowledge } = deps;
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
		modelStandings: createModelStandings(deps),
		channels: createChannelList(database),
		standardSettings: () => ({ ingest: knowledge.channels, knowledge: knowledge.use, model: models.model }),
		permalinks: createPermalinks({ ...deps, messages: createPlatformMessages(database) }),
		notices: createPrivateNotices(database),
	};
}
