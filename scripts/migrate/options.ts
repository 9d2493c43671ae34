/** What `npm run migrate` is asked for. Pure. */

import { parseArgs } from 'node:util';

export interface MigrationOrder {
	/** Only says what would run. */
	isDry: boolean;
	/** Makes the roles and no tables. */
	isRolesAlone: boolean;
	/** How long to try again; the first try is made always. */
	waitMs: number;
}

const options = {
	'dry-run': { type: 'boolean', default: false },
	roles: { type: 'boolean', default: false },
	wait: { type: 'string', default: '60' },
} as const;

/** @param words What stands after `npm run migrate --`. @returns null for what nobody knows. */
export function readMigrationOrder(words: string[]): MigrationOrder | null {
	try {
		const { 'dry-run': isDry, roles: isRolesAlone, wait } = parseArgs({ args: words, options, strict: true }).values;
		if (!/^\d{1,5}$/.test(wait) || (isDry && isRolesAlone)) return null;
		return { isDry, isRolesAlone, waitMs: Number(wait) * 1_000 };
	} catch {
		return null;
	}
}
