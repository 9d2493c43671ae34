/** Documents in a bucket: what a service that speaks S3 does, and what it may do wrong. */

import { expect, test } from 'vitest';
import { describeFileStoreContract, partsOf } from '#test/contract/file-store.contract.ts';
import { filesBelow, openBucketPlace } from './places.ts';

describeFileStoreContract('a bucket', openBucketPlace);

const limits = { maxBytes: 1_000_000 };
const { signal } = new AbortController();

test.each(['slow-down', 'internal-error', 'conflict', 'full', 'reset', 'stored-then-reset'] as const)(
	'a service that fails once (%s) is asked again, after a pause',
	async (kind) => {
		const { store, s3, clock } = await openBucketPlace();
		s3.faults.add({ operation: 'put', kind });
		const { hash } = await store.put(partsOf('hello'), limits, signal);
		expect(clock.waitedMs).toEqual([expect.closeTo(200, -2.5)]);
		expect(Buffer.from(await store.read(hash, signal)).toString()).toBe('hello');
	},
);

test('a service that stays busy is given up, after longer and longer pauses, and nothing is left here', async () => {
	const { store, s3, clock, dataFolder } = await openBucketPlace();
	s3.faults.add({ operation: '*', kind: 'slow-down', times: 100 });
	await expect(store.put(partsOf('hello'), limits, signal)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
	expect(s3.calls).toHaveLength(4);
	expect(clock.waitedMs).toHaveLength(3);
	expect(await filesBelow(dataFolder)).toEqual([]);
});

test('the reason of a refusal is the service’s own word', async () => {
	const { store, s3 } = await openBucketPlace();
	s3.faults.add({ operation: 'put', kind: 'full', times: 4 });
	const full = { code: 'STORE_UNAVAILABLE', reason: 'XMinioStorageFull', retryable: true };
	await expect(store.put(partsOf('hello'), limits, signal)).rejects.toMatchObject(full);
	s3.faults.add({ operation: 'put', kind: 'denied' });
	await expect(store.put(partsOf('hello'), limits, signal)).rejects.toMatchObject({ code: 'CONFIG_INVALID', reason: 'AccessDenied' });
});

test.each([
	['a wrong secret', { secret: 'wrong' }, 'SignatureDoesNotMatch'],
	['an unknown key', { keyId: 'AKIAOTHER' }, 'InvalidAccessKeyId'],
	['another region', { region: 'us-east-1' }, 'AuthorizationHeaderMalformed'],
])('%s is a mistake in the settings, and not tried twice', async (_, access, reason) => {
	const { store, s3 } = await openBucketPlace({ access });
	await expect(Array.fromAsync(store.list(signal))).rejects.toMatchObject({ code: 'CONFIG_INVALID', reason, retryable: false });
	expect(s3.calls).toHaveLength(1);
});

test('without the right to list, what is missing cannot be told from what is forbidden', async () => {
	const { store } = await openBucketPlace({ mayList: false });
	await expect(store.put(partsOf('hello'), limits, signal)).rejects.toMatchObject({ code: 'CONFIG_INVALID', reason: 'http-403' });
});

test('a service that is away is said so', async () => {
	const { store, s3 } = await openBucketPlace();
	await s3.close();
	const away = { code: 'STORE_UNAVAILABLE', reason: 'ECONNREFUSED', retryable: true };
	await expect(store.has('0'.repeat(64), signal)).rejects.toMatchObject(away);
});

test('an answer that breaks off is asked for again', async () => {
	const { store, s3 } = await openBucketPlace();
	const { hash } = await store.put(partsOf(Buffer.alloc(500_000, 'x')), limits, signal);
	s3.faults.add({ operation: 'get', kind: 'cut' });
	s3.faults.add({ operation: 'list', kind: 'cut' });
	expect(await store.read(hash, signal)).toHaveLength(500_000);
	expect(await Array.fromAsync(store.list(signal))).toHaveLength(1);
});

test('a service that does not answer is left when the work is cancelled', async () => {
	const { store, s3, dataFolder } = await openBucketPlace();
	const ending = new AbortController();
	s3.faults.add({ operation: 'put', kind: 'hang' });
	const put = store.put(partsOf('hello'), limits, ending.signal);
	put.catch(() => {});
	await expect.poll(() => s3.calls.length).toBe(2);
	ending.abort();
	await expect(put).rejects.toMatchObject({ code: 'CANCELLED' });
	expect(await filesBelow(dataFolder)).toEqual([]);
});

test('a service that knows no conditions keeps files all the same', async () => {
	const { store } = await openBucketPlace({ knowsConditions: false });
	expect(await store.put(partsOf('hello'), limits, signal)).toMatchObject({ isNew: true });
	expect(await store.put(partsOf('hello'), limits, signal)).toMatchObject({ isNew: false });
});

test('the same again is sent again only when it was put more than an hour ago', async () => {
	const { store, s3 } = await openBucketPlace();
	const sent = () => s3.calls.filter(({ operation }) => operation === 'put').length;
	await store.put(partsOf('hello'), limits, signal);
	await store.put(partsOf('hello'), limits, signal);
	expect(sent()).toBe(1);
	for (const object of s3.objects.values()) object.modifiedAt = new Date(Date.now() - 2 * 60 * 60 * 1_000);
	expect(await store.put(partsOf('hello'), limits, signal)).toMatchObject({ isNew: false });
	expect(sent()).toBe(2);
	for (const { putAt } of await Array.fromAsync(store.list(signal))) expect(putAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test('a listing of more than a page comes whole', async () => {
	const { store, s3, plant } = await openBucketPlace();
	for (let index = 0; index < 2_500; index++) {
		const hash = index.toString(16).padStart(64, '0');
		await plant(`${hash.slice(0, 2)}/${hash.slice(2)}`, Buffer.from('x'));
	}
	const hashes = (await Array.fromAsync(store.list(signal))).map(({ hash }) => hash);
	expect(new Set(hashes).size).toBe(2_500);
	expect(s3.calls).toHaveLength(3);
});
