/** What commands work with: the parts of the program that they ask or change. Types only. */

import type { Administration } from '../administration/administration.ts';
import type { AuditReading } from '../administration/audit-reading.ts';
import type { ChannelOrders } from '../administration/channel-orders.ts';
import type { ConnectorOrders } from '../administration/connector-orders.ts';
import type { DocumentOrders } from '../administration/document-orders.ts';
import type { Build } from '../build.ts';
import type { CacheState } from '../cache/cache.ts';
import type { ModelChoices } from '../choices/model-choices.ts';
import type { CompanyData } from '../connectors/company-data/company-data.ts';
import type { Connectors } from '../connectors/connectors.ts';
import type { QueryLog } from '../connectors/query-log.ts';
import type { RecapReading } from '../conversation/recap.ts';
import type { RunningTurns } from '../conversation/running-turns.ts';
import type { LastAnswers } from '../history/last-answer.ts';
import type { Passages } from '../history/passages.ts';
import type { ConversationStore } from '../history/store.ts';
import type { Links } from '../identity/links.ts';
import type { OwnLanguages } from '../identity/own-language.ts';
import type { DroppedMessages } from '../inbox/dropped.ts';
import type { DocumentUses } from '../knowledge/document-use.ts';
import type { ChannelFiles } from '../knowledge/ingest/channel-files.ts';
import type { Shelf } from '../knowledge/shelf/shelf.ts';
import type { ShelfChanges } from '../knowledge/shelf/shelf-changes.ts';
import type { Limits } from '../limits/limits.ts';
import type { ModelPool } from '../models/model-pool.ts';
import type { OwnHistory } from '../own-data/own-history.ts';
import type { OwnRequests } from '../own-data/own-requests.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { WebDoor } from '../sessions/web-door.ts';

export interface CommandServices {
	build: Build;
	store: Pick<ConversationStore, 'forgetChannel' | 'exists' | 'setMuted'>;
	running: Pick<RunningTurns, 'stop' | 'count'>;
	models: Pick<ModelPool, 'model' | 'models' | 'status' | 'queueLength' | 'queue' | 'setQueueState'>;
	cache: Pick<CacheState, 'mode'>;
	limits: Pick<Limits, 'quota'>;
	choices: Pick<ModelChoices, 'current' | 'choose' | 'allowed'>;
	links: Links;
	languages: OwnLanguages;
	rules: Pick<RuleBook, 'of' | 'own' | 'forget'>;
	/** Null where the web is not switched on. */
	web: WebDoor | null;
	files: ChannelFiles;
	shelf: Shelf;
	shelfChanges: Pick<ShelfChanges, 'forget'>;
	documentOrders: DocumentOrders;
	channelOrders: ChannelOrders;
	uses: DocumentUses;
	passages: Pick<Passages, 'lastCited' | 'titles'>;
	history: OwnHistory;
	ownRequests: Pick<OwnRequests, 'beginExport' | 'askToErase'>;
	recaps: RecapReading;
	lastAnswers: LastAnswers;
	dropped: DroppedMessages;
	connectors: Pick<Connectors, 'usableBy'>;
	companyData: Pick<CompanyData, 'answerSaved'>;
	connectorOrders: ConnectorOrders;
	queryLog: Pick<QueryLog, 'own'>;
	administration: Administration;
	reading: AuditReading;
	/** The longest question that the model can read, in characters. */
	readableCharacters: number;
}
