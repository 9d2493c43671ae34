/**
 * Records as files for an administrator: the audit log, the cases, and what people show. Each look is written down before anything leaves, and the file
 * comes into the administrator's personal chat; a platform that asks first where it belongs gets it made anew, under the rights of then.
 */

import { csvOf } from '../connectors/company-data/csv.ts';
import type { Cell } from '../connectors/company-data/shown-values.ts';
import type { Database } from '../database/database.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import { createReachAlone, type ReachAloneDependencies } from '../identity/reach-alone.ts';
import { stableId } from '../identity/stable-id.ts';
import type { OutgoingFile } from '../platform/chat-platform.ts';
import type { AdministrationWords } from './admin-context.ts';
import { writeEntry } from './audit-log.ts';

export type RecordName = 'audit' | 'feedback' | 'shown';

const recordNames: readonly RecordName[] = ['audit', 'feedback', 'shown'];

export interface WantedRecord {
	name: RecordName;
	/** Why, as it is kept. */
	reason?: string | undefined;
}

export interface RecordFile {
	file: OutgoingFile;
	/** How many rows it has, and whether there are older ones. */
	comment: string;
}

/** All @throws BotError `FORBIDDEN` for whoever is no administrator now, as `Database.asUser`. */
export interface RecordFiles {
	/**
	 * `brought`: it is in their personal chat. `offered`: they are asked there where it belongs. `unreached`: they were met in no chat that takes files.
	 * @throws BotError as `ReachAlone`, `ChatPlatform.sendFile` and `offerFile`.
	 */
	bring(administrator: Principal, wanted: WantedRecord, words: AdministrationWords): Promise<'brought' | 'offered' | 'unreached'>;
	/** What an offer was about that this person was made today or yesterday; null for all others. */
	offered(offerId: string, userId: string): RecordName | null;
	/** @param mostBytes of the file. */
	make(administrator: Principal, wanted: WantedRecord, words: AdministrationWords, mostBytes?: number): Promise<RecordFile>;
}

export interface RecordFilesDependencies extends Omit<ReachAloneDependencies, 'database'> {
	database: Database;
	clock: { now(): number };
}

/** A spreadsheet opens them, and so does whoever reads. */
const mostRows = 10_000;
/** Of a file; where a platform takes less, that. */
const usualBytes = 8_000_000;
const patienceMs = 60_000;
const dayMs = 24 * 3_600_000;

const selectAudit = `
	select log.sequence::text as number, to_char(log.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, log.actor, doer.display_name as doer, log.action,
		log.outcome, subject.display_name as subject, case when log.details <> '{}' then log.details::text end as details
	from audit_log as log left join users as doer on doer.id = log.actor_user_id left join users as subject on subject.id = log.subject_user_id
	order by log.sequence desc limit $1`;

const selectCases = `
	select cases.number::text as number, to_char(cases.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, cases.state,
		rater.display_name as rater, asker.display_name as asker, cases.has_reason::text as reason,
		(select string_agg(held, ' | ') from jsonb_array_elements_text(cases.must_have) as held) as has,
		(select string_agg(held, ' | ') from jsonb_array_elements_text(cases.must_not_have) as held) as lacks,
		to_char(cases.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as decided, decider.display_name as decider
	from feedback_cases as cases left join users as rater on rater.id = cases.rated_by left join users as asker on asker.id = cases.asked_by
		left join users as decider on decider.id = cases.decided_by
	order by cases.number desc limit $1`;

const selectShown = `
	select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, person, rating::text as rating, comment, question, answer
	from ccb_private.shown_exchanges($1)`;

const statements: Readonly<Record<RecordName, string>> = { audit: selectAudit, feedback: selectCases, shown: selectShown };

export function createRecordFiles(deps: RecordFilesDependencies): RecordFiles {
	const { database, pacers, clock } = deps;
	const reach = createReachAlone(deps);

	async function make(
		administrator: Principal,
		{ name, reason }: WantedRecord,
		{ records: words }: AdministrationWords,
		mostBytes = usualBytes,
	): Promise<RecordFile> {
		const { userId, role } = administrator;
		const asker = { userId, role };
		const read = await database.asUser(asker, async (transaction) => {
			const found = await readRows(transaction, name);
			const details = { record: name, rows: found.rows.length, ...(reason !== undefined && { reason }) };
			const action = name === 'audit' ? 'audit-export' : 'feedback-export';
			await writeEntry(transaction, { kind: 'person', asker }, { action, outcome: 'done', subjectUserId: null, details });
			return found;
		});
		const { bytes, count } = fitting(words.columns[name], read.rows, Math.min(mostBytes, usualBytes));
		const day = dayOf(clock.now());
		const file = { name: `openccb-${name}-${day}.csv`, mediaType: 'text/csv', bytes };
		return { file, comment: words.comment(words.name[name], count, read.isCut || count < read.rows.length) };
	}

	return {
		make,
		offered(offerId, userId) {
			const days = [0, dayMs].map((ago) => dayOf(clock.now() - ago));
			return recordNames.find((name) => days.some((day) => offerIdOf(name, userId, day) === offerId)) ?? null;
		},
		async bring(administrator, wanted, words) {
			const signal = AbortSignal.timeout(patienceMs);
			const { userId } = administrator;
			const reached = await reach({ userId, near: null }, signal);
			if (reached === null) return 'unreached';
			const { platform, chat: place } = reached;
			const takesFiles = platform.capabilities.files?.kinds.includes('direct') === true;
			if (!takesFiles && platform.offerFile === undefined) return 'unreached';
			const { file, comment } = await make(administrator, wanted, words, platform.capabilities.files?.maxBytes);
			const call = { operation: 'send-file', place, priority: 'update' } as const;
			await pacers(platform).run(call, signal, async () => {
				if (takesFiles) return await platform.sendFile(place, file, comment, signal);
				const { name: called, mediaType, bytes } = file;
				const offer = {
					name: called,
					mediaType,
					about: comment,
					sizeBytes: bytes.byteLength,
					replyId: offerIdOf(wanted.name, userId, dayOf(clock.now())),
				};
				await platform.offerFile?.(place, offer, signal);
			});
			return takesFiles ? 'brought' : 'offered';
		},
	};
}

/** The same all day: nothing has to be kept of an offer, nobody else's press means anything, and an old one's neither. */
function offerIdOf(name: RecordName, userId: string, day: string): string {
	return stableId(`record-file:${name}:${userId}:${day}`);
}

function dayOf(timeMs: number): string {
	return new Date(timeMs).toISOString().slice(0, 10);
}

/** The newest first. */
async function readRows({ query }: Transaction, name: RecordName): Promise<{ rows: Cell[][]; isCut: boolean }> {
	const found = await query<Record<string, Cell>>(statements[name], [mostRows + 1]);
	return { rows: found.slice(0, mostRows).map((row) => Object.values(row)), isCut: found.length > mostRows };
}

/** As many of the first rows as the file may have, by halves. */
function fitting(names: readonly string[], rows: readonly (readonly Cell[])[], mostBytes: number): { bytes: Uint8Array; count: number } {
	const bytes = csvOf(names, rows);
	if (bytes.byteLength <= mostBytes || rows.length === 0) return { bytes, count: rows.length };
	return fitting(names, rows.slice(0, Math.floor(rows.length / 2)), mostBytes);
}
