/** Erases by night what was said and is older than administrators let it become, and leaves how much that was in the audit log. */

import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { note } from '../identity/log-entry.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import type { Logger } from '../log.ts';
import { type RetentionRule, retentionRules } from '../rules/retention.ts';

export interface RetentionDependencies {
	database: Pick<Database, 'asRegistrar' | 'queryAsRegistrar'>;
	publisher: Pick<LivePublisher, 'forget'>;
	clock: Pick<Clock, 'now'>;
	logger: Pick<Logger, 'info'>;
}

const dayMs = 24 * 3_600_000;
/** In one transaction: others wait for the rows that it takes away. */
const questionsAtOnce = 500;

const forgetOldTalk = 'select messages, conversations from ccb_private.forget_old_talk($1, $2, $3, $4, $5, $6)';

export function createRetentionJob({ database, publisher, clock, logger }: RetentionDependencies): JobDefinition {
	/** Each part is erased and written down together. @returns false when nothing is left. */
	async function eraseSome(rule: RetentionRule): Promise<boolean> {
		const { platform, tenantId, channelId, outside, keepDays } = rule;
		const gone = await database.asRegistrar(async (transaction) => {
			const before = new Date(clock.now() - keepDays * dayMs);
			const values = [platform, tenantId, channelId, outside, before, questionsAtOnce];
			const [found] = await transaction.query<{ messages: number; conversations: string[] }>(forgetOldTalk, values);
			if (found === undefined) return null;
			const where = channelId === null ? { tenant: `${platform}:${tenantId}` } : { channel: `${platform}:${tenantId}:${channelId}` };
			const details = { ...where, days: keepDays, messages: found.messages, conversations: found.conversations.length };
			await note(transaction, 'retention', 'done', null, details);
			logger.info(details, 'what was said and had been kept long enough was erased');
			return found.conversations;
		});
		for (const id of gone ?? []) await publisher.forget(id);
		return gone !== null;
	}

	return {
		name: 'retention',
		data: z.object({}),
		everyMs: dayMs,
		async run(_data, { signal }) {
			for (const rule of await retentionRules(database)) {
				while (await eraseSome(rule)) signal.throwIfAborted();
			}
		},
	};
}
