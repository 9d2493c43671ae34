/** What the stages of one turn work with. Types only. */

import type { ModelChoices } from '../choices/model-choices.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import type { Activity } from '../delivery/activity.ts';
import type { PlaceRefusals } from '../delivery/place-refusals.ts';
import type { OwingRecord } from '../delivery/reply-record.ts';
import type { Passages } from '../history/passages.ts';
import type { ConversationStore } from '../history/store.ts';
import type { AnswerRow, Question } from '../history/stored.ts';
import type { Person } from '../identity/person.ts';
import type { Limits } from '../limits/limits.ts';
import type { Words } from '../locales/locales.ts';
import type { ChatRequest, LanguageModels, Sampling } from '../models/model-pool.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { Actor, Attachment } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { FinalAnswer } from '../tools/tool.ts';
import type { Tools } from '../tools/tools.ts';
import type { Tracer } from '../tracer.ts';
import type { AttachedStepDependencies } from './attached-step.ts';
import type { DataStepDependencies } from './data-step.ts';
import type { EarlySign } from './early-sign.ts';
import type { KnowledgeStepDependencies } from './knowledge-step.ts';
import type { KnownLinks } from './known-links.ts';
import type { Memories, Memory } from './memory.ts';
import type { PrivateOfferDependencies } from './private-offer.ts';
import type { PromptBudget } from './prompt-budget.ts';
import type { ReadRecap } from './recap.ts';
import type { RunningTurns } from './running-turns.ts';
import type { Summaries } from './summary.ts';
import type { DueSummary } from './summary-job.ts';
import type { TurnStops } from './turn-stops.ts';
import type { TurnObserver, TurnTimes } from './turn-times.ts';

export interface TurnDependencies
	extends KnowledgeStepDependencies,
		PrivateOfferDependencies,
		Pick<DataStepDependencies, 'companyData'>,
		Pick<AttachedStepDependencies, 'attached'> {
	database: Database;
	store: ConversationStore;
	memories: Memories;
	summaries: Summaries;
	models: LanguageModels;
	tools: Tools;
	running: RunningTurns;
	pacers: (platform: ChatPlatform) => Pacer;
	clock: Clock;
	choices: Pick<ModelChoices, 'current'>;
	/** Of a model that answers. */
	budgetOf: (model: string) => PromptBudget;
	passages: Pick<Passages, 'stillReadable'>;
	/** Of the installation, for whoever's is not known. */
	timeZone: string;
	limits: Pick<Limits, 'charge' | 'inFlightLimit' | 'mayUse'>;
	observer: TurnObserver;
	/** Nobody traces when not given. */
	tracer?: Tracer;
	/** Leaves it to be summed up when there is time. Never throws. */
	leaveSummary: (due: DueSummary) => void;
	streamRefusals: PlaceRefusals;
	/** Of the settings: as of `KnownLinksParts`. */
	linkHosts: readonly string[];
}

export interface TurnOptions {
	platform: ChatPlatform;
	person: Person;
	words: Words;
	question: Question;
	/** Follows from the event, so that the same event never makes two answers. */
	answerId: string;
	recipient: Actor;
	/** What was shared with the question, and how it is had: history does not keep that. Nothing when not given. */
	attachments?: readonly Attachment[];
	/** Answers with this sentence and asks no model. */
	sentence?: string;
	/** Gives the whole answer, and no model is asked. Called again by another process that takes the turn over. */
	given?: (questionId: string, signal: AbortSignal) => Promise<FinalAnswer>;
	/** What people said is summed up, and nothing else is answered from. Read anew by another process that takes the turn over. */
	recap?: ReadRecap;
	/** Set apart below the answer, beside whatever its end calls for. */
	notice?: string;
	/** An answer that failed before: it is asked again, and its messages are used again. */
	retryOf?: AnswerRow;
	/** The asker wants an answer of the model alone. Where answers draw on documents alone, those are asked all the same. */
	withoutKnowledge?: boolean;
	/** From 2 on, an earlier process began this turn. */
	attempt: number;
	/** What is shown already. */
	sign?: Pick<EarlySign, 'take'>;
	/** Tells the asker alone why there is no answer in the place. Nobody is told when not given. */
	tell?: (sentence: string) => Promise<unknown>;
	/** A program asks, and not a person in a chat. */
	program?: ProgramAsking;
}

/** A program sends with each question what was said before it: nothing is remembered for it. */
export interface ProgramAsking {
	/** As the program tells it, the question last. */
	memory: Memory;
	/** What it tells the model besides; '' for nothing. */
	added: string;
	sampling: Sampling;
	/** No more than the answer may have in any case. */
	maxOutputTokens: number;
	priority: ChatRequest['priority'];
	/** Hears, again and again, that the queue for the models has taken the question. */
	onTaken(): void;
}

/** What all stages of one turn share. */
export interface Turn {
	options: TurnOptions;
	pacer: Pacer;
	times: TurnTimes;
	activity: Activity;
	record: OwingRecord;
	stops: TurnStops;
	/** Of the answer's text. */
	links: KnownLinks;
	/** The process is going away. */
	signal: AbortSignal;
}
