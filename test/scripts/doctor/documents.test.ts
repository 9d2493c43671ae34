import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type S3EmulatorOptions, startS3Emulator } from '#test/emulators/s3/index.ts';
import { diagnoseDocuments } from '../../../scripts/doctor/documents.ts';
import { patience } from './stub-server.ts';

async function startBucket(options: S3EmulatorOptions = {}) {
	const s3 = await startS3Emulator(options);
	onTestFinished(s3.close);
	const access = { endpoint: s3.url, region: s3.region, keyId: s3.accessKeyId, secret: s3.secretAccessKey, pathStyle: true };
	return { s3, place: `documents at ${new URL(s3.url).host}`, files: { bucket: { bucket: s3.bucket, prefix: 'company/' }, access } };
}

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-documents-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

test('a folder is looked at, and not even made', async () => {
	const dataFolder = await newFolder();
	const findings = await diagnoseDocuments({ bucket: null, access: null }, dataFolder, patience());
	expect(findings).toEqual([{ level: 'good', code: 'documents-folder', folder: join(dataFolder, 'documents') }]);
	expect(await readdir(dataFolder)).toEqual([]);
});

test('a folder that cannot be written is wrong', async () => {
	const file = join(await newFolder(), 'data');
	await writeFile(file, 'a file where the folder should be');
	const findings = await diagnoseDocuments({ bucket: null, access: null }, file, patience());
	expect(findings).toEqual([{ level: 'bad', code: 'documents-read-only', folder: join(file, 'documents') }]);
});

test('a sound bucket keeps a file, and nothing stays behind', async () => {
	const { s3, files, place } = await startBucket();
	expect(await diagnoseDocuments(files, await newFolder(), patience())).toEqual([{ level: 'good', code: 'bucket', place }]);
	expect(s3.calls.map(({ operation }) => operation)).toEqual(['list', 'head', 'put', 'get', 'delete']);
	expect(s3.objects.size).toBe(0);
});

test('a bucket that refuses us, one that is full and one that is away are told apart', async () => {
	const refusing = await startBucket();
	const wrong = { ...refusing.files, access: { ...refusing.files.access, secret: 'wrong' } };
	const refused = { level: 'bad', code: 'bucket-refuses', place: refusing.place, reason: 'SignatureDoesNotMatch' };
	expect(await diagnoseDocuments(wrong, await newFolder(), patience())).toEqual([refused]);

	const full = await startBucket();
	full.s3.faults.add({ operation: 'put', kind: 'full', times: 4 });
	const broken = { level: 'bad', code: 'bucket-unreachable', place: full.place, reason: 'XMinioStorageFull' };
	expect(await diagnoseDocuments(full.files, await newFolder(), patience())).toEqual([broken]);

	const away = await startBucket();
	await away.s3.close();
	const gone = { level: 'bad', code: 'bucket-unreachable', place: away.place, reason: 'ECONNREFUSED' };
	expect(await diagnoseDocuments(away.files, await newFolder(), patience())).toEqual([gone]);
});
