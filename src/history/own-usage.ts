/** How much somebody has asked, by day and by model: numbers alone. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import { isTimeZone } from '../local-time.ts';

export interface OwnUsage {
	/** Of those on which they asked, the latest first. */
	days: readonly UsageOfDay[];
	/** The one that answered most comes first. */
	models: readonly { model: string; answers: number }[];
}

export interface UsageOfDay {
	/** ISO 8601, where they are. */
	day: string;
	questions: number;
	/** As the models counted them; what they did not tell is not in it. */
	promptTokens: number;
	outputTokens: number;
}

export interface OwnUsages {
	/** Of the last 30 days, on all platforms. What was removed with its conversation counts no more. @throws BotError as `Database.asUser`. */
	of(person: Principal, timeZone: string): Promise<OwnUsage>;
}

/** Of today too: all of the days that it names. */
const lastDays = 30;

const asked = `question.author_user_id = $1 and question.role = 'user'
	and question.created_at > date_trunc('day', now(), $2) - interval '${lastDays - 1} days'`;
const selectDays = `
	select to_char(question.created_at at time zone $2, 'YYYY-MM-DD') as day, count(distinct question.id)::int as questions,
		coalesce(sum(answer.prompt_tokens), 0)::float8 as "promptTokens", coalesce(sum(answer.output_tokens), 0)::float8 as "outputTokens"
	from messages as question left join messages as answer on answer.in_reply_to = question.id
	where ${asked} group by 1 order by 1 desc`;
const selectModels = `
	select answer.model, count(*)::int as answers from messages as question join messages as answer on answer.in_reply_to = question.id
	where ${asked} and answer.model is not null group by 1 order by 2 desc, 1`;

export function createOwnUsages({ queryAs }: Pick<Database, 'queryAs'>): OwnUsages {
	return {
		async of(person, timeZone) {
			const values = [person.userId, isTimeZone(timeZone) ? timeZone : 'UTC'];
			const [days, models] = await Promise.all([
				queryAs<UsageOfDay>(person, selectDays, values),
				queryAs<OwnUsage['models'][number]>(person, selectModels, values),
			]);
			return { days, models };
		},
	};
}
