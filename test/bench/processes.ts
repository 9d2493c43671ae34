/** What Linux tells of processes: their processor time and their memory. */

import { readFileSync } from 'node:fs';

export interface ProcessFigures {
	/** In steps of 10 ms. */
	processorMs: number;
	/** Of the processes that it started and that have ended. */
	childrenMs: number;
	residentBytes: number;
}

/** Throws where there is no such process. */
export function processFigures(pid: number | 'self'): ProcessFigures {
	// "proc(5)", stat fields 14 to 17 in ticks of 10 ms, and 24 in pages of 4 KB.
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat
		.slice(stat.lastIndexOf(')') + 2)
		.split(' ')
		.map(Number);
	const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11);
	return { processorMs: (user + system) * 10, childrenMs: (childrenUser + childrenSystem) * 10, residentBytes: (fields[21] ?? 0) * 4_096 };
}
