/** The embedded database: backed up while the bot runs, restored, and carried to a server. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Prove } from '../https/prove.ts';
import { runToEnd } from '../https/running.ts';
import { createAdministrator } from './administrator.ts';
import { makeDatabase } from './server-databases.ts';
import type { Workshop } from './workshop.ts';

export interface EmbeddedParts {
	folder: string;
	workshop: Workshop;
	/** A server's address, as its administrator. */
	target: string;
	prove: Prove;
}

export async function proveEmbedded({ folder, workshop, target, prove }: EmbeddedParts): Promise<void> {
	const own = await mkdtemp(join(folder, 'embedded-'));
	const dataFolder = join(own, 'data');
	const program = await workshop.start({ url: null, dataFolder });
	await workshop.share();
	const answer = await workshop.ask('owner');
	const environment = { OPENCCB_OPERATIONS_PORT: new URL(program.operationsAddress).port };
	const administrator = await createAdministrator({ folder: join(own, 'administrator'), url: null, dataFolder, environment });
	await prove('the embedded database is backed up while the bot answers, and while it stands', async () => {
		const [{ code, output }, during] = await Promise.all([administrator.backup(), workshop.ask('owner')]);
		assert.equal(code, 0, output);
		assert.deepEqual(during, answer);
		assert.deepEqual((await readdir(dataFolder)).toSorted(), ['documents', 'postgres', 'postgres.lock']);
		const running = await administrator.restore(['latest', '--yes', '--replace']);
		assert.equal(running.code, 1);
		assert.match(running.output, /^Stopped: the bot is running/m);
		await workshop.stop();
		const stopped = await administrator.backup(['--no-verify']);
		assert.equal(stopped.code, 0, stopped.output);
	});
	await prove('it is restored where its folder is gone, and gives the same answer to whoever may have it', async () => {
		await rm(dataFolder, { recursive: true });
		const { code, output } = await administrator.restore(['latest', '--yes']);
		assert.equal(code, 0, output);
		await workshop.start({ url: null, dataFolder });
		assert.deepEqual(await workshop.ask('owner'), answer);
		assert.deepEqual((await workshop.ask('colleague')).sources, []);
		await workshop.stop();
	});
	await prove('a backup of one kind of database is refused for the other, by name', async () => {
		const url = await makeDatabase(target, 'other_kind');
		const { code, output } = await administrator.restore(['latest', '--verify'], {
			DATABASE_URL: url,
			PGHOST: new URL(url).hostname,
			PGPORT: new URL(url).port,
			PGUSER: 'postgres',
		});
		assert.equal(code, 1);
		assert.match(output, /^Stopped: the backup is of the embedded database and this bot has the server one/m);
	});
	await prove('npm run move-to-server carries it to a server, where the same answer is given', async () => {
		const url = await makeDatabase(target, 'moved');
		const move = () => runToEnd(process.execPath, ['scripts/move-to-server/main.ts'], { DATABASE_URL: url, OPENCCB_DATA: dataFolder });
		const { code, output } = await move();
		assert.equal(code, 0, output);
		assert.match(output, /Done: \d+ rows in \d+ tables/);
		await workshop.start({ url, dataFolder });
		assert.deepEqual(await workshop.ask('owner'), answer);
		assert.deepEqual((await workshop.ask('colleague')).sources, []);
		await workshop.stop();
		const again = await move();
		assert.equal(again.code, 1);
		assert.match(again.output, /holds data already/);
	});
}
