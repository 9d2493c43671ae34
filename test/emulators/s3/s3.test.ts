/** The emulated S3: Amazon's published examples of signatures hold, and what Amazon refuses is refused. */

import { AwsClient } from 'aws4fetch';
import { expect, onTestFinished, test } from 'vitest';
import { type S3EmulatorOptions, startS3Emulator } from './index.ts';
import { checkSignature, type SignedRequest } from './signature.ts';

const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const published = {
	credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', region: 'us-east-1' },
	now: Date.UTC(2013, 4, 24),
};

/** From “Signature Calculations for the Authorization Header: Examples” in Amazon's API reference. */
function example(method: string, target: string, more: Record<string, string>, signature: string, body = ''): SignedRequest {
	const headers: Record<string, string> = {
		host: 'examplebucket.s3.amazonaws.com',
		'x-amz-content-sha256': nothing,
		'x-amz-date': '20130524T000000Z',
		...more,
	};
	const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
	const signed = Object.keys(headers).sort().join(';');
	headers['authorization'] = `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signed},Signature=${signature}`;
	return { method, target, headers, body: Buffer.from(body) };
}

const get = example('GET', '/test.txt', { range: 'bytes=0-9' }, 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
const put = example(
	'PUT',
	'/test%24file.text',
	{
		date: 'Fri, 24 May 2013 00:00:00 GMT',
		'x-amz-storage-class': 'REDUCED_REDUNDANCY',
		'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
	},
	'98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
	'Welcome to Amazon S3.',
);
const list = example('GET', '/?max-keys=2&prefix=J', {}, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7');

test.each([
	['GET', get],
	['PUT', put],
	['a list', list],
])('Amazon’s example of a signed %s is right', (_, request) => {
	expect(() => checkSignature(request, published.credentials, published.now)).not.toThrow();
});

test.each([
	['another path', { ...get, target: '/other.txt' }, 'SignatureDoesNotMatch'],
	['another method', { ...get, method: 'HEAD' }, 'SignatureDoesNotMatch'],
	['another header that is signed', { ...get, headers: { ...get.headers, range: 'bytes=0-99' } }, 'SignatureDoesNotMatch'],
	['a header of Amazon’s that is not signed', { ...get, headers: { ...get.headers, 'x-amz-acl': 'public-read' } }, 'AccessDenied'],
	['other bytes', { ...put, body: Buffer.from('Welcome to nothing.') }, 'XAmzContentSHA256Mismatch'],
	['no signature', { ...get, headers: { ...get.headers, authorization: undefined } }, 'AccessDenied'],
])('%s is refused', (_, request, code) => {
	expect(() => checkSignature(request, published.credentials, published.now)).toThrow(expect.objectContaining({ code }));
});

test('an old signature, another key and another region are refused', () => {
	const { credentials, now } = published;
	const check =
		(other: Partial<typeof credentials>, at = now) =>
		() =>
			checkSignature(get, { ...credentials, ...other }, at);
	expect(check({}, now + 16 * 60_000)).toThrow(expect.objectContaining({ code: 'RequestTimeTooSkewed' }));
	expect(check({ accessKeyId: 'AKIAOTHER' })).toThrow(expect.objectContaining({ code: 'InvalidAccessKeyId' }));
	expect(check({ region: 'eu-west-1' })).toThrow(expect.objectContaining({ code: 'AuthorizationHeaderMalformed' }));
	expect(check({ secretAccessKey: 'other' })).toThrow(expect.objectContaining({ code: 'SignatureDoesNotMatch' }));
});

async function start(options: S3EmulatorOptions = {}) {
	const s3 = await startS3Emulator(options);
	onTestFinished(s3.close);
	const client = new AwsClient({ ...s3, service: 's3', retries: 0 });
	const ask = async (method: string, path: string, init: { body?: string; headers?: Record<string, string> } = {}) => {
		const response = await client.fetch(`${s3.url}/${path}`, { method, ...init });
		return { status: response.status, text: await response.text(), etag: response.headers.get('etag') };
	};
	return { s3, ask };
}

test('objects are put, read, listed in pages and deleted', async () => {
	const { ask } = await start();
	for (const key of ['a/1', 'a/%C3%A9%20%26', 'b'])
		expect(await ask('PUT', `documents/${key}`, { body: key })).toMatchObject({ status: 200 });
	expect(await ask('GET', 'documents/a/1')).toEqual({ status: 200, text: 'a/1', etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) });
	const first = await ask('GET', 'documents?list-type=2&prefix=a/&max-keys=1');
	expect(first.text).toContain('<Key>a/1</Key>');
	const [, token] = /<NextContinuationToken>(.*?)</.exec(first.text) ?? [];
	const second = await ask('GET', `documents?list-type=2&prefix=a/&max-keys=1&encoding-type=url&continuation-token=${token}`);
	expect(second.text).toContain('<Key>a/%C3%A9+%26</Key>');
	expect(second.text).toContain('<IsTruncated>false</IsTruncated>');
	expect(await ask('DELETE', 'documents/a/1')).toMatchObject({ status: 204 });
	expect(await ask('DELETE', 'documents/a/1')).toMatchObject({ status: 204 });
	expect(await ask('GET', 'documents/a/1')).toMatchObject({ status: 404, text: expect.stringContaining('NoSuchKey') });
	expect(await ask('GET', 'other/a')).toMatchObject({ status: 404, text: expect.stringContaining('NoSuchBucket') });
});

test('conditions hold, or are not implemented', async () => {
	const { ask } = await start();
	const once = { body: 'x', headers: { 'if-none-match': '*' } };
	expect((await ask('PUT', 'documents/a', once)).status).toBe(200);
	expect((await ask('PUT', 'documents/a', once)).status).toBe(412);
	expect((await ask('GET', 'documents/a', { headers: { 'if-match': '"other"' } })).status).toBe(412);
	expect((await (await start({ knowsConditions: false })).ask('PUT', 'documents/a', once)).status).toBe(501);
});

test('ordered failures happen once each', async () => {
	const { s3, ask } = await start();
	s3.faults.add({ operation: 'list', kind: 'slow-down' });
	expect(await ask('GET', 'documents?list-type=2')).toMatchObject({ status: 503, text: expect.stringContaining('SlowDown') });
	expect((await ask('GET', 'documents?list-type=2')).status).toBe(200);
	s3.faults.add({ operation: 'put', kind: 'stored-then-reset' });
	await expect(ask('PUT', 'documents/a', { body: 'x' })).rejects.toThrow();
	expect([...s3.objects.keys()]).toEqual(['a']);
	expect(s3.calls.map(({ outcome }) => outcome)).toEqual(['SlowDown', 'ok', null]);
});
