/** What `npm run migrate` is asked for. Pure. */

import { parseArgs } from 'node:util';

export interface MigrationOrder {
	/** Only says what would run. */
	isDry: boolean;
	/** How long to try again; the first try is made always. */
	waitMs: number;
}

/** @param words What stands after `npm run migrate --`. @returns null for what nobody knows. */
export function readMigrationOrder(words: string[]): MigrationOrder | null {
	try {
		const options = { 'dry-run': { type: 'boolean', default: false }, wait: { type: 'string', default: '60' } } as const;
		const { values } = parseArgs({ args: words, options, strict: true });
		return /^\d{1,5}$/.test(values.wait) ? { isDry: values['dry-run'], waitMs: Number(values.wait) * 1_000 } : null;
	} catch {
		return null;
	}
}
