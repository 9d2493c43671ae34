/** What a platform can do and how often, as data. The core decides with these; adapters only state them, each number with its source. */

import type { MessageStructure } from '../markdown/structure.ts';
import type { Place } from './place.ts';
import type { PlaceEventType } from './place-event.ts';

/** At most `limit` calls in any `windowMs` milliseconds. */
export interface BudgetWindow {
	limit: number;
	windowMs: number;
}

/** The calls that a platform rations. */
export type Operation =
	| 'post'
	| 'edit'
	| 'remove'
	| 'open-stream'
	| 'append-stream'
	| 'close-stream'
	| 'show-activity'
	| 'send-privately'
	| 'send-file'
	| 'fetch-file'
	| 'open-chat'
	| 'look-up-person'
	| 'look-up-groups'
	| 'look-up-members'
	| 'look-up-place'
	| 'read-thread'
	| 'read-message'
	| 'look-up-link'
	| 'list-files';

export interface Budget {
	/** Whose calls count together: everything of the tenant, or of one channel. */
	scope: 'tenant' | 'channel';
	/** Operations that name the same bucket count together; without a name each counts alone. Their windows must be equal. */
	bucket?: string;
	windows: readonly BudgetWindow[];
	/** Of a channel's budget: what all channels of the tenant may be together. The platform need not say which of the two a refusal is about. */
	together?: SharedLimit;
}

export interface SharedLimit {
	windows: readonly BudgetWindow[];
	/** Where the platform does not state the limit of the longest window: what it promises at least. The limit is then learned from refusals. */
	promised?: number;
}

export interface StreamCapability {
	/** Kinds of places in which native streams may be opened. */
	kinds: readonly Place['kind'][];
	/** Close and go on in a new message before this age. */
	maxLifetimeMs: number;
	/** The least time between two appends to the same message. */
	minIntervalMs: number;
	/** The least time between any two calls about the same stream, its opening and its end among them; 0 where only budgets count. */
	minCallIntervalMs: number;
	/** True when a message whose stream a person stopped stays as it is: it takes no more text, no notice and no buttons. */
	endsWhenStopped: boolean;
}

export interface ActivityCapability {
	/** How long the sign stays visible before it must be renewed. */
	lifetimeMs: number;
	/** Whether it can say something, such as a place in the queue; false for a bare "is typing". */
	showsText: boolean;
	/** Where clients do not surely show it, so that it goes before nobody's words, and nobody counts as overdue. Nowhere when absent. */
	unsureIn?: readonly Place['kind'][];
}

export interface Capabilities {
	/** Budgets by operation; an operation without one is not rationed. */
	budgets: Partial<Record<Operation, Budget>>;
	/** What all these operations may be together, beside their own budgets; null when only those count. */
	overall: readonly BudgetWindow[] | null;
	/** The most text that one message carries, in the unit that the platform counts. */
	messageText: { limit: number; unit: 'utf8-bytes' | 'utf16-units' };
	/** Absent where nothing but the length of a text counts. */
	messageStructure?: MessageStructure;
	/** Formulas of TeX are left to it. Absent where it shows none. */
	drawsFormulas?: true;
	/** Native streaming, or null where a reply can only be edited. */
	stream: StreamCapability | null;
	/** The least time between two edits of the same message. */
	minEditIntervalMs: number;
	/** How long the very first words of a reply may gather, so that the first edit does not follow at once: 0 where edits cost nothing. */
	firstTextWaitMs: number;
	/** Kinds of places whose messages form threads. Elsewhere the whole channel is one conversation, and `Place.threadId` is empty. */
	threads: readonly Place['kind'][];
	/** Whether what was said in the conversation can be read back, for context. */
	readsThreads: boolean;
	/** Kinds of places of which the bot can read a single message, by its link. */
	readsMessages: readonly Place['kind'][];
	/** Kinds of places whose messages have links that people can open. */
	linksMessages: readonly Place['kind'][];
	/** Files that the bot can show, the largest of them in bytes; null where it can show none. */
	files: { kinds: readonly Place['kind'][]; maxBytes: number } | null;
	/** Kinds of places of whose past the bot can list the files. */
	listsFiles: readonly Place['kind'][];
	/** Whether a direct conversation can be opened only with somebody of whom a place is known where they were met. */
	knowsPeopleByPlace: boolean;
	/** Whether one answer tells everybody who is in a place; otherwise each account is asked about alone. */
	listsMembers: boolean;
	/** What the platform tells of its places unasked, as far as the bot is in them. */
	tells: readonly PlaceEventType[];
	/** Whether the bot can look for its own messages in it, for repair after a crash and after an answer of the platform that was lost. */
	findsOwnMessages: boolean;
	/** The sign that the bot is at work; null when there is none. */
	activity: ActivityCapability | null;
	/** Whether private words are seen in a thread in which nobody has answered yet. */
	showsPrivateWordsInNewThreads: boolean;
	/** Whether `suggestPrompts` shows anything. */
	suggestsPrompts: boolean;
}
