/** What can be limited, for a role or for one person, and how it is kept in the database. */

import { z } from 'zod';

/** A limit that is absent is the next one's to say: the person's own, then the role's, then the standard one. Null takes a limit away. */
const count = z.int().min(0).max(1_000_000_000).nullable().optional();
const names = z.array(z.string().min(1).max(200)).max(100).nullable().optional();

export const limitValuesSchema = z.object({
	requestsPerMinute: count,
	tokensPerDay: count,
	repliesInFlight: count,
	messageCharacters: count,
	uploadBytes: count,
	uploadsPerDay: count,
	/** Names of models; null allows every one. */
	models: names,
	/** Names of tools; null allows every one. */
	tools: names,
});

export type LimitValues = z.infer<typeof limitValuesSchema>;
export type LimitName = keyof LimitValues;

/** Every limit that somebody has: nothing is left for others to say. */
export type AllLimits = { [Name in LimitName]-?: Exclude<LimitValues[Name], undefined> };

/** Reads what a `limits` column holds. What has no meaning here, because a newer program wrote it, is left out. */
export function readLimitValues(stored: unknown): LimitValues {
	const given = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
	const known = given.filter(
		([name, value]) => Object.hasOwn(limitValuesSchema.shape, name) && limitValuesSchema.safeParse({ [name]: value }).success,
	);
	return Object.fromEntries(known) as LimitValues;
}
