/** Whose requests are taken for Slack's. */

import { createHmac } from 'node:crypto';
import { verifySlackRequest } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { isSignedWith, readSignature } from '../../../adapters/slack/signature.ts';

const secret = 'a secret';
const nowMs = 1_800_000_000_000;
const now = String(nowMs / 1_000);
const headersFor = (body: Uint8Array | string, timestamp = now, key = secret) => {
	const digest = createHmac('sha256', key).update(`v0:${timestamp}:`).update(body).digest('hex');
	return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
};
const isTaken = (headers: Record<string, string>, body: Uint8Array) => {
	const signature = readSignature(headers, nowMs);
	return typeof signature !== 'string' && isSignedWith(secret, signature, body);
};

describe('a signature of Slack', () => {
	it('counts for exactly the bytes that came, and is the one that the SDK takes', () => {
		const body = Buffer.from('{"text":"ñ"}');
		const headers = headersFor(body);
		expect(isTaken(headers, body)).toBe(true);
		const forSdk = { ...headers, 'x-slack-request-timestamp': Number(now) };
		expect(() =>
			verifySlackRequest({ signingSecret: secret, headers: forSdk, body: body.toString(), nowMilliseconds: nowMs }),
		).not.toThrow();
		// Decoded first, these would all look alike.
		const broken = Buffer.from([0x22, 0xff, 0x22]);
		expect(isTaken(headersFor(broken), broken)).toBe(true);
		expect(isTaken(headersFor(broken), Buffer.from(broken.toString()))).toBe(false);
		expect(isTaken(headersFor(body, now, 'another secret'), body)).toBe(false);
		expect(isTaken(headers, Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
	});

	const good = headersFor('');
	it.each([
		[{}],
		[{ ...good, 'x-slack-signature': '' }],
		[{ ...good, 'x-slack-signature': good['x-slack-signature'].replace('v0', 'v1') }],
		[{ ...good, 'x-slack-signature': good['x-slack-signature'].toUpperCase() }],
		[{ ...good, 'x-slack-signature': `${good['x-slack-signature']}00` }],
		[{ ...good, 'x-slack-signature': `${good['x-slack-signature']}, ${good['x-slack-signature']}` }],
		[{ ...good, 'x-slack-request-timestamp': `${now}.0` }],
		[{ ...good, 'x-slack-request-timestamp': ` ${now}` }],
		[{ ...good, 'x-slack-request-timestamp': `${now}\n` }],
		[{ ...good, 'x-slack-request-timestamp': `${now}, ${now}` }],
		[{ ...good, 'x-slack-request-timestamp': '0x10' }],
		[{ ...good, 'x-slack-request-timestamp': '1e9' }],
		[{ ...good, 'x-slack-request-timestamp': '' }],
	])('is none in %j', (headers: Record<string, string>) => {
		expect(readSignature(headers, nowMs)).toBe('signature');
	});

	it.each([-301, 301, -1e9])('is too old, or from the future, %d seconds away', (seconds) => {
		expect(readSignature(headersFor('', String(Number(now) + seconds)), nowMs)).toBe('timestamp');
		expect(readSignature(headersFor('', String(Number(now) + Math.sign(seconds) * 299)), nowMs)).not.toBe('timestamp');
	});
});
