/** What administrators can decide for a channel, or for all channels of a tenant, and how it is kept in the database. Pure. */

import { z } from 'zod';
import { isTimeZone } from '../local-time.ts';

/**
 * What the bot answers: nothing; what names it; that, and what is said in threads where it takes part; or all that anybody says there, as far as the
 * platform lets it hear.
 */
export const answerModes = ['off', 'mention', 'threads', 'all'] as const;

export type AnswerMode = (typeof answerModes)[number];

/** Minutes of a day. */
const minute = z
	.int()
	.min(0)
	.max(24 * 60 - 1);

/** Null takes away what the tenant says; absent leaves it to the tenant. */
export const placeRulesSchema = z.object({
	mode: z.enum(answerModes).optional(),
	/** Of what the bot says there of its own, for all to read. */
	language: z.enum(['en', 'es']).nullable().optional(),
	/** When nothing is answered, by the clock of the zone; past midnight where it ends before it begins. `zone` null: that of the installation. */
	quiet: z
		.object({ from: minute, to: minute, zone: z.string().refine(isTimeZone).nullable() })
		.nullable()
		.optional(),
	/** Tokens that all who ask there may use together in a day. */
	tokensPerDay: z.int().min(1).max(1_000_000_000).nullable().optional(),
	/** For how many days what was said with the bot there is kept. */
	keepDays: z.int().min(1).max(36_500).nullable().optional(),
});

/** As they are kept for one channel, or one tenant. */
export type StoredRules = z.infer<typeof placeRulesSchema>;

export type QuietHours = NonNullable<StoredRules['quiet']>;

/** What holds in one place: nothing is left for others to say. */
export interface PlaceRules {
	mode: AnswerMode;
	language: 'en' | 'es' | null;
	quiet: QuietHours | null;
	tokensPerDay: number | null;
	keepDays: number | null;
}

export type RuleName = keyof PlaceRules;

export const standardRules: PlaceRules = { mode: 'threads', language: null, quiet: null, tokensPerDay: null, keepDays: null };

/** What has no meaning here, because a newer program wrote it, is left out. */
export function readRules(stored: unknown): StoredRules {
	const given = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
	const known = given.filter(
		([name, value]) => Object.hasOwn(placeRulesSchema.shape, name) && placeRulesSchema.safeParse({ [name]: value }).success,
	);
	return Object.fromEntries(known) as StoredRules;
}

/** The channel's word goes before that of its tenant. */
export function rulesOf(channel: StoredRules, tenant: StoredRules): PlaceRules {
	const said = [...Object.entries(tenant), ...Object.entries(channel)].filter(([, value]) => value !== undefined);
	return { ...standardRules, ...(Object.fromEntries(said) as Partial<PlaceRules>) };
}
