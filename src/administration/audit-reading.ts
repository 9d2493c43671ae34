/** Reads what somebody and the bot said to each other, for an administrator who says why; first it is written down that they do. */

import type { Database } from '../database/database.ts';
import { Message } from '../database/entities/message.ts';
import { storable } from '../database/storable.ts';
import type { Principal, Transaction } from '../database/transaction.ts';
import type { Account } from '../identity/account.ts';
import type { Words } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import { type AdministrationWords, CommandRefusal } from './admin-context.ts';
import { minuteOf, writeEntry } from './audit-log.ts';
import type { AuditRequest } from './audit-request.ts';
import { type FoundPerson, findPerson, shownPerson } from './people.ts';

export interface AuditReadingDependencies {
	database: Database;
	/** False where the configuration forbids it; the database then shows nothing either. */
	isOn: boolean;
}

export interface Reader {
	asker: Principal;
	words: Words;
}

export interface AuditReading {
	isOn: boolean;
	/** @returns what was said, or why not. @throws BotError `STORE_UNAVAILABLE`, `FORBIDDEN` for somebody who is no administrator. */
	read(request: AuditRequest, reader: Reader): Promise<CommandResult>;
}

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

	async function refuse({ person, reason, count }: AuditRequest, why: string, asker: Principal): Promise<void> {
		const details = { person: person.slice(0, 80), count, given: reason, reason: why };
		const entry = { action: 'audit', outcome: 'refused', subjectUserId: null, details } as const;
		await database.asUser(asker, (transaction) => writeEntry(transaction, { kind: 'person', asker }, entry));
	}

	return {
		isOn,
		async read(typed, reader) {
			const request = storable(typed);
			const { audit } = reader.words.administration;
			if (!isOn) {
				await refuse(request, 'off', reader.asker);
				return [audit.off];
			}
			try {
				const { person, entry } = await writeDown(request, reader);
				const read = await database.asUser(reader.asker, (transaction) => readNewest(transaction, person.userId, request.count), {
					auditEntry: entry,
				});
				return shownMessages(read.reverse(), person, reader.words.administration);
			} catch (thrown) {
				if (!(thrown instanceof CommandRefusal)) throw thrown;
				await refuse(request, thrown.reason, reader.asker);
				return [thrown.answer];
			}
		},
	};
}

type ReadMessage = Awaited<ReturnType<typeof readNewest>>[number];

/** What others said in the same conversation is not theirs, and not shown. The newest first. */
async function readNewest({ em }: Transaction, userId: string, count: number) {
	return await em.find(
		Message,
		{ $or: [{ author: userId }, { inReplyTo: { author: userId } }] },
		{
			fields: ['role', 'content', 'status', 'receivedAt', 'createdAt', 'conversation.platform', 'conversation.kind'],
			orderBy: { sequence: 'desc' },
			limit: count,
		},
	);
}

/** The oldest first, as a chat is read. */
function shownMessages(rows: readonly ReadMessage[], person: FoundPerson, { audit }: AdministrationWords): CommandResult {
	const name = shownPerson(person);
	if (rows.length === 0) return [audit.nothing(name)];
	return [audit.heading(name, rows.length), { list: rows.map((row) => shownMessage(row, person, audit)), keepsNewest: true }];
}

function shownMessage(
	{ role, content, status, receivedAt, createdAt, conversation: { platform, kind } }: ReadMessage,
	person: FoundPerson,
	words: AdministrationWords['audit'],
): string {
	const who = role === 'user' ? person.displayName : words.bot;
	const said = status === 'deleted' ? words.deleted : content.replace(/\s+/g, ' ').trim() || words.noText;
	return `${minuteOf(receivedAt ?? createdAt)}, ${platform}, ${words[kind]}, ${who}: ${said}`;
}
