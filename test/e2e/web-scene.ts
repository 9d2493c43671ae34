/** The real program with the web switched on, between an emulated Slack, whose people come to the web from their chat, and an emulated Ollama. For what is no test of Vitest. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { startSlackEmulator } from '#test/emulators/slack/index.ts';
import { createOwnRedis } from '#test/redis/own-redis.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { findPostgresPrograms } from '../../scripts/toolchain/system-parts.mjs';
import { type Program, startProgram } from './program.ts';
import { publicUrl, type WebBrowser } from './web-page.ts';
import { linkFromChat, signInFromChat } from './web-sign-in.ts';

export interface WebSceneOptions {
	/** Answers that are written at a time. */
	slots?: number;
	/** A PostgreSQL of its own, or the embedded one. */
	database?: 'server' | 'embedded';
	/** A Redis of its own. */
	withRedis?: boolean;
	environment?: Record<string, string>;
}

export interface WebScene extends AsyncDisposable {
	program: Program;
	ollama: OllamaEmulator;
	/** The superuser's; null of the embedded one. */
	databaseUrl: string | null;
	/** Somebody new. @returns the id of their account. */
	meet(): string;
	/** What the bot gives them in their personal chat. */
	link(accountId: string): Promise<string>;
	signIn(accountId: string): Promise<WebBrowser>;
}

/** The same as where other platforms are measured. */
export const writing = { tokensPerSecond: 50, firstTokenMs: 200 };

export async function openWebScene({ slots = 1, database = 'server', withRedis = false, environment }: WebSceneOptions): Promise<WebScene> {
	const [postgres, ollama, slack, redis] = await Promise.all([
		database === 'server' ? startPostgres(programsOfPostgres()) : null,
		startOllamaEmulator({ parallel: slots, ...writing }),
		startSlackEmulator({}),
		withRedis ? createOwnRedis() : null,
	]);
	await redis?.start();
	const folder = await mkdtemp(join(tmpdir(), 'openccb-web-'));
	const program = await startProgram({
		...{ SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: slack.signingSecret, SLACK_API_URL: slack.apiUrl },
		...{ OLLAMA_HOST: ollama.url, OLLAMA_MODEL: 'demo:latest', OLLAMA_SLOTS: `${slots}` },
		...{ OPENCCB_DATA: folder, OPENCCB_PUBLIC_URL: publicUrl, LOG_LEVEL: 'info' },
		...(postgres === null ? {} : { DATABASE_URL: postgres.url }),
		...(redis === null ? {} : { REDIS_URL: redis.url }),
		...environment,
	});
	slack.setEventsUrl(`${program.address}/slack/events`);
	return {
		program,
		ollama,
		databaseUrl: postgres?.url ?? null,
		meet: () => slack.workspace.addUser({ name: slack.workspace.nextId('person'), locale: 'en-GB' }).id,
		link: (accountId) => linkFromChat(slack, accountId),
		signIn: (accountId) => signInFromChat(slack, accountId, () => program.address),
		async [Symbol.asyncDispose]() {
			await program.kill();
			await Promise.all([ollama.close(), slack.close(), redis?.kill()]);
			await postgres?.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function programsOfPostgres(): string {
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('a PostgreSQL server is missing on this machine');
	return programs;
}
