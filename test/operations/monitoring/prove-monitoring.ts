/** Boards that fill, alerts that come once and go, for what really happens to the real program. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#test/e2e/eventually.ts';
import { fillCompileCache } from '#test/setup/compile-cache.ts';
import { allBoards } from '../../../scripts/generate/boards/all-boards.ts';
import type { Prove } from '../https/prove.ts';
import { drills, proveSilence } from './drills.ts';
import { openWatchedCompany, type WatchedCompany } from './watched-company.ts';

const tools = [
	'prometheus',
	'prometheus-alertmanager',
	'prometheus-node-exporter',
	'prometheus-redis-exporter',
	'prometheus-postgres-exporter',
	'prometheus-blackbox-exporter',
];
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
		await load(company);
		await proveBoards(company, prove);
		await prove('a scrape costs little of a core', async () => await proveCheapness(company));
		for (const drill of drills) await prove(drill.name, async () => await drill.run(company));
		await prove('the channel is told once when the monitoring falls silent', async () => await proveSilence(company));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Questions, of which some fail, and a rating. */
async function load(company: WatchedCompany): Promise<void> {
	for (let round = 0; round < 3; round += 1) {
		company.ollama.fail({ kind: 'status', status: 500 });
		for (let question = 0; question < 4; question += 1) await company.ask(`question ${round} ${question}`);
		await eventually(async () => (await company.program().metric('openccb_running_turns')) === 0);
		const scrapes = Number((await company.query('count_over_time(up{job="openccb"}[1h])'))[0]?.value[1] ?? 0);
		// What begins between two scrapes rises for nobody.
		await eventually(async () => Number((await company.query('count_over_time(up{job="openccb"}[1h])'))[0]?.value[1] ?? 0) > scrapes + 1);
	}
}

async function proveBoards(company: WatchedCompany, prove: Prove): Promise<void> {
	for (const board of allBoards) {
		await prove(`every panel of the board "${board.title.en}" has data`, async () => {
			const empty: string[] = [];
			for (const { panels } of board.rows) {
				for (const { title, queries, needs } of panels) {
					const found = await Promise.all(queries.map(async ({ expression }) => await hasData(company, expression)));
					if (!found.includes(true) && needs === null) empty.push(`${title.en}: ${queries[0]?.expression}`);
				}
			}
			assert.deepEqual(empty, []);
		});
	}
}

/** At some moment of the load: a panel shows a stretch of time. */
async function hasData(company: WatchedCompany, expression: string): Promise<boolean> {
	const asked = expression.replaceAll('$__rate_interval', panelRange);
	return (await company.query(`last_over_time((${asked})[5m:1s])`)).length > 0;
}

async function proveCheapness(company: WatchedCompany): Promise<void> {
	const address = company.program().operationsAddress;
	const times = 50;
	const before = await company.program().metric('process_cpu_seconds_total');
	for (let time = 0; time < times; time += 1) await (await fetch(`${address}/metrics`)).text();
	const seconds = ((await company.program().metric('process_cpu_seconds_total')) - before) / times;
	// Each 15 s in production.
	assert.ok(seconds / 15 < mostOfACore, `${seconds} s of processor time for a scrape`);
}
