/** What a service that speaks S3 says instead of doing what it was asked for, as errors of ours. Pure. */

import { BotError, type ErrorCode } from '../../../errors.ts';
import { foreignWord } from '../../../foreign-words.ts';

/** Nobody but whoever sets up the program can change these: keys, rights, the name of the bucket, its region, the clock. */
const setUpWrong: ReadonlySet<string> = new Set([
	'NoSuchBucket',
	'PermanentRedirect',
	'TemporaryRedirect',
	'AuthorizationHeaderMalformed',
	'InvalidBucketName',
]);

/**
 * `NOT_FOUND`; `CONFLICT` when a condition does not hold; `CONFIG_INVALID`; else `STORE_UNAVAILABLE`, retryable where the service is busy or broken.
 * The service's own word is the `reason`, or the status, as `http-403`: an answer to `HEAD` has no words.
 */
export function bucketRefusal(status: number, body: string): BotError {
	const reason = foreignWord(/<Code>([^<]*)<\/Code>/.exec(body)?.[1], `http-${status}`);
	const code = codeOf(status, reason);
	// 409 is what somebody else does with the same object at this moment.
	const isPassing = code === 'STORE_UNAVAILABLE' && (status === 409 || status === 429 || (status >= 500 && status !== 501));
	return new BotError(code, `the storage of documents said no: ${reason}`, { reason, retryable: isPassing });
}

function codeOf(status: number, reason: string): ErrorCode {
	if (setUpWrong.has(reason) || status === 301 || status === 307 || status === 401 || status === 403) return 'CONFIG_INVALID';
	if (status === 404) return 'NOT_FOUND';
	return status === 412 ? 'CONFLICT' : 'STORE_UNAVAILABLE';
}
