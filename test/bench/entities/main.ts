/** `npm run bench -- entities`: what an entity costs beside the same statement by hand, on both databases. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseSettings, openDatabase } from '#src/database/database.ts';
import { silentLogger } from '#src/log.ts';
import { startPostgres } from '#test/setup/postgres-server.ts';
import { findNewestPostgres } from '../../../scripts/toolchain/newest-postgres.mjs';
import { pairs, type Scene, setScene, type Work } from './works.ts';

/** Until code that is run often has been compiled, and then enough for a median that stays. */
const warmRounds = 50;
const rounds = 400;

const head = [
	'| database | work | by hand, ms | entities, ms | by hand, CPU ms | entities, CPU ms | CPU more |',
	'| --- | --- | --- | --- | --- | --- | --- |',
];

/** Returns what it found, as Markdown: medians of the time until a transaction is over, means of this process's processor time. */
export async function measureEntities(): Promise<string> {
	const dataFolder = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const embedded = await measure('embedded', { url: null, dataFolder, audit: true, logger: silentLogger });
	await rm(dataFolder, { recursive: true, force: true });
	const programs = findNewestPostgres();
	if (programs === null) return [...head, ...embedded].join('\n');
	const server = await startPostgres(programs);
	const onServer = await measure('server', { url: server.url, dataFolder, audit: true, logger: silentLogger });
	await server.stop();
	return [...head, ...embedded, ...onServer].join('\n');
}

interface Taken {
	wallMs: number[];
	cpuMs: number;
}

async function measure(name: string, settings: DatabaseSettings): Promise<string[]> {
	const database = await openDatabase(settings);
	const scene = await setScene(database);
	const taken = pairs.map(() => ({ byHand: nothing(), throughEntities: nothing() }));
	// In turns, so that whatever else the machine does falls on all of them alike.
	for (let round = -warmRounds; round < rounds; round++)
		for (const [index, pair] of pairs.entries())
			for (const way of ['byHand', 'throughEntities'] as const) {
				const { wallMs, cpuMs } = await time(pair[way], scene);
				const sum = taken[index]?.[way];
				if (round < 0 || sum === undefined) continue;
				sum.wallMs.push(wallMs);
				sum.cpuMs += cpuMs / rounds;
			}
	await database.close();
	return taken.map(({ byHand, throughEntities }, index) => row(name, pairs[index]?.name ?? '', byHand, throughEntities));
}

function nothing(): Taken {
	return { wallMs: [], cpuMs: 0 };
}

async function time(work: Work, scene: Scene): Promise<{ wallMs: number; cpuMs: number }> {
	const [began, before] = [performance.now(), process.threadCpuUsage()];
	await work(scene);
	const { user, system } = process.threadCpuUsage(before);
	return { wallMs: performance.now() - began, cpuMs: (user + system) / 1_000 };
}

function row(database: string, work: string, byHand: Taken, entities: Taken): string {
	const figures = [median(byHand.wallMs), median(entities.wallMs), byHand.cpuMs, entities.cpuMs, entities.cpuMs - byHand.cpuMs];
	return `| ${[database, work, ...figures.map((figure) => figure.toFixed(2))].join(' | ')} |`;
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
