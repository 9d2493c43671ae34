/** What S3 does with the objects of a bucket, and what it refuses. */

import { createHash } from 'node:crypto';
import { S3Failure } from './failure.ts';
import type { Operation } from './faults.ts';

export interface StoredObject {
	body: Buffer;
	/** With its quotation marks: of an object that was put in one piece, the MD5 of its bytes. */
	etag: string;
	modifiedAt: Date;
}

export interface S3Request {
	operation: Operation;
	key: string;
	query: URLSearchParams;
	headers: Readonly<Record<string, string | undefined>>;
	body: Buffer;
}

export interface S3Answer {
	status: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
}

export interface Bucket {
	objects: Map<string, StoredObject>;
	/** False for a service that knows no `If-None-Match` when an object is put. */
	knowsConditions: boolean;
	/** False for a key without `s3:ListBucket`: then what is missing is forbidden. */
	mayList: boolean;
	now(): number;
}

const mostKeyBytes = 1_024;
const mostKeysOfPage = 1_000;

/** @throws S3Failure */
export function carryOut(bucket: Bucket, request: S3Request): S3Answer {
	switch (request.operation) {
		case 'put':
			return put(bucket, request);
		case 'delete':
			bucket.objects.delete(request.key);
			return { status: 204 };
		case 'list':
			return list(bucket, request);
		default:
			return read(bucket, request);
	}
}

function put({ objects, knowsConditions, now }: Bucket, { key, headers, body }: S3Request): S3Answer {
	if (headers['content-length'] === undefined)
		throw new S3Failure(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
	if (Buffer.byteLength(key) > mostKeyBytes) throw new S3Failure(400, 'KeyTooLongError', 'Your key is too long');
	const condition = headers['if-none-match'];
	if (condition !== undefined && (condition !== '*' || !knowsConditions))
		throw new S3Failure(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented');
	if (condition === '*' && objects.has(key)) throw preconditionFailed();
	const etag = `"${createHash('md5').update(body).digest('hex')}"`;
	objects.set(key, { body, etag, modifiedAt: new Date(Math.floor(now() / 1_000) * 1_000) });
	return { status: 200, headers: { etag } };
}

function read({ objects, mayList }: Bucket, { key, headers }: S3Request): S3Answer {
	const found = objects.get(key);
	if (found === undefined && !mayList) throw new S3Failure(403, 'AccessDenied', 'Access Denied');
	if (found === undefined) throw new S3Failure(404, 'NoSuchKey', 'The specified key does not exist.');
	if (headers['if-match'] !== undefined && headers['if-match'] !== found.etag) throw preconditionFailed();
	return { status: 200, headers: { etag: found.etag, 'last-modified': found.modifiedAt.toUTCString() }, body: found.body };
}

function list({ objects, mayList }: Bucket, { query }: S3Request): S3Answer {
	if (!mayList) throw new S3Failure(403, 'AccessDenied', 'Access Denied');
	if (query.get('list-type') !== '2' || (query.get('delimiter') ?? '') !== '')
		throw new S3Failure(501, 'NotImplemented', 'A parameter you provided implies functionality that is not implemented');
	const prefix = query.get('prefix') ?? '';
	const most = Math.min(Number(query.get('max-keys') ?? mostKeysOfPage), mostKeysOfPage);
	const after = afterToken(query.get('continuation-token'));
	const ahead = [...objects]
		.filter(([key]) => key.startsWith(prefix) && (after === null || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0))
		.sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
	const page = ahead.slice(0, most);
	const isEncoded = query.get('encoding-type') === 'url';
	const next = ahead.length > page.length ? Buffer.from(page.at(-1)?.[0] ?? '').toString('base64url') : null;
	const lines = [
		`<IsTruncated>${next !== null}</IsTruncated><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys>`,
		isEncoded ? '<EncodingType>url</EncodingType>' : '',
		next === null ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`,
		...page.map(([key, object]) => entryOf(isEncoded ? encodeForm(key) : key, object)),
	];
	const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
	const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="${namespace}">${lines.join('')}</ListBucketResult>`;
	return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function entryOf(key: string, { body, etag, modifiedAt }: StoredObject): string {
	const parts = { Key: key, LastModified: modifiedAt.toISOString(), ETag: etag, Size: String(body.length), StorageClass: 'STANDARD' };
	return `<Contents>${Object.entries(parts)
		.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
		.join('')}</Contents>`;
}

function afterToken(token: string | null): string | null {
	return token === null ? null : Buffer.from(token, 'base64url').toString();
}

/** As Java's `URLEncoder` does, but for the slash. */
function encodeForm(key: string): string {
	return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}

export function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function preconditionFailed(): S3Failure {
	return new S3Failure(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}
