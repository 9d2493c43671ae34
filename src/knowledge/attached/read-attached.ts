/** The files of a question, fetched and read while its asker waits: nothing of them is kept, and no ingestion is needed. */

import type { Clock } from '../../clock.ts';
import { BotError, toBotError } from '../../errors.ts';
import type { LimitedPerson, Limits } from '../../limits/limits.ts';
import type { Logger } from '../../log.ts';
import type { Attachment } from '../../platform/chat-event.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';
import { startTimeLimit, unlessAborted } from '../../waiting.ts';
import type { Chunk } from '../chunk/chunk.ts';
import { type DownloadDependencies, download } from '../ingest/download.ts';
import { toFileName } from '../ingest/file-name.ts';
import { type FileReason, reasonOfFetch } from '../ingest/file-reason.ts';
import { createReadingPlaces } from '../ingest/reading-places.ts';
import { standardLimits } from '../reader/limits.ts';
import { type ReadOutcome, type ReadRequest, readDocument } from '../reader/read-document.ts';
import { mostPictures, seenPicture } from './seen-picture.ts';

/** Also what is no fault of the file: there were too many, or nobody could look at a picture of that size. */
export type UnreadReason = FileReason | 'too-many' | 'too-many-pictures' | 'picture-size';

/** A picture as a model takes it: PNG, JPEG or WebP. */
export interface AttachedPicture {
	kind: 'picture';
	/** As of `toFileName`. */
	name: string;
	bytes: Uint8Array;
	pixels: number;
}

export interface AttachedText {
	kind: 'text';
	name: string;
	/** The platform's. */
	fileId: string;
	/** In reading order. */
	chunks: readonly Chunk[];
	/** Parts of it could not be read. */
	isPartial: boolean;
}

export interface UnreadFile {
	kind: 'unread';
	name: string;
	reason: UnreadReason;
}

export type AttachedFile = AttachedText | AttachedPicture | UnreadFile;

export interface AttachedRequest {
	platform: ChatPlatform;
	/** Where the question was asked. */
	place: Place;
	person: LimitedPerson;
	/** Without a `source` where it is asked again: some platforms find a file by its id. */
	attachments: readonly Attachment[];
}

export interface AttachedFiles {
	/**
	 * One for each attachment, in their order, after 20 seconds at most: what was not read by then is not. Never throws for what a file or its platform is.
	 * @throws BotError the signal's reason, as soon as it fires.
	 */
	read(request: AttachedRequest, signal: AbortSignal): Promise<AttachedFile[]>;
}

export interface AttachedDependencies extends DownloadDependencies {
	limits: Pick<Limits, 'uploadBytes'>;
	clock: Clock;
	logger: Logger;
	/** `readDocument` when not given. */
	readFile?: (request: ReadRequest) => Promise<ReadOutcome>;
}

/** Whoever waits for an answer knows what they asked: more are a folder, and their passages would have a line each. */
const mostFiles = 10;
/** Of 2,500 public files, nineteen of twenty were read in a second. Longer nobody waits for the first word. */
const mostMs = 20_000;
/** Of one question, so that others get their turn. */
const atOnce = 2;
/** Of all questions in this process: each is a file in memory, and a process of up to 700 MB. */
const inAll = 4;

/** Nothing in them to read. */
const wordless = /^(?:audio|video)\//;

export function createAttachedFiles(deps: AttachedDependencies): AttachedFiles {
	const { clock, limits, logger, readFile = (request) => readDocument(request, { log: logger }) } = deps;
	const places = createReadingPlaces(inAll);

	async function fetch(attachment: Attachment, { platform, place, person }: AttachedRequest, signal: AbortSignal): Promise<Uint8Array> {
		const maxBytes = Math.min(limits.uploadBytes(person) ?? Number.POSITIVE_INFINITY, standardLimits.mostFileBytes);
		if ((attachment.sizeBytes ?? 0) > maxBytes) throw new BotError('TOO_LARGE', 'a file is larger than its asker may give');
		const parts = download(deps, { platform, place, fetching: { attachment, maxBytes }, priority: 'first' }, signal);
		return Buffer.concat(await Array.fromAsync(parts));
	}

	async function read(attachment: Attachment, request: AttachedRequest, signal: AbortSignal): Promise<AttachedFile> {
		const name = toFileName(attachment.name);
		if (wordless.test(attachment.mediaType)) return { kind: 'unread', name, reason: 'unsupported' };
		const bytes = await fetch(attachment, request, signal);
		const picture = seenPicture(bytes);
		if (picture !== null) {
			return typeof picture === 'string' ? { kind: 'unread', name, reason: picture } : { kind: 'picture', name, ...picture };
		}
		const outcome = await readFile({ name, bytes, isAwaited: true, signal });
		if (outcome.status === 'rejected') return { kind: 'unread', name, reason: outcome.reason };
		return { kind: 'text', name, fileId: attachment.id, chunks: outcome.chunks, isPartial: outcome.status === 'partial' };
	}

	function reasonOf(thrown: unknown, { person }: AttachedRequest): UnreadReason {
		const error = toBotError(thrown);
		if (error.code === 'TOO_LARGE')
			return (limits.uploadBytes(person) ?? Infinity) < standardLimits.mostFileBytes ? 'upload-size' : 'too-large';
		const reason = reasonOfFetch(error);
		if (reason === null) logger.warn({ code: error.code, reason: error.reason }, 'a file of a question could not be read');
		return reason ?? 'unavailable';
	}

	return {
		async read(request, signal) {
			const limit = startTimeLimit(clock, mostMs);
			const limited = AbortSignal.any([signal, limit.signal]);
			const late = () => new BotError('TIMEOUT', 'a file was not read in time');
			const files: AttachedFile[] = request.attachments.map(({ name }) => ({ kind: 'unread', name: toFileName(name), reason: 'too-many' }));
			const waiting = request.attachments.slice(0, mostFiles).entries();

			async function readNext(): Promise<void> {
				for (const [at, attachment] of waiting) {
					const reading = places.take(() => read(attachment, request, limited), limited);
					files[at] = await unlessAborted(reading, limited, late).catch((thrown): UnreadFile => {
						if (signal.aborted) throw toBotError(signal.reason);
						const reason = limited.aborted ? 'timeout' : reasonOf(thrown, request);
						return { kind: 'unread', name: toFileName(attachment.name), reason };
					});
				}
			}

			try {
				await Promise.all(Array.from({ length: atOnce }, readNext));
			} finally {
				limit.end();
			}
			return withFewPictures(files);
		},
	};
}

function withFewPictures(files: readonly AttachedFile[]): AttachedFile[] {
	let pictures = 0;
	return files.map((file) =>
		file.kind === 'picture' && ++pictures > mostPictures ? { kind: 'unread', name: file.name, reason: 'too-many-pictures' } : file,
	);
}
