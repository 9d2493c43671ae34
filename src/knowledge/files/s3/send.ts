/** Signed requests to a service that speaks S3, repeated while it is busy or away for a moment. */

import type { Readable } from 'node:stream';
import { AwsV4Signer } from 'aws4fetch';
import { type Dispatcher, request } from 'undici';
import type { Clock } from '../../../clock.ts';
import { BotError, toBotError } from '../../../errors.ts';
import { growingPauseMs } from '../../../waiting.ts';
import { cancelledStorage, systemCode } from '../storage-error.ts';
import type { BucketAccess } from './address.ts';
import { bucketRefusal } from './refusal.ts';

export interface BucketRequest {
	method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
	url: string;
	headers?: Readonly<Record<string, string>>;
	/** Opened anew for each try. The service refuses bytes that have another hash. */
	body?: { open(): Readable; sizeBytes: number; hash: string };
}

export type BucketAnswer = Pick<Dispatcher.ResponseData, 'headers' | 'body'>;

/**
 * What `use` makes of a good answer, whose body it reads to its end or hands on. A failure of `use` counts as one of the request.
 * @throws BotError as `bucketRefusal`; `STORE_UNAVAILABLE` (retryable) with the socket's code when there is no answer; `CANCELLED`.
 */
export type Send = <T>(asked: BucketRequest, use: (answer: BucketAnswer) => Promise<T>, signal: AbortSignal) => Promise<T>;

/** As Amazon's own SDKs, which give up after three; once more, since other services are restarted now and then. */
const mostTries = 4;
const pauses = { firstMs: 200, mostMs: 5_000, jitter: 0.5 };
/** A healthy service answers within a second. */
const silenceMs = 30_000;
/** For the body of a request besides: a line of 2 Mbit/s is the slowest that is waited for. */
const slowestBytesPerMs = 256;
const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
/** An error takes less than a kilobyte. */
const mostRefusalBytes = 64 * 1_024;

export function createSend(access: BucketAccess, clock: Clock): Send {
	return async (asked, use, signal) => {
		for (let tries = 1; ; tries++) {
			try {
				return await use(await sendOnce(access, asked, clock.now(), signal));
			} catch (thrown) {
				const error = sendingError(thrown, signal);
				if (!error.retryable || tries === mostTries) throw error;
				await clock.wait(growingPauseMs(tries, pauses), signal);
			}
		}
	};
}

/** What a broken connection throws while a body is read too. */
export function sendingError(error: unknown, signal: AbortSignal): BotError {
	if (signal.aborted) return cancelledStorage();
	const reason = systemCode(error);
	if (error instanceof BotError || reason === 'unknown') return toBotError(error);
	return new BotError('STORE_UNAVAILABLE', `the storage of documents does not answer: ${reason}`, {
		reason,
		retryable: true,
		cause: error,
	});
}

async function sendOnce(access: BucketAccess, asked: BucketRequest, nowMs: number, signal: AbortSignal): Promise<BucketAnswer> {
	if (signal.aborted) throw cancelledStorage();
	const { method, url, body } = asked;
	const headers = { ...asked.headers, 'x-amz-content-sha256': body?.hash ?? sha256OfNothing };
	const answer = await request(url, {
		method,
		headers: {
			...(await sign(access, { method, url, headers }, nowMs)),
			...(body === undefined ? {} : { 'content-length': String(body.sizeBytes) }),
		},
		body: body?.open() ?? null,
		headersTimeout: silenceMs + (body?.sizeBytes ?? 0) / slowestBytesPerMs,
		bodyTimeout: silenceMs,
		signal,
	});
	if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
	throw bucketRefusal(answer.statusCode, await textWithin(answer.body, mostRefusalBytes));
}

async function sign(
	{ keyId, secret, region }: BucketAccess,
	asked: { method: string; url: string; headers: Record<string, string> },
	nowMs: number,
): Promise<Record<string, string>> {
	const datetime = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
	const signer = new AwsV4Signer({ ...asked, accessKeyId: keyId, secretAccessKey: secret, region, service: 's3', datetime });
	return Object.fromEntries((await signer.sign()).headers);
}

/** @throws BotError `STORE_UNAVAILABLE` when there is more. */
export async function textWithin(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
	const parts: Uint8Array[] = [];
	let sizeBytes = 0;
	for await (const part of body) {
		sizeBytes += part.length;
		if (sizeBytes > mostBytes) throw new BotError('STORE_UNAVAILABLE', 'the storage of documents answered with more than it should');
		parts.push(part);
	}
	return Buffer.concat(parts).toString();
}
