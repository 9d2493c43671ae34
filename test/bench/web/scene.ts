/** The real program on a PostgreSQL of its own, between an emulated Slack, whose people come to the web from their chat, and an emulated Ollama. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Program, startProgram } from '#test/e2e/program.ts';
import { publicUrl, type WebBrowser } from '#test/e2e/web-page.ts';
import { signInFromChat } from '#test/e2e/web-sign-in.ts';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { startSlackEmulator } from '#test/emulators/slack/index.ts';
import { createOwnRedis } from '#test/redis/own-redis.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { findPostgresPrograms } from '../../../scripts/toolchain/system-parts.mjs';
import { type ProcessFigures, processFigures } from '../processes.ts';

export interface WebScene extends AsyncDisposable {
	program: Program;
	ollama: OllamaEmulator;
	/** The superuser's, past every policy. */
	database: Client;
	/** Somebody new, signed in. */
	signIn(): Promise<{ accountId: string; browser: WebBrowser }>;
	/** Of the program. */
	figures(): ProcessFigures;
}

/** The same as on the roads of the other platforms. */
export const writing = { tokensPerSecond: 50, firstTokenMs: 200 };

export interface WebSceneOptions {
	/** Answers that are written at a time. */
	slots?: number;
	/** A Redis of its own. */
	withRedis?: boolean;
}

export async function openWebScene({ slots = 1, withRedis = false }: WebSceneOptions = {}): Promise<WebScene> {
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('a PostgreSQL server is missing on this machine');
	const [postgres, ollama, slack] = await Promise.all([
		startPostgres(programs),
		startOllamaEmulator({ parallel: slots, ...writing }),
		startSlackEmulator({}),
	]);
	const redis = withRedis ? await createOwnRedis() : null;
	await redis?.start();
	const folder = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const program = await startProgram({
		...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_API_URL: slack.apiUrl },
		...{ OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'demo:latest', OLLAMA_SLOTS: `${slots}` },
		...{ OPENCCB_DATA: folder, DATABASE_URL: postgres.url, OPENCCB_PUBLIC_URL: publicUrl, LOG_LEVEL: 'info' },
		...(redis === null ? {} : { REDIS_URL: redis.url }),
	});
	slack.setEventsUrl(`${program.address}/slack/events`);
	const database = new Client({ connectionString: postgres.url });
	await database.connect();
	return {
		program,
		ollama,
		database,
		async signIn() {
			const accountId = slack.workspace.addUser({ name: slack.workspace.nextId('person'), locale: 'en-GB' }).id;
			return { accountId, browser: await signInFromChat(slack, accountId, () => program.address) };
		},
		figures: () => processFigures(program.pid),
		async [Symbol.asyncDispose]() {
			await database.end();
			await program.kill();
			await Promise.all([ollama.close(), slack.close()]);
			await Promise.all([postgres.stop(), redis?.kill()]);
			await rm(folder, { recursive: true, force: true });
		},
	};
}
