/** `jobs`, `jobs retry` and `jobs drop`: what was left for later and what became of it; never what it is about. */

import { z } from 'zod';
import { toBotError } from '../../errors.ts';
import type { DeadLetter } from '../../jobs/dead-letters.ts';
import type { UnfinishedJob } from '../../jobs/rows.ts';
import type { ResultPart } from '../../platform/command-result.ts';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import { type AdministrationWords, CommandRefusal } from '../admin-context.ts';
import { minuteOf } from '../audit-log.ts';
import type { TypedWord } from '../typed-words.ts';

const jobId = z.object({ id: z.uuid() });

export const jobsCommand = defineAdminCommand({
	name: 'jobs',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['jobs'],
	onlyLooks: true,
	takesNoText: true,
	async runAsProgram({ jobs, deadLetters, words: { jobs: words } }) {
		const failed = (await deadLetters.list()).map((letter) => shownLetter(letter, words));
		const unfinished = (await jobs.unfinished()).map((job) => shownJob(job, words));
		const result = [...listed(words.failed, failed), ...listed(words.unfinished, unfinished)];
		return { result: result.length === 0 ? [words.none] : result };
	},
});

export const jobsRetryCommand = defineAdminCommand({
	name: 'jobs-retry',
	split: oneId,
	arguments: jobId,
	examples: ['jobs retry 6f1c2d3e-4a5b-4c6d-8e7f-90a1b2c3d4e5'],
	takesNoText: true,
	async runAsProgram({ deadLetters, words }, { id }) {
		const { name, jobId: left } = await deadLetters.retry(id).catch((thrown) => {
			throw toBotError(thrown).code === 'NOT_FOUND' ? new CommandRefusal('nothing-there', words.refused.unknownJob(id)) : thrown;
		});
		const done = left === null ? words.jobs.waitsAlready(name) : words.jobs.retried(name);
		return { result: [done], change: { subjectUserId: null, details: { job: name, id } } };
	},
});

/** One that failed is forgotten, one that waits or runs is cancelled. */
export const jobsDropCommand = defineAdminCommand({
	name: 'jobs-drop',
	split: oneId,
	arguments: jobId,
	examples: ['jobs drop 6f1c2d3e-4a5b-4c6d-8e7f-90a1b2c3d4e5'],
	takesNoText: true,
	async runAsProgram({ jobs, deadLetters, words }, { id }) {
		const standing = await jobs.look(id);
		const name = (await jobs.cancel(id)) ? standing?.name : await deadLetters.drop(id);
		if (!name) throw new CommandRefusal('nothing-there', words.refused.unknownJob(id));
		return { result: [words.jobs.dropped(name)], change: { subjectUserId: null, details: { job: name, id } } };
	},
});

function oneId([first, ...rest]: readonly TypedWord[]): object | null {
	return first === undefined || rest.length > 0 ? null : { id: first.text.toLowerCase() };
}

function listed(heading: string, list: readonly string[]): ResultPart[] {
	return list.length === 0 ? [] : [heading, { list }];
}

function shownLetter({ id, name, failedAt, tries, code }: DeadLetter, words: AdministrationWords['jobs']): string {
	return `${words.failedAt(name, minuteOf(failedAt), tries)}, ${code === null ? words.noError : words.error(code)} (${id})`;
}

function shownJob({ id, name, state, since, code }: UnfinishedJob, words: AdministrationWords['jobs']): string {
	return `${words[state](name, minuteOf(since))}${code === null ? '' : `, ${words.error(code)}`} (${id})`;
}
