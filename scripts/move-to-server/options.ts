/** What `npm run move-to-server` is asked for. Pure. */

import { parseArgs } from 'node:util';

/** @param words What stands after `npm run move-to-server --`. @returns null for what nobody knows. */
export function readMoveOrder(words: string[]): { isDry: boolean } | null {
	try {
		const { 'dry-run': isDry } = parseArgs({
			args: words,
			options: { 'dry-run': { type: 'boolean', default: false } },
			strict: true,
		}).values;
		return { isDry };
	} catch {
		return null;
	}
}
