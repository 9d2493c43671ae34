/** Reads what somebody and the bot said to each other, for an administrator who says why; first it is written down that they do. */

import type { Database } from '../database/database.ts';
import type { Asker } from '../database/transaction.ts';
import type { Account } from '../identity/account.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { Place } from '../platform/place.ts';
import type { Words } from '../words/words.ts';
import { minuteOf, writeEntry } from './audit-log.ts';
import type { AuditRequest } from './audit-request.ts';
import { type FoundPerson, findPerson, shownPerson } from './people.ts';
import { type AdministrationWords, Refusal } from './scene.ts';

export interface AuditReadingDependencies {
	database: Database;
	/** False where the configuration forbids it; the database then shows nothing either. */
	isOn: boolean;
}

export interface Reader {
	asker: Asker;
	words: Words;
}

export interface AuditReading {
	isOn: boolean;
	/** @returns what was said, or why not. @throws BotError `STORE_UNAVAILABLE`, `FORBIDDEN` for somebody who is no administrator. */
	read(request: AuditRequest, reader: Reader): Promise<CommandResult>;
}

interface MessageRow {
	at: Date;
	platform: string;
	kind: Place['kind'];
	role: 'user' | 'assistant';
	content: string;
	isDeleted: boolean;
}

/** What others said in the same conversation is not theirs, and not shown. */
const selectMessages = `
	select coalesce(m.received_at, m.created_at) as at, c.platform, c.kind, m.role, m.content, m.status = 'deleted' as "isDeleted"
	from messages m join conversations c on c.id = m.conversation_id left join messages question on question.id = m.in_reply_to
	where m.author_user_id = $1 or question.author_user_id = $1
	order by m.sequence desc limit $2`;

export function createAuditReading({ database, isOn }: AuditReadingDependencies): AuditReading {
	/** Committed before anything is read: the database wants it so. */
	async function writeDown(request: AuditRequest, { asker, words }: Reader): Promise<{ person: FoundPerson; entry: number }> {
		return await database.asUser(asker, async (transaction) => {
			const scene = { transaction, words: words.administration, platforms: [], isListed: (_account: Account) => false };
			const person = await findPerson(scene, request.person);
			const { reason, count } = request;
			const details = { reason, count };
			const actor = { kind: 'person', asker } as const;
			const entry = await writeEntry(transaction, actor, { action: 'audit', outcome: 'done', subjectUserId: person.userId, details });
			return { person, entry };
		});
	}

	async function refuse({ person, reason, count }: AuditRequest, why: string, asker: Asker): Promise<void> {
		const details = { person: person.slice(0, 80), count, given: reason, reason: why };
		const entry = { action: 'audit', outcome: 'refused', subjectUserId: null, details } as const;
		await database.asUser(asker, (transaction) => writeEntry(transaction, { kind: 'person', asker }, entry));
	}

	return {
		isOn,
		async read(request, reader) {
			const { audit } = reader.words.administration;
			if (!isOn) {
				await refuse(request, 'off', reader.asker);
				return [audit.off];
			}
			try {
				const { person, entry } = await writeDown(request, reader);
				const read = await database.asUser(reader.asker, ({ query }) => query<MessageRow>(selectMessages, [person.userId, request.count]), {
					auditEntry: entry,
				});
				return shownMessages(read.reverse(), person, reader.words.administration);
			} catch (thrown) {
				if (!(thrown instanceof Refusal)) throw thrown;
				await refuse(request, thrown.reason, reader.asker);
				return [thrown.answer];
			}
		},
	};
}

/** The oldest first, as a chat is read. */
function shownMessages(rows: readonly MessageRow[], person: FoundPerson, { audit }: AdministrationWords): CommandResult {
	const name = shownPerson(person);
	if (rows.length === 0) return [audit.nothing(name)];
	return [audit.heading(name, rows.length), { list: rows.map((row) => shownMessage(row, person, audit)), keepsNewest: true }];
}

function shownMessage(
	{ at, platform, kind, role, content, isDeleted }: MessageRow,
	person: FoundPerson,
	words: AdministrationWords['audit'],
): string {
	const who = role === 'user' ? person.displayName : words.bot;
	const said = isDeleted ? words.deleted : content.replace(/\s+/g, ' ').trim() || words.noText;
	return `${minuteOf(at)}, ${platform}, ${words[kind]}, ${who}: ${said}`;
}
