/** What the program and the process that holds an SQLite file say to each other. */

import type { RunLimits } from '../../catalogue/catalogue-file.ts';
import type { FetchedRows, LiveView } from '../engine.ts';
import type { EngineFault } from '../engine-error.ts';

export type SqliteRequest =
	| {
			kind: 'open';
			file: string;
			lockMs: number;
			/** Columns that questions may read, by view. */
			views: Record<string, string[]>;
	  }
	| { kind: 'explain'; sql: string }
	| { kind: 'run'; sql: string; limits: Pick<RunLimits, 'rows' | 'bytes'> }
	| { kind: 'schema' };

export type SqliteReply =
	| { kind: 'ready' }
	| { kind: 'rows'; rows: FetchedRows }
	| { kind: 'schema'; views: LiveView[] }
	| { kind: 'fault'; fault: EngineFault; reason: string };
