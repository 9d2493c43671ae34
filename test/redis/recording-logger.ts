/** A logger that remembers what it was told. */

import type { Logger } from '#src/log.ts';

export interface RecordingLogger extends Logger {
	lines: { level: 'info' | 'warn' | 'error'; fields: object; message: string }[];
}

export function createRecordingLogger(): RecordingLogger {
	const lines: RecordingLogger['lines'] = [];
	return {
		lines,
		info: (fields, message) => void lines.push({ level: 'info', fields, message }),
		warn: (fields, message) => void lines.push({ level: 'warn', fields, message }),
		error: (fields, message) => void lines.push({ level: 'error', fields, message }),
	};
}
