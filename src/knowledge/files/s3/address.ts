/** Which bucket, and how to get in. Pure. */

import { BotError } from '../../../errors.ts';

/** What a service that speaks S3 wants to know of whoever asks. */
export interface BucketAccess {
	/** Such as `https://s3.eu-central-1.amazonaws.com`, or `http://minio:9000`, without a slash at its end. */
	endpoint: string;
	region: string;
	keyId: string;
	secret: string;
	/** `endpoint/bucket/key` rather than `bucket.endpoint/key`. */
	pathStyle: boolean;
}

/** `s3://bucket/prefix`. */
export interface BucketPlace {
	bucket: string;
	/** Empty, or with a slash at its end. */
	prefix: string;
}

/** Null when it is none. Names of buckets are as Amazon's documentation says; a prefix has no empty parts and none of dots alone. */
export function parseBucketPlace(text: string): BucketPlace | null {
	const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? [];
	if (bucket === undefined) return null;
	if (path === '') return { bucket, prefix: '' };
	const parts = path.replace(/\/$/, '').split('/');
	return parts.some((part) => /^\.*$/.test(part)) ? null : { bucket, prefix: `${parts.join('/')}/` };
}

/** Where a request goes. `key` is empty for the bucket itself. @throws BotError `INTERNAL` for `..` and `.` in a key: in a URL they lead elsewhere. */
export function urlOfKey(access: BucketAccess, bucket: string, key: string, query: Readonly<Record<string, string>> = {}): string {
	if (key.split('/').some((part) => part === '.' || part === '..')) throw new BotError('INTERNAL', 'no address leads to this key');
	const url = new URL(access.endpoint);
	const path = encode(key).replaceAll('%2F', '/');
	const search = Object.entries(query)
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.join('&');
	if (!access.pathStyle) url.host = `${bucket}.${url.host}`;
	const root = url.href.replace(/\/$/, '');
	return `${root}${access.pathStyle ? `/${bucket}` : ''}/${path}${search === '' ? '' : `?${search}`}`;
}

/** As signatures are made: everything but letters, digits, `-`, `.`, `_` and `~`. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
