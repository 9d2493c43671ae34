/** What is told of ingestion to metrics and log. */

import type { FileReason } from './file-reason.ts';

export interface IngestObserver {
	stage(stage: 'fetch' | 'read' | 'index', durationMs: number): void;
	indexed(): void;
	declined(reason: FileReason): void;
	embedded(chunks: number): void;
	/** A file was asked for where it was shared. */
	reconciled(outcome: 'there' | 'gone' | 'unknown'): void;
}
