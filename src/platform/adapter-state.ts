/** What an adapter may keep between starts and share between processes: a few small facts, and leases. */

/** Every method @throws BotError `STORE_UNAVAILABLE` while the database is away. */
export interface AdapterState {
	get(key: string): Promise<string | null>;
	set(key: string, value: string): Promise<void>;
	delete(key: string): Promise<void>;
	/** Deletes what was set longer ago than `olderThanMs` under keys that begin with `prefix`. */
	prune(prefix: string, olderThanMs: number): Promise<void>;
	/** Everything whose key begins with `prefix`, by key. */
	list(prefix: string): Promise<{ key: string; value: string }[]>;
	/** Takes the lease, or renews it, for `ttlMs` from now. False when another process has it. */
	lease(name: string, ttlMs: number): Promise<boolean>;
	/** Gives the lease back, if it is ours. */
	release(name: string): Promise<void>;
}
