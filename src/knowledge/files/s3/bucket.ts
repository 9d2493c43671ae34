/** What is done with a bucket, in the words of S3: objects under keys. */

import { createReadStream } from 'node:fs';
import type { Clock } from '../../../clock.ts';
import { BotError } from '../../../errors.ts';
import { type BucketAccess, urlOfKey } from './address.ts';
import { type ListingPage, readListing } from './listing.ts';
import { type BucketAnswer, type BucketRequest, createSend, textWithin } from './send.ts';

/** Every method @throws BotError as `Send`. */
export interface Bucket {
	/** @throws BotError `NOT_FOUND` too when the bucket is missing: an answer to this question has no words. */
	find(key: string, signal: AbortSignal): Promise<BucketObject>;
	/** What `use` makes of the object. @throws BotError `CONFLICT` when it has another `etag` than the one that is wanted. */
	read<T>(key: string, use: (body: BucketAnswer['body']) => Promise<T>, signal: AbortSignal, etag?: string): Promise<T>;
	/** @throws BotError `CONFLICT` when there is one already and `onlyNew`; services that know no such condition replace it. */
	put(key: string, file: UploadFile, onlyNew: boolean, signal: AbortSignal): Promise<void>;
	/** Harmless when there is none. */
	remove(key: string, signal: AbortSignal): Promise<void>;
	/** In the order of their keys. */
	list(prefix: string, signal: AbortSignal): AsyncIterable<BucketObject>;
}

export interface BucketObject {
	key: string;
	sizeBytes: number;
	modifiedAt: Date;
	/** Another one for other bytes, with its quotation marks. */
	etag: string;
}

export interface UploadFile {
	path: string;
	sizeBytes: number;
	/** SHA-256, hexadecimal. */
	hash: string;
}

/** A page has 1,000 objects, whose keys take up to 1,024 bytes, each three when it is encoded. */
const mostListingBytes = 8 * 2 ** 20;

export function createBucket(access: BucketAccess, bucket: string, clock: Clock): Bucket {
	const send = createSend(access, clock);

	function requestOf(method: BucketRequest['method'], key: string, rest: Partial<BucketRequest> = {}, query = {}): BucketRequest {
		return { method, url: urlOfKey(access, bucket, key, query), ...rest };
	}

	async function pageOf(prefix: string, token: string | null, signal: AbortSignal): Promise<ListingPage> {
		const query = { 'list-type': '2', 'encoding-type': 'url', prefix, ...(token === null ? {} : { 'continuation-token': token }) };
		const asked = requestOf('GET', '', {}, query);
		return await send(asked, async ({ body }) => readListing(await textWithin(body, mostListingBytes)), signal);
	}

	return {
		async find(key, signal) {
			const { headers } = await send(requestOf('HEAD', key), drained, signal);
			const sizeBytes = Number(headers['content-length']);
			return { key, sizeBytes, modifiedAt: new Date(String(headers['last-modified'])), etag: String(headers['etag']) };
		},
		async read(key, use, signal, etag) {
			const headers = etag === undefined ? {} : { 'if-match': etag };
			return await send(requestOf('GET', key, { headers }), ({ body }) => use(body), signal);
		},
		async put(key, { path, sizeBytes, hash }, onlyNew, signal) {
			const body = { open: () => createReadStream(path), sizeBytes, hash };
			const upload = (headers: Record<string, string>) => send(requestOf('PUT', key, { headers, body }), drained, signal);
			if (!onlyNew) return void (await upload({}));
			try {
				await upload({ 'if-none-match': '*' });
			} catch (error) {
				if (!(error instanceof BotError && error.reason === 'NotImplemented')) throw error;
				await upload({});
			}
		},
		async remove(key, signal) {
			await send(requestOf('DELETE', key), drained, signal);
		},
		async *list(prefix, signal) {
			let next: string | null = null;
			do {
				const page: ListingPage = await pageOf(prefix, next, signal);
				yield* page.objects;
				next = page.next;
			} while (next !== null);
		},
	};
}

/** A connection is free again once everything was read. */
async function drained(answer: BucketAnswer): Promise<BucketAnswer> {
	await answer.body.dump();
	return answer;
}
