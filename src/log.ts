/** What every part of the program needs of a logger; a pino logger fits. */

/** Lines hold ids and causes, never what people or models said, and never secrets. */
export interface Logger {
	info(fields: object, message: string): void;
	warn(fields: object, message: string): void;
	error(fields: object, message: string): void;
}

/** Where somebody else says what happens. */
export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
