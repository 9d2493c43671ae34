/** What was asked in a channel in vain: read in the name of each person who asked or rated there, who may read it, and kept nowhere. */

import type { Database } from '../database/database.ts';
import { toBotError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { LanguageModels } from '../models/model-pool.ts';
import type { Place } from '../platform/place.ts';
import type { VainQuestion } from './topics.ts';

export interface AskedInVain {
	questions: VainQuestion[];
	/** Of whoever was seen there. */
	names: string[];
}

export interface VainQuestionsDependencies {
	database: Pick<Database, 'queryAs' | 'queryAsRegistrar'>;
	models: Pick<LanguageModels, 'embed'>;
	logger: Pick<Logger, 'info'>;
}

interface VainRow {
	id: string;
	askedBy: string;
	text: string;
	foundNothing: boolean;
	isCalledWrong: boolean;
}

/** In a channel with more, the newest tell enough. */
const mostQuestions = 200;
/** One call makes vectors of no more, see `LanguageModels.embed`. */
const vectorsAtOnce = 100;

const findPeople = `
select person.id, person.display_name as name from channel_members as membership join users as person on person.id = membership.user_id
where membership.channel_id = $1 and membership.seen_at > $2::timestamptz - interval '1 hour'`;

/** Of their own what found nothing, and what they called wrong. */
const findVain = `
select * from (
	select question.id, question.author_user_id as "askedBy", question.content as text, answer.sequence,
		question.author_user_id = $1 and coalesce(answer.found = '[]' and answer.sources = '[]', false) as "foundNothing",
		exists (
			select from feedback where feedback.message_id = answer.id and feedback.user_id = $1 and feedback.rating = -1
		) as "isCalledWrong"
	from messages as answer join messages as question on question.id = answer.in_reply_to
	join conversations as conversation on conversation.id = answer.conversation_id
	where conversation.platform = $2 and conversation.tenant_id = $3 and conversation.channel_id = $4 and answer.role = 'assistant'
		and answer.created_at > $5 and answer.status <> 'deleted' and question.status <> 'deleted' and question.author_user_id is not null
) as asked where "foundNothing" or "isCalledWrong" order by sequence desc limit ${mostQuestions}`;

export function createVainQuestions({ database, models, logger }: VainQuestionsDependencies) {
	async function vectorsOf(texts: readonly string[], signal: AbortSignal): Promise<VainQuestion['vector'][]> {
		const vectors: VainQuestion['vector'][] = [];
		try {
			for (let at = 0; at < texts.length; at += vectorsAtOnce) {
				const request = { texts: texts.slice(at, at + vectorsAtOnce), purpose: 'query', priority: 'background' } as const;
				const made = await models.embed(request, signal);
				vectors.push(...made.vectors.map((vector) => (typeof vector === 'string' ? null : vector)));
			}
			return vectors;
		} catch (thrown) {
			signal.throwIfAborted();
			const { code, reason } = toBotError(thrown);
			logger.info({ code, reason }, 'questions of a digest are told apart by their words alone');
			return texts.map(() => null);
		}
	}

	/** Since a time. @throws BotError as `Database.queryAs`; `CANCELLED` when the signal fires. */
	return async function read(channelId: string, { platform, tenantId, channelId: key }: Place, since: Date, signal: AbortSignal) {
		const people = await database.queryAsRegistrar<{ id: string; name: string }>(findPeople, [channelId, since]);
		const byId = new Map<string, Omit<VainQuestion, 'vector'>>();
		for (const { id: userId } of people) {
			signal.throwIfAborted();
			const asker = { userId, role: 'ccb_employee' } as const;
			for (const row of await database.queryAs<VainRow>(asker, findVain, [userId, platform, tenantId, key, since])) {
				const { askedBy, text } = row;
				const known = byId.get(row.id) ?? { askedBy, text, foundNothing: false, calledWrong: 0 };
				byId.set(row.id, {
					...known,
					foundNothing: known.foundNothing || row.foundNothing,
					calledWrong: known.calledWrong + (row.isCalledWrong ? 1 : 0),
				});
			}
		}
		const asked = [...byId.values()].slice(0, mostQuestions);
		const texts = asked.map(({ text }) => text);
		const vectors = texts.length === 0 ? [] : await vectorsOf(texts, signal);
		const questions = asked.map((question, at): VainQuestion => ({ ...question, vector: vectors[at] ?? null }));
		return { questions, names: people.map(({ name }) => name) } satisfies AskedInVain;
	};
}
