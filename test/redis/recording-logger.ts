/** A logger that remembers what it was told. */

import type { RedisLogger } from '#src/redis/logger.ts';

export interface RecordingLogger extends RedisLogger {
	lines: { level: 'info' | 'warn'; fields: object; message: string }[];
}

export function createRecordingLogger(): RecordingLogger {
	const lines: RecordingLogger['lines'] = [];
	return {
		lines,
		info: (fields, message) => void lines.push({ level: 'info', fields, message }),
		warn: (fields, message) => void lines.push({ level: 'warn', fields, message }),
	};
}
