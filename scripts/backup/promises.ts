/** What a backup promises of what it holds, as `promises.sql` writes it into the manifest, and whether a copy keeps it. */

import type { Database } from '#src/database/database.ts';
import { nobodyId } from '#src/database/transaction.ts';

/** `conversation`: all that a person could read of one; `sources`: a question of theirs with its answer and what that cites; `passages`: the words of those that were cited. */
export interface BackupPromise {
	kind: 'conversation' | 'sources' | 'passages';
	/** Of the conversation, or of the answer; of passages all, with commas between. */
	id: string;
	/** `users.id`; empty for passages, which the program reads. */
	personId: string;
	/** SHA-256, in hexadecimal digits. */
	digest: string;
}

const digestOf = {
	conversation: `select encode(sha256(convert_to(string_agg(id || ' ' || content, chr(10) order by sequence), 'UTF8')), 'hex') as digest
		from messages where conversation_id = $1`,
	sources: `select encode(sha256(convert_to(question.content || chr(10) || answer.content || chr(10) || answer.sources || coalesce(answer.found::text, 'null'), 'UTF8')), 'hex') as digest
		from messages as answer join messages as question on question.id = answer.in_reply_to where answer.id = $1`,
	passages: `select encode(sha256(convert_to(string_agg(id || ' ' || content, chr(10) order by id), 'UTF8')), 'hex') as digest
		from chunks where id = any(string_to_array($1, ',')::bigint[])`,
};

/** Of a manifest, or of its lines that are promises. Pure. */
export function readPromises(manifest: string): BackupPromise[] {
	return manifest.split('\n').flatMap((line) => {
		const [name, kind, id, personId, digest] = line.split('\t');
		return name === 'promise' && isKind(kind) && id && personId !== undefined && digest ? [{ kind, id, personId, digest }] : [];
	});
}

/** The first table that has other rows than the manifest says, with both; null where there is none. Pure. */
export function differingCount(manifest: string, facts: readonly string[]): string | null {
	const isCount = (line: string) => line.startsWith('rows\t');
	const [expected, found] = [new Set(manifest.split('\n').filter(isCount)), new Set(facts.filter(isCount))];
	const different = [...expected.difference(found), ...found.difference(expected)];
	return different.length === 0 ? null : different.slice(0, 2).join(' / ').replaceAll('\t', ' ');
}

/** Of each that is not kept, a sentence without anything of what was said. @throws BotError as `Database.asUser`. */
export async function brokenPromises(
	database: Pick<Database, 'queryAs' | 'queryAsLibrarian'>,
	promises: readonly BackupPromise[],
): Promise<string[]> {
	const broken: string[] = [];
	for (const promise of promises) {
		const { kind, id, personId, digest } = promise;
		const found = kind === 'passages' ? await readPassages(database, id) : await readAs(database, personId, promise);
		if (found !== digest) broken.push(`${kind} ${id} is not as it was for ${personId || 'the program'}`);
		if (kind !== 'passages' && (await readAs(database, nobodyId, promise)) !== null) broken.push(`${kind} ${id} is open to strangers`);
	}
	return broken;
}

/** With the rights of employees, which everybody has who may ask; what one reads depends on where they take part. */
async function readAs(database: Pick<Database, 'queryAs'>, userId: string, { kind, id }: BackupPromise): Promise<string | null> {
	const [row] = await database.queryAs<{ digest: string | null }>({ userId, role: 'ccb_employee' }, digestOf[kind], [id]);
	return row?.digest ?? null;
}

async function readPassages(database: Pick<Database, 'queryAsLibrarian'>, id: string): Promise<string | null> {
	const [row] = await database.queryAsLibrarian<{ digest: string | null }>(digestOf.passages, [id]);
	return row?.digest ?? null;
}

function isKind(kind: string | undefined): kind is BackupPromise['kind'] {
	return kind !== undefined && kind in digestOf;
}
