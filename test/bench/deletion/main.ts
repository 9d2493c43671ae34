/** How long a document is found after its message was deleted: from the deletion in Slack to the database, through the real program. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { openSlackStage } from '#test/e2e/platforms/slack-stage.ts';
import { startProgram } from '#test/e2e/program.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { findPostgresPrograms } from '../../../scripts/toolchain/system-parts.mjs';
import { quantile } from '../report.ts';

const documents = 50;
const passagesEach = 40;
/** Fine enough beside what is measured. */
const pollMs = 2;
const giveUpMs = 120_000;

/** Markdown. */
export async function measureDeletion(): Promise<string> {
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('a PostgreSQL server is missing on this machine');
	const [postgres, ollama, stage] = await Promise.all([startPostgres(programs), startOllamaEmulator({}), openSlackStage()]);
	const folder = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const program = await startProgram({
		...stage.environment,
		...{ OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'demo:latest', OPENCCB_DATA: folder, DATABASE_URL: postgres.url },
		...{ OPENCCB_UPLOADS_PER_DAY: 'none', OPENCCB_REQUESTS_PER_MINUTE: 'none' },
	});
	const client = new Client({ connectionString: postgres.url });
	await client.connect();
	const count = async (sql: string, parameters: unknown[] = []) => (await client.query(sql, parameters)).rowCount ?? 0;

	async function until(holds: () => Promise<boolean>): Promise<void> {
		for (const deadline = performance.now() + giveUpMs; !(await holds()); await delay(pollMs))
			if (performance.now() > deadline) throw new Error('it did not come to pass');
	}

	try {
		await stage.attach([program.address]);
		const room = stage.openClosedChannel();
		const [unfound, gone]: [number[], number[]] = [[], []];
		const content = (number: number) =>
			Buffer.from(
				Array.from({ length: passagesEach }, (_, at) => `Pump ${number}, part ${at}. ${'It is checked twice a year. '.repeat(60)}`).join(
					'\n\n',
				),
			);
		for (let number = 0; number < documents; number++) {
			const files = [{ name: `pump-${number}.txt`, mediaType: 'text/plain', content: content(number) }];
			const shared = await stage.share({ room, text: 'A pump', files });
			const left = 'select id from document_placements where message_id = $1';
			await until(async () => (await count(`select id from documents where status = 'ready'`)) === 1);
			const atMs = performance.now();
			const removed = stage.remove(shared);
			await until(async () => (await count(left, [shared.messageId])) === 0);
			unfound.push(performance.now() - atMs);
			await until(async () => (await count('select id from documents')) === 0);
			gone.push(performance.now() - atMs);
			await removed;
		}
		const row = (what: string, values: readonly number[]) =>
			`| ${what} | ${[quantile(values, 0.5), quantile(values, 0.95), Math.max(...values)].map((value) => Math.round(value)).join(' | ')} |`;
		return [
			`${documents} documents of some ${passagesEach} passages, one after the other, in ms since the message was deleted:\n`,
			'| until | p50 | p95 | most |\n| --- | --- | --- | --- |',
			row('nobody finds it', unfound),
			row('its passages and bytes are gone', gone),
		].join('\n');
	} finally {
		await client.end();
		await program.kill();
		await Promise.all([ollama.close(), stage.close()]);
		await postgres.stop();
		await rm(folder, { recursive: true, force: true });
	}
}
