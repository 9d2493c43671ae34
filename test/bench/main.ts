/**
 * `npm run bench`: the deliveries of design and README in numbers, the queue, entities, deletions, who reads along, the guard of statements, the web, its page, and restores. Arguments select conditions by part of their name.
 * Crowds take minutes each and are measured only when they are named; `BENCH_CROWD` makes them smaller.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiscordStage } from '#test/e2e/platforms/discord-stage.ts';
import { openSlackStage } from '#test/e2e/platforms/slack-stage.ts';
import { openTeamsStage } from '#test/e2e/platforms/teams-stage.ts';
import { measureAudience } from './audience/main.ts';
import { measureDeletion } from './deletion/main.ts';
import { measureEntities } from './entities/main.ts';
import { measureGuard } from './guard/main.ts';
import { measurePage } from './page/main.ts';
import { measureCrash } from './queue/crash.ts';
import { measureQueue } from './queue/main.ts';
import { table } from './report.ts';
import { measureRestore } from './restore/main.ts';
import { type Conditions, type Measured, runScenario, type Scenario } from './scenario.ts';
import { webMeasures } from './web/main.ts';

const conditions: Conditions = { latencyMs: 80, tokensPerSecond: 50, firstTokenMs: 200 };

/** Slack delivers an event again at once, after a minute and after five ("Using the Slack Events API"). */
const openPatientSlack = (latencyMs: number) => openSlackStage({ latencyMs, retryDelaysMs: [0, 60_000, 300_000] });

/** What is measured alike on each road that answers take: Slack's streams and edits, Teams' streams and edits, Discord's edits. */
const roads: Pick<Scenario, 'name' | 'openStage' | 'rooms' | 'environment'>[] = [
	{ name: 'slack native', openStage: openPatientSlack, rooms: 'channels' },
	{
		name: 'slack edit',
		openStage: openPatientSlack,
		rooms: 'channels',
		environment: { SLACK_STREAMING: 'edit' },
	},
	{ name: 'teams chats', openStage: (latencyMs) => openTeamsStage({ latencyMs }), rooms: 'chats' },
	{ name: 'teams channels', openStage: (latencyMs) => openTeamsStage({ latencyMs }), rooms: 'channels' },
	{ name: 'discord', openStage: (latencyMs) => openDiscordStage({ latencyMs }), rooms: 'channels' },
];

const scenarios: Scenario[] = roads.flatMap((road) => {
	const common = { ...road, tokens: 400, spreadMs: 0 };
	// As many tokens as fit into one message of Discord, so that the channel's bound can be reckoned.
	const tokens = road.name === 'discord' ? 300 : 400;
	const shared: Scenario = { ...common, name: `${road.name} 20×${tokens}, one channel`, replies: 20, rooms: 'one channel', tokens };
	return [
		{ ...common, name: `${road.name} 1×400`, replies: 1 },
		{ ...common, name: `${road.name} 1×3000`, replies: 1, tokens: 3_000 },
		...(road.rooms === 'chats' ? [] : [shared]),
		{ ...common, name: `${road.name} 50×400 at once`, replies: 50 },
		{ ...common, name: `${road.name} 50×400 over a minute`, replies: 50, spreadMs: 60_000 },
	];
});

/** A launch day, and a day on which everybody asks at once; short answers in the first, long ones in the second. */
const crowd = Number(process.env['BENCH_CROWD'] ?? 500);
const crowds: Scenario[] = roads.flatMap((road) => {
	// As many slots as the setting takes.
	const common = { ...road, replies: crowd, spreadMs: 20_000, environment: { ...road.environment, OLLAMA_SLOTS: '512' } };
	return [
		{ ...common, name: `crowd ${road.name} ${crowd}×100, new people within 20 s`, tokens: 100 },
		// Slower models, so that all of them are written at the same time and two cores can make the words.
		{
			...common,
			name: `crowd ${road.name} ${crowd}×400, known people, all in flight`,
			tokens: 400,
			tokensPerSecond: 10,
			arePeopleKnown: true,
		},
	];
});

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Scenario) => wanted.some((part) => name.includes(part));
const chosen = [...scenarios.filter((scenario) => wanted.length === 0 || isWanted(scenario)), ...crowds.filter(isWanted)];
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Each writes its own Markdown. */
const singles: Readonly<Record<string, () => Promise<string>>> = {
	queue: measureQueue,
	'queue crash': measureCrash,
	entities: measureEntities,
	deletion: measureDeletion,
	audience: () => measureAudience(conditions.latencyMs),
	guard: measureGuard,
	page: measurePage,
	...webMeasures,
	// As root, with age: only when it is named.
	...(wanted.includes('restore') ? { restore: measureRestore } : {}),
};
const reports: string[] = [];
for (const [name, measure] of Object.entries(singles)) {
	if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
	say(`running ${name} …`);
	reports.push(await measure());
}
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
for (const report of reports) say(`${report}\n`);
if (results.length > 0) {
	say(
		`${conditions.latencyMs} ms per call to the platform, ${conditions.tokensPerSecond} tokens/s, first token after ${conditions.firstTokenMs} ms, limits on. Seconds.\n`,
	);
	say(table(results));
}
process.exit(0);
