/** Files that people give before they ask about them: kept for a day, for their giver alone, and read like those of a chat's message. */

import { randomBytes } from 'node:crypto';
import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';
import { BotError } from '../../errors.ts';
import type { LimitedPerson, Limits } from '../../limits/limits.ts';
import { pictureKind } from '../attached/picture.ts';
import type { FileStore } from '../files/file-store.ts';
import { toFileName } from '../ingest/file-name.ts';
import { mostBytesOf } from '../ingest/takeable.ts';

export interface UploadedFile {
	id: string;
	/** As of `toFileName`. */
	name: string;
	/** By its content: that of a picture, or of nothing in particular. What else it is its reader finds out. */
	mediaType: string;
	sizeBytes: number;
}

/** All @throws BotError as `Database.asUser` and `FileStore`. */
export interface UploadStore {
	/** How large a file this person may give, in bytes. */
	mostBytes(person: LimitedPerson): number;
	/**
	 * Takes all that `source` gives. Whatever goes wrong, nothing of it is left.
	 * @param name whatever it is called. @returns `full` when they have given as much today as is kept. @throws BotError `TOO_LARGE`; `CANCELLED` when
	 * the signal fires; and what the source ends with.
	 */
	take(
		person: Principal & LimitedPerson,
		name: string,
		source: AsyncIterable<Uint8Array>,
		signal: AbortSignal,
	): Promise<UploadedFile | 'full'>;
	/** In the order of these ids; null when one of them is none of theirs, or not any more. */
	find(person: Principal, ids: readonly string[]): Promise<UploadedFile[] | null>;
	/** Whose it is was asked when it was named in a question. @param id whatever it is. @throws BotError `NOT_FOUND` when there is none, or not any more. */
	read(id: string, signal: AbortSignal): Promise<Uint8Array>;
	/** Those of these, whatever they are, that are theirs go. Safe to repeat. */
	remove(userId: string, ids: readonly string[], signal: AbortSignal): Promise<void>;
	/** Those that are older than a day go, some at a time. @returns whether there may be more. */
	removeOld(signal: AbortSignal): Promise<boolean>;
}

export interface UploadStoreDependencies {
	database: Pick<Database, 'queryAs' | 'queryAsLibrarian'>;
	files: Pick<FileStore, 'put' | 'read' | 'remove'>;
	limits: Pick<Limits, 'uploadBytes'>;
}

/** Long enough to write the question, and to ask it again. */
const keptFor = "interval '1 day'";
/** Nobody asks about more in a day; and twenty of the largest fill a disk as fast as one may. */
const mostFiles = 100;
const mostBytesInAll = 1024 ** 3;
/** So many old ones go at once. */
const batch = 100;
/** Before the bytes of each stand so many of its own, so that no other file has its hash: its bytes are nobody else's, and go when it does. */
const ownBytes = 16;

/** Of a file tell whether it is a picture. */
const tellingBytes = 12;

const isKept = `created_at > now() - ${keptFor}`;
const countOwn = `select count(*)::int as files, coalesce(sum(size_bytes), 0)::float8 as bytes from uploads where user_id = $1`;
const insertUpload = `
	insert into uploads (user_id, name, media_type, size_bytes, content_hash) values ($1, $2, $3, $4, $5) returning id`;
const selectOwn = `
	select upload.id, name, media_type as "mediaType", size_bytes as "sizeBytes" from unnest($2::uuid[]) with ordinality as wanted (id, place)
		join uploads as upload on upload.id = wanted.id
	where user_id = $1 and ${isKept} order by wanted.place`;

interface Kept {
	id: string;
	hash: string;
}

export function createUploadStore({ database, files, limits }: UploadStoreDependencies): UploadStore {
	const { queryAs, queryAsLibrarian } = database;

	async function isFull(person: Principal): Promise<boolean> {
		const [own] = await queryAs<{ files: number; bytes: number }>(person, countOwn, [person.userId]);
		return own !== undefined && (own.files >= mostFiles || own.bytes >= mostBytesInAll);
	}

	/** The bytes first: what is interrupted is found again by its row. */
	async function removeAll(found: readonly Kept[], signal: AbortSignal): Promise<void> {
		for (const { id, hash } of found) {
			await files.remove(hash, signal);
			await queryAsLibrarian('delete from uploads where id = $1', [id]);
		}
	}

	return {
		mostBytes: (person) => mostBytesOf(person, limits),
		async take(person, name, source, signal) {
			if (await isFull(person)) return 'full';
			const beginning: Uint8Array[] = [];
			const { hash, sizeBytes: storedBytes } = await files.put(
				withOwnBytes(noticed(source, beginning)),
				{ maxBytes: mostBytesOf(person, limits) + ownBytes },
				signal,
			);
			const taken = { name: toFileName(name), mediaType: mediaTypeOf(Buffer.concat(beginning)), sizeBytes: storedBytes - ownBytes };
			try {
				if (signal.aborted) throw new BotError('CANCELLED', 'a file is not wanted any more');
				const values = [person.userId, taken.name, taken.mediaType, taken.sizeBytes, hash];
				const [row] = await queryAs<{ id: string }>(person, insertUpload, values);
				if (row === undefined) throw new BotError('INTERNAL', 'an upload was not written down');
				return { id: row.id, ...taken };
			} catch (thrown) {
				// Should that fail too, the sweep finds them.
				await files.remove(hash, new AbortController().signal).catch(() => {});
				throw thrown;
			}
		},
		async find(person, ids) {
			if (ids.length === 0) return [];
			const found = await queryAs<UploadedFile>(person, selectOwn, [person.userId, ids]);
			return found.length === ids.length ? found : null;
		},
		async read(id, signal) {
			const [found] = await queryAsLibrarian<Kept>(`select id, content_hash as hash from uploads where id::text = $1 and ${isKept}`, [id]);
			if (found === undefined) throw new BotError('NOT_FOUND', 'an upload is not there any more');
			return (await files.read(found.hash, signal)).subarray(ownBytes);
		},
		async remove(userId, ids, signal) {
			const own = 'select id, content_hash as hash from uploads where user_id = $1 and id::text = any($2)';
			await removeAll(await queryAsLibrarian<Kept>(own, [userId, ids]), signal);
		},
		async removeOld(signal) {
			const old = `select id, content_hash as hash from uploads where not (${isKept}) order by created_at limit ${batch}`;
			const found = await queryAsLibrarian<Kept>(old);
			await removeAll(found, signal);
			return found.length === batch;
		},
	};
}

async function* withOwnBytes(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield randomBytes(ownBytes);
	yield* source;
}

/** @param beginning gets what tells of the type. */
async function* noticed(source: AsyncIterable<Uint8Array>, beginning: Uint8Array[]): AsyncGenerator<Uint8Array> {
	let left = tellingBytes;
	for await (const part of source) {
		if (left > 0) beginning.push(part.subarray(0, left));
		left -= part.length;
		yield part;
	}
}

function mediaTypeOf(beginning: Uint8Array): string {
	const kind = pictureKind(beginning);
	return kind === null ? 'application/octet-stream' : `image/${kind}`;
}
