/** Whether a request is Slack's: its signature, over the bytes of the body as they came. Pure. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What the headers say, as far as it can be judged without the body. */
export interface Signature {
	/** As it was sent: it is a part of what was signed. */
	timestamp: string;
	digest: Buffer;
}

/** "Verifying requests from Slack": older than five minutes is a replay. The SDK takes any time in the future, we do not. */
const maxSkewSeconds = 300;

/** `signature`: missing, or none of this version. `timestamp`: too old, or from the future. */
export function readSignature(headers: IncomingHttpHeaders, nowMs: number): Signature | 'signature' | 'timestamp' {
	const [, timestamp] = /^(\d{1,12})$/.exec(String(headers['x-slack-request-timestamp'])) ?? [];
	const [, digest] = /^v0=([0-9a-f]{64})$/.exec(String(headers['x-slack-signature'])) ?? [];
	if (timestamp === undefined || digest === undefined) return 'signature';
	if (Math.abs(nowMs / 1_000 - Number(timestamp)) > maxSkewSeconds) return 'timestamp';
	return { timestamp, digest: Buffer.from(digest, 'hex') };
}

/** The SDK has the same check, for bodies that were decoded before it was known whose they are. */
export function isSignedWith(signingSecret: string, { timestamp, digest }: Signature, body: Uint8Array): boolean {
	const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest();
	return timingSafeEqual(expected, digest);
}
