/** An argument that takes a number of days, or nothing. Pure. */

import { z } from 'zod';
import type { CommandArgument } from './definition.ts';

/** Ten years: what is older than that is old for anybody. */
const mostDays = 3_650;

export function dayCount(): CommandArgument<number | undefined> & { range: { least: number; most: number } } {
	const schema = z
		.string()
		.regex(/^\d{1,4}$/)
		.transform(Number)
		.pipe(z.number().min(1).max(mostDays))
		.optional();
	return { schema, range: { least: 1, most: mostDays } };
}
