/** What the database needs of a logger; a pino logger fits. */

export interface DatabaseLogger {
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
}
