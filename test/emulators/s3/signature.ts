/** Signature version 4 of a request, as Amazon's documentation says it is checked. Pure, and shares no code with whoever signs. */

import { createHash, createHmac } from 'node:crypto';
import { S3Failure } from './failure.ts';

export interface SignedRequest {
	method: string;
	/** As it came: path and query, encoded. */
	target: string;
	/** Names in lower case. */
	headers: Readonly<Record<string, string | undefined>>;
	body: Uint8Array;
}

export interface Credentials {
	accessKeyId: string;
	secretAccessKey: string;
	region: string;
}

const algorithm = 'AWS4-HMAC-SHA256';
/** How far the clock of a client may be off. */
const mostSkewMs = 15 * 60 * 1_000;

/** @throws S3Failure for a request that S3 would not carry out. */
export function checkSignature(request: SignedRequest, credentials: Credentials, nowMs: number): void {
	const { headers, body } = request;
	const claim = readAuthorization(headers['authorization']);
	const contentHash = headers['x-amz-content-sha256'];
	const date = headers['x-amz-date'] ?? '';
	if (claim.accessKeyId !== credentials.accessKeyId)
		throw new S3Failure(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
	if (claim.scope !== `${date.slice(0, 8)}/${credentials.region}/s3/aws4_request`)
		throw malformed(`The credential scope is wrong; expecting '${credentials.region}'`);
	if (!(Math.abs(timeOf(date) - nowMs) <= mostSkewMs))
		throw new S3Failure(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
	if (contentHash === undefined)
		throw new S3Failure(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
	const unsigned = Object.keys(headers).filter((name) => (name === 'host' || name.startsWith('x-amz-')) && !claim.signed.includes(name));
	if (unsigned.length > 0) throw new S3Failure(403, 'AccessDenied', 'There were headers present in the request which were not signed');
	if (claim.signature !== signatureOf(request, claim.signed, contentHash, date, credentials))
		throw new S3Failure(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
	if (contentHash !== 'UNSIGNED-PAYLOAD' && contentHash !== sha256(body))
		throw new S3Failure(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
}

function readAuthorization(text: string | undefined) {
	if (text === undefined) throw new S3Failure(403, 'AccessDenied', 'Access Denied');
	const form = /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/;
	const [, accessKeyId, scope, signed = '', signature] = form.exec(text) ?? [];
	if (accessKeyId === undefined) throw malformed('The authorization header that you provided is not valid.');
	return { accessKeyId, scope, signed: signed.split(';'), signature };
}

function signatureOf(
	{ method, target, headers }: SignedRequest,
	signed: readonly string[],
	contentHash: string,
	date: string,
	{ region, secretAccessKey }: Credentials,
): string {
	const [path = '', query = ''] = target.split('?');
	const lines = signed.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
	const canonical = [method, canonicalPath(path), canonicalQuery(query), lines, signed.join(';'), contentHash].join('\n');
	const day = date.slice(0, 8);
	const scope = `${day}/${region}/s3/aws4_request`;
	const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
	return hmac(key, [algorithm, date, scope, sha256(canonical)].join('\n')).toString('hex');
}

/** Encoded once, unlike elsewhere at Amazon. */
function canonicalPath(path: string): string {
	return path
		.split('/')
		.map((part) => encode(decodeURIComponent(part)))
		.join('/');
}

function canonicalQuery(query: string): string {
	const pairs = query
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => pair.split('='))
		.map(([name = '', value = '']) => [name, value].map((text) => encode(decodeURIComponent(text.replaceAll('+', ' ')))).join('='));
	return pairs.sort().join('&');
}

function encode(text: string): string {
	return [...Buffer.from(text)]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			return /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
}

function timeOf(date: string): number {
	return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function hmac(key: string | Buffer, text: string): Buffer {
	return createHmac('sha256', key).update(text).digest();
}

function sha256(content: string | Uint8Array): string {
	return createHash('sha256').update(content).digest('hex');
}

function malformed(message: string): S3Failure {
	return new S3Failure(400, 'AuthorizationHeaderMalformed', message);
}
