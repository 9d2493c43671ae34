/** A logger of the program that keeps what it is told. */

import type { Logger } from '#src/log.ts';

export interface LogLine {
	level: 'info' | 'warn' | 'error';
	fields: object;
	message: string;
}

export function createLineLogger(): { logger: Logger; lines: LogLine[] } {
	const lines: LogLine[] = [];
	const at = (level: LogLine['level']) => (fields: object, message: string) => void lines.push({ level, fields, message });
	const logger = { info: at('info'), warn: at('warn'), error: at('error') };
	return { logger, lines };
}
