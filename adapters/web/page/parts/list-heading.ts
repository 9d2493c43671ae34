/** What stands over a part of the list: a time, in words. */

import type { PageWords } from '../words/english.ts';

/** @param heading As `itemsOf` names it. */
export function headingText(heading: string, times: PageWords['list']['times'], language: string): string {
	const said = (times as Readonly<Record<string, string>>)[heading];
	if (said !== undefined) return said;
	const [year = 0, month = 1] = heading.split('-').map(Number);
	return new Date(year, month - 1).toLocaleDateString(language, { month: 'long', year: 'numeric' });
}
