/** `ingest`, `ingest retry`, `ingest quarantine`, `ingest release` and `ingest delete`: files on their way in, and those that did not get there. */

import { z } from 'zod';
import type { IngestOperations, IngestState, StuckFile } from '../../knowledge/ingest/ingest-operations.ts';
import { documentNumber } from '../../knowledge/shelf/matching.ts';
import type { ResultPart } from '../../platform/command-result.ts';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import { type AdministrationWords, CommandRefusal, type Effect, type ProgramContext } from '../admin-context.ts';
import { minuteOf } from '../audit-log.ts';
import type { TypedWord } from '../typed-words.ts';
import { shownVectors } from '../vector-standing.ts';

const states: readonly IngestState[] = ['asked', 'waiting', 'reading', 'ready', 'unread', 'failed', 'quarantined'];

const fileNumber = z
	.string()
	.regex(/^#?\d{1,8}$/)
	.transform((typed) => Number(typed.replace('#', '')));

export const ingestCommand = defineAdminCommand({
	name: 'ingest',
	split: ([first, ...rest]) => (first === undefined || (first.text.toLowerCase() === 'status' && rest.length === 0) ? {} : null),
	arguments: z.object({}),
	ownWords: ['status'],
	examples: ['ingest', 'ingest status'],
	onlyLooks: true,
	takesNoText: true,
	async runAsProgram(context) {
		const { words } = context;
		const ingestion = operationsOf(context);
		const counts = await ingestion.counts();
		const { found, unknown, unasked } = await ingestion.checks();
		const rows = [
			...states.map((state) => [words.ingest.state[state], String(counts[state] ?? 0)] as const),
			[words.ingest.checked, words.ingest.checks(found, unknown, unasked)] as const,
		];
		const failed = (await ingestion.stuck('failed')).map((file) => shownFile(file, words));
		const unread = (await ingestion.stuck('unread')).map((file) => shownFile(file, words));
		const vectors = context.vectors === null ? [] : ['', ...shownVectors(await context.vectors.standing(), words)];
		return { result: [{ rows }, ...listed(words.ingest.failed, failed), ...listed(words.ingest.unread, unread), ...vectors] };
	},
});

export const ingestRetryCommand = defineAdminCommand({
	name: 'ingest-retry',
	split: oneWord,
	arguments: z.object({ file: z.union([z.literal('all').transform(() => null), fileNumber]) }),
	ownWords: ['all'],
	examples: ['ingest retry all', 'ingest retry 4821903'],
	takesNoText: true,
	async runAsProgram(context, { file }) {
		const tried = await operationsOf(context).retry(file);
		return changed(context, file, tried, context.words.ingest.retried(tried));
	},
});

export const ingestQuarantineCommand = defineAdminCommand({
	name: 'ingest-quarantine',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['ingest quarantine'],
	onlyLooks: true,
	takesNoText: true,
	async runAsProgram(context) {
		const { ingest } = context.words;
		const list = (await operationsOf(context).stuck('quarantined')).map((file) => shownFile(file, context.words));
		return { result: list.length === 0 ? [ingest.noQuarantine] : [ingest.quarantine, { list }] };
	},
});

export const ingestReleaseCommand = defineAdminCommand({
	name: 'ingest-release',
	split: oneWord,
	arguments: z.object({ file: fileNumber }),
	examples: ['ingest release 4821903'],
	takesNoText: true,
	async runAsProgram(context, { file }) {
		return changed(context, file, await operationsOf(context).release(file), context.words.ingest.released);
	},
});

export const ingestDeleteCommand = defineAdminCommand({
	name: 'ingest-delete',
	split: oneWord,
	arguments: z.object({ file: fileNumber }),
	examples: ['ingest delete 4821903'],
	takesNoText: true,
	async runAsProgram(context, { file }) {
		return changed(context, file, await operationsOf(context).remove(file), context.words.ingest.deleted);
	},
});

function oneWord([first, ...rest]: readonly TypedWord[]): object | null {
	return first === undefined || rest.length > 0 ? null : { file: first.text.toLowerCase() };
}

/** What reads files is part of the running program alone. */
function operationsOf({ ingestion, words }: ProgramContext): IngestOperations {
	if (ingestion === null) throw new CommandRefusal('not-here', words.ingest.inChatAlone);
	return ingestion;
}

function changed({ words }: ProgramContext, file: number | null, count: number, done: string): Effect {
	if (count === 0) throw new CommandRefusal('nothing-there', words.refused.unknownFile);
	return { result: [done], change: { subjectUserId: null, details: { file: file === null ? 'all' : `#${file}`, count } } };
}

function listed(heading: string, list: readonly string[]): ResultPart[] {
	return list.length === 0 ? [] : [heading, { list }];
}

function shownFile({ placementId, name, reason, sharedAt }: StuckFile, { ingest }: AdministrationWords): string {
	return `#${documentNumber(placementId)} ${name ?? ingest.personal}: ${ingest.reason[reason]}, ${minuteOf(sharedAt)}`;
}
