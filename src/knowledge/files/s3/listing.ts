/** Pages of `ListObjectsV2`, read. Pure. */

import { BotError } from '../../../errors.ts';
import { findAll, findFirst, readXml, type XmlElement, xmlText } from '../../parse/xml.ts';
import type { BucketObject } from './bucket.ts';

export interface ListingPage {
	objects: BucketObject[];
	/** Null on the last page. */
	next: string | null;
}

/** @throws BotError `STORE_UNAVAILABLE` for what is no such page. */
export function readListing(source: string): ListingPage {
	const page = findFirst(readXml(source), 'ListBucketResult');
	if (page === undefined) throw notUnderstood();
	const isEncoded = textOf(page, 'EncodingType') === 'url';
	const objects = findAll(page, 'Contents').map((entry) => objectOf(entry, isEncoded));
	const next = textOf(page, 'NextContinuationToken');
	if (textOf(page, 'IsTruncated') !== 'true') return { objects, next: null };
	// Else the rest would look as if it were gone.
	if (next === '') throw notUnderstood();
	return { objects, next };
}

function objectOf(entry: XmlElement, isEncoded: boolean): BucketObject {
	const key = textOf(entry, 'Key');
	const sizeBytes = Number(textOf(entry, 'Size') || Number.NaN);
	const modifiedAt = new Date(textOf(entry, 'LastModified'));
	if (key === '' || !Number.isSafeInteger(sizeBytes) || Number.isNaN(modifiedAt.getTime())) throw notUnderstood();
	return { key: isEncoded ? decoded(key) : key, sizeBytes, modifiedAt, etag: textOf(entry, 'ETag') };
}

/** As forms are encoded: a space is a plus sign. */
function decoded(key: string): string {
	try {
		return decodeURIComponent(key.replaceAll('+', ' '));
	} catch {
		throw notUnderstood();
	}
}

function textOf(element: XmlElement, name: string): string {
	const found = element.children.find((child) => typeof child !== 'string' && child.name === name);
	return found === undefined || typeof found === 'string' ? '' : xmlText(found);
}

function notUnderstood(): BotError {
	return new BotError('STORE_UNAVAILABLE', 'the storage of documents lists its objects otherwise than S3 does', { reason: 'not-s3' });
}
