/** Digests of what was asked in vain, put together: they are left each week, and whenever an administrator wants them. */

import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { createTellAlone } from '../identity/tell-alone.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Logger } from '../log.ts';
import { createChannelDigests } from './channel-digests.ts';
import { createDigestJob, type DigestDependencies } from './digest-job.ts';
import { createVainQuestions, type VainQuestionsDependencies } from './vain-questions.ts';

export interface DigestOperations {
	/** Leaves those of all channels that get one, in the middle of the week. @returns how many. @throws BotError as `Database.queryAsRegistrar`. */
	now(): Promise<number>;
}

export interface DigestRoom {
	operations: DigestOperations;
	jobDefinitions: readonly JobDefinition[];
}

export interface DigestRoomDependencies
	extends Omit<DigestDependencies, 'digests' | 'readVain' | 'tellAlone'>,
		Omit<VainQuestionsDependencies, 'logger'> {
	database: Database;
	jobs: Pick<Jobs, 'enqueue'>;
	logger: Pick<Logger, 'info' | 'warn'>;
}

/** A week is over to the hour. */
const lookEveryMs = 3_600_000;

export function createDigests(deps: DigestRoomDependencies): DigestRoom {
	const { database, jobs } = deps;
	const digests = createChannelDigests(database);
	const digest = createDigestJob({ ...deps, digests, readVain: createVainQuestions(deps), tellAlone: createTellAlone(deps) });

	async function leave(which: 'due' | 'all', isAsked: boolean): Promise<number> {
		const channels = await digests.channels(which);
		for (const channelId of channels) await jobs.enqueue(database, digest, { channelId, isAsked });
		return channels.length;
	}

	const weekly: JobDefinition = {
		name: 'weekly-digests',
		data: z.object({}),
		everyMs: lookEveryMs,
		run: async () => void (await leave('due', false)),
	};
	return { operations: { now: () => leave('all', true) }, jobDefinitions: [digest, weekly] };
}
