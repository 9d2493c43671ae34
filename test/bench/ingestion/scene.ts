/** The real program between an emulated Slack and an emulated Ollama that makes vectors, and what it tells of the files that come in. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { openSlackStage, type SlackStage } from '#test/e2e/platforms/slack-stage.ts';
import type { DroppedFile, Room } from '#test/e2e/platforms/stage.ts';
import { type Program, startProgram } from '#test/e2e/program.ts';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { findPostgresPrograms } from '../../../scripts/toolchain/system-parts.mjs';
import { processFigures } from './processes.ts';
import type { Sample } from './samples.ts';

export interface SceneOptions {
	/** A PostgreSQL server of its own instead of the embedded database. */
	onServer: boolean;
	/** Answers that are written at a time. */
	slots: number;
}

export interface IngestionScene extends AsyncDisposable {
	stage: SlackStage;
	program: Program;
	/** Shares files, ten in a message as people drop them at most, and resolves when Slack has said so. */
	share(room: Room, samples: readonly Sample[]): Promise<void>;
	counts(): Promise<IngestCounts>;
	/** Resolves when so many files more than before were read and put in, and every passage has its vector; on a server without pgvector there are none. */
	untilReady(before: IngestCounts, files: number): Promise<{ indexedAtMs: number; embeddedAtMs: number }>;
}

export interface IngestCounts {
	indexed: number;
	declined: number;
	/** Of all files that were read. */
	passages: number;
	embedded: number;
	/** The most memory that a reader had, in bytes. */
	readerPeakBytes: number;
	stages: Readonly<Record<'fetch' | 'read' | 'index', number>>;
	/** Processor time of the program itself. */
	processorMs: number;
}

const conditions = { latencyMs: 80, tokensPerSecond: 50, firstTokenMs: 200 };
const answer = Array.from({ length: 40 }, () => 'word ');
const filesOfMessage = 10;
const giveUpMs = 1_200_000;
/** Each look costs the program some milliseconds and statements. */
const lookEveryMs = 500;

export async function openIngestionScene({ onServer, slots }: SceneOptions): Promise<IngestionScene> {
	const stage = await openSlackStage({ latencyMs: conditions.latencyMs, retryDelaysMs: [60_000] });
	const ollama = await startOllamaEmulator({ parallel: slots, ...conditions });
	ollama.answer({ tokens: answer });
	const data = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const postgres = onServer ? await startPostgres(programsOfPostgres()) : null;
	if (postgres === null) await copyTemplate(data);
	const keepsVectors = postgres === null || (await hasVectors(postgres.url));
	const program = await startProgram({
		...stage.environment,
		...(postgres === null ? {} : { DATABASE_URL: postgres.url }),
		// A minute holds 20 streams for the workspace: by edits the first words of every turn of the bench are paced alike.
		SLACK_STREAMING: 'edit',
		OPENCCB_DATA: data,
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: 'demo:latest',
		OLLAMA_EMBEDDING_MODEL: 'demo-embed',
		OLLAMA_SLOTS: String(slots),
		LOG_LEVEL: 'info',
	});
	await stage.attach([program.address]);

	async function counts(): Promise<IngestCounts> {
		const text = await (await fetch(`${program.operationsAddress}/metrics`)).text();
		const metricOf = (line: string) => Number(new RegExp(`^openccb_${line} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
		const documents = [...text.matchAll(/^openccb_documents_total\{outcome="([^"]+)"\} (\d+)$/gm)];
		const sum = (isWanted: (outcome: string | undefined) => boolean) =>
			documents.filter(([, outcome]) => isWanted(outcome)).reduce((total, [, , count]) => total + Number(count), 0);
		const read = program.log.filter(({ msg }) => msg === 'a file was read');
		const secondsOf = (stageName: string) => metricOf(`ingest_stage_seconds_sum\\{stage="${stageName}"\\}`);
		return {
			indexed: sum((outcome) => outcome === 'indexed'),
			declined: sum((outcome) => outcome !== 'indexed'),
			passages: read.reduce((total, { chunks }) => total + Number(chunks), 0),
			embedded: metricOf('passages_embedded_total'),
			readerPeakBytes: Math.max(0, ...read.map(({ peakBytes }) => Number(peakBytes))),
			stages: { fetch: secondsOf('fetch'), read: secondsOf('read'), index: secondsOf('index') },
			processorMs: processFigures(program.pid).processorMs,
		};
	}

	/** @returns the moment when it was seen. */
	async function until(isSo: (counts: IngestCounts) => boolean): Promise<number> {
		const deadlineMs = performance.now() + giveUpMs;
		while (!isSo(await counts())) {
			if (performance.now() > deadlineMs) throw new Error('the files did not come in');
			await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
		}
		return performance.now();
	}

	return {
		...{ stage, program, counts },
		async share(room, samples) {
			for (let at = 0; at < samples.length; at += filesOfMessage)
				await stage.share({ room, text: 'for all', files: samples.slice(at, at + filesOfMessage).map(dropped) });
		},
		async untilReady(before, files) {
			const indexedAtMs = await until(({ indexed, declined }) => indexed + declined >= before.indexed + before.declined + files);
			const { declined } = await counts();
			if (declined > before.declined) throw new Error(`${declined - before.declined} files were not read`);
			return { indexedAtMs, embeddedAtMs: keepsVectors ? await until(({ embedded, passages }) => embedded >= passages) : indexedAtMs };
		},
		async [Symbol.asyncDispose]() {
			await program.kill();
			await Promise.all([stage.close(), ollama.close(), postgres?.stop()]);
			await rm(data, { recursive: true, force: true });
		},
	};
}

function programsOfPostgres() {
	const programs = findPostgresPrograms();
	if (programs === null) throw new Error('a PostgreSQL server is missing on this machine');
	return programs;
}

async function hasVectors(connectionString: string): Promise<boolean> {
	const client = new Client({ connectionString });
	await client.connect();
	const { rowCount } = await client.query("select from pg_available_extensions where name = 'vector'");
	await client.end();
	return rowCount === 1;
}

function dropped({ name, mediaType, content }: Sample): DroppedFile {
	return { name, mediaType, content };
}
