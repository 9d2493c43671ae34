/** How much everybody has asked, for administrators: counts by day, platform, model and person, and never a word. */

import type { Database } from '../database/database.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import { isTimeZone } from '../local-time.ts';

export interface UsageCount {
	/** A day in ISO 8601, the name of a platform or a model, or a person's `users.id`. */
	key: string;
	/** What it is called: a person's name, else as `key`. */
	name: string;
	questions: number;
	/** More than questions where some were asked again. */
	answers: number;
	/** As the models counted them; what they did not tell is not in it. */
	promptTokens: number;
	outputTokens: number;
}

export interface UsageCounts {
	/** The earliest first, each day on which something was asked. */
	days: readonly UsageCount[];
	/** Those who used most come first. */
	platforms: readonly UsageCount[];
	models: readonly UsageCount[];
	people: readonly UsageCount[];
}

export interface UsageReading {
	/** Of the last days, today among them. What was removed counts no more. @throws BotError `FORBIDDEN` for whoever is no administrator; as `Database.queryAs`. */
	of(asker: Principal, lastDays: number, timeZone: string): Promise<UsageCounts>;
}

type Row = UsageCount & { kind: 'day' | 'platform' | 'model' | 'person' };

/** Longer lists nobody reads; who is not in it used less than all who are. */
const mostPeople = 100;

const selectCounts = `
	select kind, key, coalesce(name, key) as name, questions::float8 as questions, answers::float8 as answers,
		prompt_tokens::float8 as "promptTokens", output_tokens::float8 as "outputTokens"
	from ccb_private.usage_counts(date_trunc('day', now(), $2) - make_interval(days => $1 - 1), $2)`;

export function createUsageReading({ queryAs }: Pick<Database, 'queryAs'>): UsageReading {
	return {
		of: (asker, lastDays, timeZone) => readUsageCounts((sql, values) => queryAs(asker, sql, values), lastDays, timeZone),
	};
}

/** As `UsageReading.of`, in a transaction of an administrator's. */
export async function readUsageCounts(query: Transaction['query'], lastDays: number, timeZone: string): Promise<UsageCounts> {
	const rows = await query<Row>(selectCounts, [lastDays, isTimeZone(timeZone) ? timeZone : 'UTC']);
	const ofKind = (wanted: Row['kind']) => rows.filter(({ kind }) => kind === wanted).map(({ kind: _, ...count }) => count);
	return {
		days: ofKind('day').sort((one, other) => (one.key < other.key ? -1 : 1)),
		platforms: ofKind('platform').sort(byUse),
		models: ofKind('model').sort(byUse),
		people: ofKind('person').sort(byUse).slice(0, mostPeople),
	};
}

function byUse(one: UsageCount, other: UsageCount): number {
	return other.questions - one.questions || other.outputTokens - one.outputTokens || (one.name < other.name ? -1 : 1);
}
