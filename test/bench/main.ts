/** `npm run bench`: the deliveries of design and README in numbers. Arguments select conditions by part of their name. */

import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from './report.ts';
import { type Conditions, type Measured, runScenario, type Scenario } from './scenario.ts';

const conditions: Conditions = { latencyMs: 80, tokensPerSecond: 50, firstTokenMs: 200 };

const scenarios: Scenario[] = (['native', 'edit'] as const).flatMap((streaming) => {
	const common = { streaming, tokens: 400, spreadMs: 0 };
	return [
		{ ...common, name: `${streaming} 1×400`, replies: 1, channels: 'each' },
		{ ...common, name: `${streaming} 1×3000`, replies: 1, channels: 'each', tokens: 3_000 },
		{ ...common, name: `${streaming} 20×400, one channel`, replies: 20, channels: 'one' },
		{ ...common, name: `${streaming} 50×400, 50 channels at once`, replies: 50, channels: 'each' },
		{ ...common, name: `${streaming} 50×400 over a minute`, replies: 50, channels: 'each', spreadMs: 60_000 },
	] satisfies Scenario[];
});

const wanted = process.argv.slice(2);
const chosen = scenarios.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const say = (text: string) => process.stdout.write(`${text}\n`);

const results: Measured[] = [];
for (const scenario of chosen) {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-bench-'));
	const database = process.env['BENCH_DATABASE_URL'];
	const environment: Record<string, string> = { OPENCCB_DATA: folder, ...(database === undefined ? {} : { DATABASE_URL: database }) };
	say(`running ${scenario.name} …`);
	results.push(await runScenario(scenario, conditions, environment));
	await rm(folder, { recursive: true, force: true });
}
say(
	`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load average ${loadavg()
		.map((value) => value.toFixed(1))
		.join(' ')}.`,
);
say(
	`${conditions.latencyMs} ms per Slack call, ${conditions.tokensPerSecond} tokens/s, first token after ${conditions.firstTokenMs} ms, limits on. Seconds.\n`,
);
say(table(results));
process.exit(0);
