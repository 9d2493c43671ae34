/** What somebody typed behind `npm run ingest --`. Pure, but for the current folder. */

import { parseArgs } from 'node:util';
import { parseSyncChannel, parseSyncSource, type SyncedSource } from '#src/knowledge/sync/synced-source.ts';

export type IngestOrder = { files: string[]; nationalIds: boolean } | { source: SyncedSource; isDry: boolean };

const options = {
	'dry-run': { type: 'boolean' },
	'national-ids': { type: 'boolean' },
	channel: { type: 'string' },
	company: { type: 'boolean' },
} as const;

/** Null where it is not understood. */
export function readIngestOrder(typed: readonly string[]): IngestOrder | null {
	try {
		const { values, positionals } = parseArgs({ args: [...typed], options, allowPositionals: true });
		const { channel, company = false, 'dry-run': isDry = false, 'national-ids': nationalIds = false } = values;
		if (channel === undefined && !company) return isDry && positionals.length > 0 ? { files: positionals, nationalIds } : null;
		const [from, ...others] = positionals;
		const target = channel === undefined ? null : parseSyncChannel(channel);
		if (from === undefined || others.length > 0 || nationalIds || target === undefined || (company && channel !== undefined)) return null;
		const source = parseSyncSource(from, target);
		return source === null ? null : { source, isDry };
	} catch {
		return null; // an unknown option
	}
}
