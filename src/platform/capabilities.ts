/** What a platform can do and how often, as data. The core decides with these; adapters only state them, each number with its source. */

/** At most `limit` calls in any `windowMs` milliseconds. */
export interface BudgetWindow {
	limit: number;
	windowMs: number;
}

/** The calls that a platform rations. */
export type Operation = 'post' | 'edit' | 'remove' | 'open-stream' | 'append-stream' | 'close-stream' | 'show-activity';

export interface Budget {
	/** Whose calls count together: everything of the tenant, or of one channel. */
	scope: 'tenant' | 'channel';
	windows: readonly BudgetWindow[];
}

export interface StreamCapability {
	/** Place kinds in which native streams may be opened. */
	kinds: readonly ('direct' | 'group' | 'channel')[];
	/** Close and go on in a new message before this age. */
	maxLifetimeMs: number;
	/** The least time between two appends to the same message. */
	minIntervalMs: number;
}

export interface Capabilities {
	/** Budgets by operation; an operation without one is not rationed. */
	budgets: Partial<Record<Operation, Budget>>;
	/** The most text that one message carries, in the unit that the platform counts. */
	messageText: { limit: number; unit: 'utf8-bytes' | 'utf16-units' };
	/** Native streaming, or null where a reply can only be edited. */
	stream: StreamCapability | null;
	/** The least time between two edits of the same message. */
	minEditIntervalMs: number;
	/** Whether the thread can be read back, for context and for repair after a crash. */
	readsThreads: boolean;
	/** How long a sign of activity stays visible before it must be renewed; null when there is no such sign. */
	activityLifetimeMs: number | null;
}
