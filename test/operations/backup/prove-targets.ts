/** Where backups are put beside a folder: a bucket, and what rclone knows. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startS3Emulator } from '#test/emulators/s3/index.ts';
import type { Prove } from '../https/prove.ts';
import { createAdministrator } from './administrator.ts';

export async function proveTargets({ url, folder, prove }: { url: string; folder: string; prove: Prove }): Promise<void> {
	const own = await mkdtemp(join(folder, 'targets-'));
	const dataFolder = join(folder, 'data');
	await prove('a bucket takes backups, gives them back, and one that refuses them is a failure', async () => {
		const bucket = await startS3Emulator();
		const environment = {
			OPENCCB_BACKUP_TARGET: `s3://${bucket.bucket}/bot`,
			RCLONE_S3_PROVIDER: 'Other',
			RCLONE_S3_ENDPOINT: bucket.url,
			RCLONE_S3_REGION: bucket.region,
			RCLONE_S3_ACCESS_KEY_ID: bucket.accessKeyId,
			RCLONE_S3_SECRET_ACCESS_KEY: bucket.secretAccessKey,
			RCLONE_S3_LIST_VERSION: '2',
			RCLONE_RETRIES: '1',
		};
		const administrator = await createAdministrator({ folder: join(own, 'bucket'), url, dataFolder, environment });
		const { code, output } = await administrator.backup(['--no-verify']);
		assert.equal(code, 0, output);
		const keys = [...bucket.objects.keys()].toSorted();
		assert.match(keys.join(' '), /^bot\/openccb-\w+\.tar\.age bot\/openccb-\w+\.tar\.age\.sha256$/);
		const restored = await administrator.restore(['latest', '--verify']);
		assert.equal(restored.code, 0, restored.output);
		const refused = await administrator.backup(['--no-verify'], { RCLONE_S3_SECRET_ACCESS_KEY: 'another' });
		assert.equal(refused.code, 1, refused.output);
		assert.match(refused.output, /^Stopped: the place for backups did not take or give the file/m);
		assert.deepEqual([...bucket.objects.keys()].toSorted(), keys);
		await bucket.close();
	});
	await prove('whatever rclone knows takes them, whole, and forgets those that nobody keeps', async () => {
		const remote = await mkdtemp(join(folder, 'remote-'));
		const old = Array.from(
			{ length: 40 },
			(_, day) =>
				`openccb-2025${String(1 + Math.floor(day / 20)).padStart(2, '0')}${String(1 + (day % 20)).padStart(2, '0')}T023000Z.tar.age`,
		);
		for (const name of old) await writeFile(join(remote, name), '');
		const environment = { OPENCCB_BACKUP_TARGET: `rclone::local:${remote}`, RCLONE_CONFIG: join(own, 'rclone.conf') };
		const administrator = await createAdministrator({ folder: join(own, 'rclone'), url, dataFolder, environment });
		const { code, output } = await administrator.backup(['--no-verify']);
		assert.equal(code, 0, output);
		const names = (await readdir(remote)).filter((name) => name.endsWith('.age'));
		assert.ok(names.length < 30, names.join());
		assert.ok(names.includes(old.at(-1) ?? ''));
		assert.deepEqual(
			(await readdir(remote)).filter((name) => name.endsWith('.part')),
			[],
		);
		const restored = await administrator.restore(['latest', '--verify']);
		assert.equal(restored.code, 0, restored.output);
	});
}
