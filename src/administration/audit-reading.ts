/** Reads what somebody and the bot said to each other, for an administrator who says why; first it is written down that they do. */

import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import type { Asker } from '../database/transaction.ts';
import type { Account } from '../identity/account.ts';
import type { Place } from '../platform/place.ts';
import { shortened } from '../text.ts';
import type { Words } from '../words/words.ts';
import { minuteOf, writeEntry } from './audit-log.ts';
import { type AuditRequest, parseAuditRequest } from './audit-request.ts';
import { lengthForEach } from './message-size.ts';
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
	/** How many characters the answer may have. */
	characters: number;
}

export interface AuditReading {
	/** @returns what was said, or why not. @throws BotError `STORE_UNAVAILABLE`, `FORBIDDEN` for somebody who is no administrator. */
	read(typed: string, reader: Reader): Promise<string>;
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

/** A line shorter than this says nothing: then fewer are shown. */
const leastCharacters = 90;

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
		async read(typed, reader) {
			const { audit } = reader.words.administration;
			const request = parseAuditRequest(storableText(typed));
			if ('problem' in request) return isOn ? audit[request.problem] : audit.off;
			if (!isOn) {
				await refuse(request, 'off', reader.asker);
				return audit.off;
			}
			try {
				const { person, entry } = await writeDown(request, reader);
				const read = await database.asUser(reader.asker, ({ query }) => query<MessageRow>(selectMessages, [person.userId, request.count]), {
					auditEntry: entry,
				});
				return shownMessages(read.reverse(), person, reader);
			} catch (thrown) {
				if (!(thrown instanceof Refusal)) throw thrown;
				await refuse(request, thrown.reason, reader.asker);
				return shortened(thrown.answer, reader.characters);
			}
		},
	};
}

/** The oldest first, as a chat is read. Long ones are cut, and if that is not enough, the oldest are left out. */
function shownMessages(rows: readonly MessageRow[], person: FoundPerson, { words, characters }: Reader): string {
	const { audit, cut } = words.administration;
	const name = shownPerson(person);
	if (rows.length === 0) return audit.nothing(name);
	const heading = audit.heading(name, rows.length);
	const room = characters - heading.length - cut(rows.length, rows.length).length - 2;
	const lines = rows.map((row) => `• ${shownMessage(row, person, audit)}`);
	const shown = lines.slice(-Math.max(1, Math.floor(room / leastCharacters)));
	const each = lengthForEach(shown, room);
	const notAll = shown.length < lines.length ? [cut(shown.length, lines.length)] : [];
	return [heading, ...notAll, ...shown.map((line) => shortened(line, each))].join('\n');
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
