/** Prometheus itself says which alerts come of what happens, and that changed rules are noticed. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allBoards } from '../../scripts/generate/boards/all-boards.ts';
import { findPromtool } from '../../scripts/toolchain/system-parts.mjs';
import { gpuSources, gpuTest } from './gpu-sources.ts';
import { machineScenarios } from './machine-scenarios.ts';
import { programScenarios } from './program-scenarios.ts';
import { promiseScenarios } from './promise-scenarios.ts';
import { alerts, rulesFolder } from './rule-files.ts';
import { isLong, type Scenario, testOf } from './scenario.ts';

interface Run {
	/** Each group is run with its own files alone: that takes a tenth of the time. */
	files: readonly string[];
	scenarios: readonly Scenario[];
	/** How often the rules are looked at. */
	everyMinutes: number;
}

const runs: Readonly<Record<string, Run>> = {
	'the program': { files: ['program', 'graphics-cards'], scenarios: programScenarios, everyMinutes: 1 },
	'what is promised': { files: ['service-levels'], scenarios: promiseScenarios, everyMinutes: 5 },
	'what is around it': { files: ['machine'], scenarios: machineScenarios.filter((scenario) => !isLong(scenario)), everyMinutes: 1 },
	'what is around it, over days': { files: ['machine'], scenarios: machineScenarios.filter(isLong), everyMinutes: 20 },
};
const scenarios = Object.values(runs).flatMap((run) => run.scenarios);
let folder: string;

/** What promtool says of these tests, with the rules as they are or changed. */
function promtool(tests: readonly object[], { files, everyMinutes }: Omit<Run, 'scenarios'>, change = (text: string) => text) {
	const place = mkdtempSync(join(folder, 'run-'));
	const rules = files.map((name) => change(readFileSync(join(rulesFolder, `${name}.yml`), 'utf8')));
	for (const [at, name] of files.entries()) writeFileSync(join(place, `${name}.yml`), rules[at] ?? '');
	// In no order of its own promtool looks at alerts before what they rest on, now and then.
	const groups = rules.flatMap((text) => [...text.matchAll(/^ {2}- name: (\S+)$/gm)].map(([, group]) => group));
	const whole = {
		rule_files: files.map((name) => `${name}.yml`),
		group_eval_order: groups,
		evaluation_interval: `${everyMinutes}m`,
		tests,
	};
	writeFileSync(join(place, 'tests.json'), JSON.stringify(whole));
	const { status, stdout, stderr } = spawnSync(findPromtool() ?? 'promtool', ['test', 'rules', 'tests.json'], {
		cwd: place,
		encoding: 'utf8',
		// Half the processor time: there is little to collect of what is thrown away at once.
		env: { ...process.env, GOMAXPROCS: '1', GOGC: '400' },
	});
	return { status, output: `${stdout}${stderr}` };
}

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'openccb-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the rules', () => {
	it.each(Object.entries(runs))('alert to what is worth it and are silent on all else: %s', (_name, run) => {
		expect(promtool(run.scenarios.map(testOf), run)).toMatchObject({ status: 0, output: expect.stringContaining('SUCCESS') });
	});

	it('have for each alert something that raises it', () => {
		const raised = new Set(scenarios.flatMap(({ firing }) => firing));
		// Nobody has ever told of a backup: that is seen when there is no metric at all, which every scenario here has.
		expect([...alerts.keys()].filter((name) => !raised.has(name))).toEqual(['BackupMissing', 'Watchdog']);
	});

	it('and the queries of every panel are what Prometheus reads', () => {
		const queries = allBoards.flatMap(({ rows }) => rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries)));
		const rules = queries.map(({ expression }, at) => ({ record: `panel:${at}`, expr: expression.replaceAll('$__rate_interval', '1m') }));
		const file = join(folder, 'panels.json');
		writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules }] }));
		const { status, stdout } = spawnSync(findPromtool() ?? 'promtool', ['check', 'rules', file], { encoding: 'utf8' });
		expect(stdout).toContain(`SUCCESS: ${rules.length} rules found`);
		expect(status).toBe(0);
	});

	it('make one form of what each exporter of graphics cards tells', () => {
		expect(promtool(gpuSources.map(gpuTest), { files: ['graphics-cards'], everyMinutes: 1 })).toMatchObject({
			status: 0,
			output: expect.stringContaining('SUCCESS'),
		});
	});
});

const mutations: readonly (readonly [what: string, from: string, to: string, seen: string])[] = [
	['a burn rate that is ten times as high', '> 14.4 * 0.01', '> 144 * 0.01', 'a third of many answers fails'],
	[
		'no least number of events',
		'openccb:answers:increase1h > 20',
		'openccb:answers:increase1h > 0',
		'two of ten questions in a night fail',
	],
	['people’s own limits counted as failures', ',code!="RATE_LIMITED"', '', 'people reach their own limits'],
	['a disk that may be fuller', '< 0.15', '< 0.05', 'the disk is nearly full'],
	['an older backup', '> 93600', '> 193600', 'no backup since yesterday'],
	['a card that never was', 'and sum by (host) (max_over_time(openccb_model_vram_bytes[1d])) > 0', '', 'there never was a graphics card'],
	[
		'no patience with a part',
		'expr: max by (part) (openccb_part_state{state="down"}) == 1\n        for: 5m',
		'expr: max by (part) (openccb_part_state{state="down"}) == 1',
		'a part was down for a moment',
	],
	['a certificate that may be younger', '< 864000', '< 86400', 'a certificate of ninety days is not renewed'],
];

describe('a mistake in the rules', () => {
	it.each(mutations)('is noticed: %s', (_what, from, to, seen) => {
		let changed = 0;
		const run = Object.values(runs).find((each) => each.scenarios.some(({ name }) => name === seen));
		const tests = run?.scenarios.filter(({ name }) => name === seen).map(testOf) ?? [];
		expect(tests).toHaveLength(1);
		const change = (text: string) => {
			changed += text.split(from).length - 1;
			return text.replaceAll(from, to);
		};
		const { status, output } = promtool(tests, run ?? { files: [], everyMinutes: 1 }, change);
		expect(changed).toBeGreaterThan(0);
		expect(status).toBe(1);
		expect(output).toContain('FAILED');
	});
});
