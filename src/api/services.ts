/** The parts of the program that the API asks or changes. Types only. */

import type { ChannelList } from '../administration/channel-list.ts';
import type { ModelStandings } from '../administration/model-standing.ts';
import type { OwnReads } from '../administration/own-reads.ts';
import type { PeopleList } from '../administration/people-list.ts';
import type { UsageReading } from '../administration/usage-counts.ts';
import type { ModelChoices } from '../choices/model-choices.ts';
import type { StandardSettings } from '../commands/channel-settings.ts';
import type { Commands } from '../commands/commands.ts';
import type { CompanyData } from '../connectors/company-data/company-data.ts';
import type { ProgramTurns } from '../conversation/program-turn.ts';
import type { RunningTurns } from '../conversation/running-turns.ts';
import type { Database } from '../database/database.ts';
import type { OwnConversations } from '../history/own-conversations.ts';
import type { OwnUsages } from '../history/own-usage.ts';
import type { Passages } from '../history/passages.ts';
import type { PrivateNotices } from '../history/private-notices.ts';
import type { SaidPages } from '../history/said-pages.ts';
import type { ConversationStore } from '../history/store.ts';
import type { Links } from '../identity/links.ts';
import type { OwnLanguages } from '../identity/own-language.ts';
import type { OwnPlaces } from '../identity/own-places.ts';
import type { WebAccounts } from '../identity/web-accounts.ts';
import type { BusyConversations } from '../inbox/busy-conversations.ts';
import type { DocumentUses } from '../knowledge/document-use.ts';
import type { UploadStore } from '../knowledge/uploads/upload-store.ts';
import type { Limits } from '../limits/limits.ts';
import type { LiveFollower } from '../live/live-follower.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { ConversationRemovals } from '../own-data/conversation-removal.ts';
import type { EventSink } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { SessionsRoom } from '../sessions/create-sessions.ts';
import type { Permalinks } from './permalinks.ts';

export interface ApiServices
	extends Pick<SessionsRoom, 'sessions' | 'tokens' | 'signIn' | 'signedIn' | 'openId' | 'passwords' | 'rowLinks'> {
	database: Pick<Database, 'queryAs' | 'asUser'>;
	places: OwnPlaces;
	conversations: OwnConversations;
	said: SaidPages;
	usages: OwnUsages;
	languages: OwnLanguages;
	commands: Pick<Commands, 'find' | 'run'>;
	people: PeopleList;
	usageCounts: UsageReading;
	modelStandings: ModelStandings;
	channels: ChannelList;
	/** What holds in channels of which nobody decided. */
	standardSettings: () => StandardSettings;
	reads: OwnReads;
	links: Pick<Links, 'unlink'>;
	/** Of the installation, for whoever's is not known. */
	timeZone: string;
	permalinks: Permalinks;
	/** The adapter of the web keeps them. */
	notices: PrivateNotices;
	passages: Pick<Passages, 'read'>;
	companyData: Pick<CompanyData, 'mayShow' | 'fileOf'>;
	removals: Pick<ConversationRemovals, 'takeAway'>;
	store: Pick<ConversationStore, 'join' | 'findAnswer' | 'findQuestion' | 'rate' | 'continueFrom' | 'endContinuation' | 'dropQuestions'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	/** The adapter of the web reads them too. */
	uploads: UploadStore;
	running: Pick<RunningTurns, 'stop'>;
	choices: ModelChoices;
	uses: DocumentUses;
	models: Pick<LanguageModels, 'model'>;
	limits: Pick<Limits, 'quota' | 'admit' | 'inFlightLimit'>;
	webAccounts: WebAccounts;
	/** What programs ask that bring along what was said before. */
	programs: Pick<ProgramTurns, 'answer'>;
	/** The longest question that the model can read, in characters. */
	readableCharacters: number;
	accept: EventSink;
	live: LiveLine;
}

/** How processes tell pages, and each other, what is going on. */
export interface LiveLine {
	publisher: Pick<LivePublisher, 'tellPerson' | 'forget'>;
	follower: LiveFollower;
	/** Other processes write and cannot be heard: then the database is asked. */
	mustPoll: () => boolean;
	/** In which conversations they may be writing. */
	busy: BusyConversations;
}
