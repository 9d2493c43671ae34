/** What Redis and what stands in for it need of a logger; a pino logger fits. */

export interface RedisLogger {
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
}
