/** Boards that fill, alerts that come once and go, for what really happens to the real program. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillCompileCache } from '#test/setup/compile-cache.ts';
import { allBoards } from '../../../scripts/generate/boards/all-boards.ts';
import type { Prove } from '../https/prove.ts';
import { type Drill, drills, proveSilence } from './drills.ts';
import { load } from './load.ts';
import { openWatchedCompany, type WatchedCompany } from './watched-company.ts';

const tools = [
	'prometheus',
	'prometheus-alertmanager',
	'prometheus-node-exporter',
	'prometheus-redis-exporter',
	'prometheus-postgres-exporter',
	'prometheus-blackbox-exporter',
];
/** Panels that stay empty, by what they need (`needs`): nothing of the kind happens here. */
const notHere = new Set([
	'people who reach a limit',
	'detours',
	'answers that a platform did not show',
	'jobs that wait',
	'files that wait',
	'a night with files from chats',
	'a connector',
	'a model that calls tools',
]);
/** What Grafana puts in the place of its variables, in a time that runs faster. */
const panelRange = '30s';
/** An hour of scraping costs this share of a core at most. */
const mostOfACore = 0.01;

export async function proveMonitoring(prove: Prove): Promise<void> {
	const missing = tools.filter((tool) => spawnSync('sh', ['-c', 'command -v "$0"', tool], { stdio: 'ignore' }).status !== 0);
	if (missing.length > 0) throw new Error(`missing on this machine: apt-get install --no-install-recommends ${missing.join(' ')}`);
	const folder = await mkdtemp(join(tmpdir(), 'openccb-monitoring-'));
	try {
		await fillCompileCache();
		await using company = await openWatchedCompany(folder);
		await load(company).catch((error) => tellMore(error, company));
		// The first before the boards, which tell of alerts, too.
		for (const drill of drills.slice(0, 1)) await proveDrill(drill, company, prove);
		await proveBoards(company, prove);
		await prove('a scrape costs little of a core', async () => await proveCheapness(company));
		for (const drill of drills.slice(1)) await proveDrill(drill, company, prove);
		await prove('the channel is told once when the monitoring falls silent', async () => await proveSilence(company));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function proveBoards(company: WatchedCompany, prove: Prove): Promise<void> {
	for (const board of allBoards) {
		const panels = board.rows.flatMap((row) => row.panels).filter(({ needs }) => needs === null || !notHere.has(needs));
		const queries = panels.flatMap(({ title, queries: of }) =>
			of.map(({ expression }) => ({ name: `${title.en}: ${expression}`, expression })),
		);
		await prove(`every query of the board "${board.title.en}" has data`, async () => {
			const found = await Promise.all(queries.map(async ({ expression }) => await hasData(company, expression)));
			assert.deepEqual(
				queries.filter((_, index) => !found[index]).map(({ name }) => name),
				[],
			);
		});
	}
}

/** At some moment of the load: a panel shows a stretch of time. */
async function hasData(company: WatchedCompany, expression: string): Promise<boolean> {
	const asked = expression.replaceAll('$__rate_interval', panelRange);
	return (await company.query(`last_over_time((${asked})[5m:1s])`)).length > 0;
}

async function proveDrill({ name, run }: Drill, company: WatchedCompany, prove: Prove): Promise<void> {
	await prove(name, async () => await run(company).catch((error) => tellMore(error, company)));
}

/** What the channel read last, and what the program wrote. */
function tellMore(error: unknown, company: WatchedCompany): never {
	const wrote = company
		.program()
		.output()
		.split('\n')
		.filter((line) => !line.includes('"level":"info"'));
	throw new Error([error instanceof Error ? error.message : String(error), ...company.told().slice(-3), ...wrote.slice(-5)].join('\n'), {
		cause: error,
	});
}

async function proveCheapness(company: WatchedCompany): Promise<void> {
	const address = company.program().operationsAddress;
	const times = 50;
	const before = await company.program().metric('process_cpu_seconds_total');
	for (let time = 0; time < times; time += 1) await (await fetch(`${address}/metrics`)).text();
	const seconds = ((await company.program().metric('process_cpu_seconds_total')) - before) / times;
	// Each 15 s in production.
	process.stdout.write(
		`  ${(seconds * 1_000).toFixed(1)} ms of processor time for a scrape, ${((seconds / 15) * 100).toFixed(3)} % of a core\n`,
	);
	assert.ok(seconds / 15 < mostOfACore, `${seconds} s of processor time for a scrape`);
}
