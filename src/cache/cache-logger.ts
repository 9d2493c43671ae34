/** What the cache needs of a logger; a pino logger fits. */

export interface CacheLogger {
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
}
