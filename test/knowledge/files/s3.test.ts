/** Addresses and pages of S3, as they are written and read. */

import { describe, expect, it } from 'vitest';
import { parseBucketPlace, urlOfKey } from '#src/knowledge/files/s3/address.ts';
import { readListing } from '#src/knowledge/files/s3/listing.ts';

const access = { endpoint: 'https://s3.example.com', region: 'auto', keyId: 'k', secret: 's', pathStyle: true };

describe('parseBucketPlace', () => {
	it.each([
		['s3://documents', { bucket: 'documents', prefix: '' }],
		['s3://documents/', { bucket: 'documents', prefix: '' }],
		['s3://my.documents-1/of the/company', { bucket: 'my.documents-1', prefix: 'of the/company/' }],
		['s3://documents/company/', { bucket: 'documents', prefix: 'company/' }],
	])('reads %s', (text, place) => {
		expect(parseBucketPlace(text)).toEqual(place);
	});

	it.each(['documents', 'https://documents', 's3://', 's3://Documents', 's3://a', 's3://documents//x', 's3://documents/../x', 's3:///x'])(
		'refuses %s',
		(text) => {
			expect(parseBucketPlace(text)).toBeNull();
		},
	);
});

describe('urlOfKey', () => {
	it('puts the bucket into the path, or before the host', () => {
		expect(urlOfKey(access, 'documents', 'a/b c')).toBe('https://s3.example.com/documents/a/b%20c');
		expect(urlOfKey({ ...access, pathStyle: false }, 'documents', 'a/b')).toBe('https://documents.s3.example.com/a/b');
		const proxied = { ...access, endpoint: 'http://10.0.0.1:9000/storage/s3' };
		expect(urlOfKey(proxied, 'documents', '', { prefix: 'a/ñ' })).toBe('http://10.0.0.1:9000/storage/s3/documents/?prefix=a%2F%C3%B1');
	});

	it.each(['..', 'a/../b', 'a/.', './b'])('knows no address of %s', (key) => {
		expect(() => urlOfKey(access, 'documents', key)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
	});
});

describe('readListing', () => {
	const page = (inner: string) => `<?xml version="1.0"?><ListBucketResult>${inner}</ListBucketResult>`;
	const entry = (key: string) =>
		`<Contents><Key>${key}</Key><LastModified>2026-11-30T10:00:00.000Z</LastModified><ETag>&quot;e&quot;</ETag><Size>3</Size><Owner><ID>x</ID></Owner></Contents>`;

	it('decodes keys only where the service has encoded them', () => {
		expect(readListing(page(entry('a%2Bb+c'))).objects[0]?.key).toBe('a%2Bb+c');
		expect(readListing(page(`<EncodingType>url</EncodingType>${entry('a%2Bb+c')}`)).objects[0]).toEqual({
			key: 'a+b c',
			sizeBytes: 3,
			modifiedAt: new Date('2026-11-30T10:00:00Z'),
			etag: '"e"',
		});
	});

	it.each([
		['a page of a proxy', '<html>Sign in</html>'],
		['no page at all', ''],
		['a page that has a next one without saying which', page('<IsTruncated>true</IsTruncated>')],
		['an object without a size', page('<Contents><Key>a</Key><LastModified>2026-11-30T10:00:00Z</LastModified></Contents>')],
		['a key that is encoded otherwise', page(`<EncodingType>url</EncodingType>${entry('%E0%A4%A')}`)],
	])('takes %s for no listing', (_, source) => {
		expect(() => readListing(source)).toThrow(expect.objectContaining({ code: 'STORE_UNAVAILABLE', reason: 'not-s3' }));
	});
});
