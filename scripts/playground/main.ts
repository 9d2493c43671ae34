/** The playground: the real bot on emulated platforms, with a page to talk to it. `npm start` runs it where no platform is configured. */

import { fileURLToPath } from 'node:url';
import { createActions } from './api.ts';
import { createBotProcess } from './bot-process.ts';
import { buildPage } from './build-page.ts';
import { people } from './company.ts';
import { createLagBook } from './lags.ts';
import { freePort, listenNear } from './listen.ts';
import { createLiveStreams } from './live-streams.ts';
import { chooseModelSource, tellChoice } from './model-source.ts';
import { approveSampleDatabase, sampleQuestions, writeSampleDatabase } from './sample-database.ts';
import { makeSamples } from './samples.ts';
import { createSeedClock } from './seed.ts';
import { createPlaygroundServer } from './server.ts';
import { startDiscordStage } from './stages/discord.ts';
import { startSlackStage } from './stages/slack.ts';
import type { Stage, StageOptions } from './stages/stage.ts';
import { startTeamsStage } from './stages/teams.ts';
import { createViewer } from './view.ts';

/** A usual time for one call to a platform's API. */
const latencyMs = 80;
const defaultPort = 3000;
/** Not where the bot keeps what real people say, once a platform is configured. */
const defaultData = './data/playground';

/** What was started and how to end it, in the order of starting. */
const endings: (() => unknown)[] = [];
let isFinishing = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void finish(0));
try {
	await startPlayground(process.env);
} catch (error) {
	// Somebody who stops it while it starts knows why it did not start.
	if (!isFinishing) console.error(`The playground did not start: ${error instanceof Error ? error.message : String(error)}`);
	await finish(1);
}

/**
 * Starts everything and says where the page is. HOST, PORT, OLLAMA_HOST, OLLAMA_MODEL, OLLAMA_MODELS, OLLAMA_EMBEDDING_MODEL, OPENCCB_DATA, DATABASE_URL and
 * REDIS_URL mean what they mean for the program itself; without OPENCCB_DATA it has a folder of its own.
 */
async function startPlayground(environment: NodeJS.ProcessEnv): Promise<void> {
	const [pageFolder, model, botPort, operationsPort] = await Promise.all([
		buildPage(),
		chooseModelSource(environment),
		freePort(),
		freePort(),
	]);
	endings.push(model.close);
	const clock = createSeedClock();
	const stages = await startStages({ clock, latencyMs, botUrl: `http://127.0.0.1:${botPort}` });
	const dataFolder = environment.OPENCCB_DATA || defaultData;
	const connectors = await writeSampleDatabase(dataFolder);
	const bot = createBotProcess({
		program: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
		operationsPort,
		onChange: () => live.touch(),
		environment: {
			...Object.assign({}, ...stages.map(({ botEnvironment }) => botEnvironment)),
			OPENCCB_ADMINS: adminAccounts(stages).join(),
			OLLAMA_HOST: model.host,
			OLLAMA_MODEL: model.state().model,
			...(model.embeddingModel === null ? {} : { OLLAMA_EMBEDDING_MODEL: model.embeddingModel }),
			HOST: '127.0.0.1',
			PORT: String(botPort),
			// `/ccb web` opens the page that employees have; browsers keep sessions over plain http for this name alone.
			OPENCCB_PUBLIC_URL: `http://localhost:${botPort}`,
			OPENCCB_DATA: dataFolder,
			CONNECTORS: connectors,
		},
	});
	const lags = createLagBook(stages, clock.now);
	const samples = makeSamples();
	const live = createLiveStreams(createViewer({ stages, bot, model, lags, samples, questions: sampleQuestions }));
	for (const stage of stages) stage.onChange(live.touch);
	const actions = createActions({ stages, bot, model, lags, touch: live.touch });
	const host = environment.HOST || '127.0.0.1';
	const server = await createPlaygroundServer({
		...{ host, pageFolder, people, actions, live },
		operationsUrl: bot.operationsUrl,
		samples: Object.values(samples).flat(),
	});
	const port = await listenNear(server, host, Number(environment.PORT || defaultPort), !environment.PORT);
	endings.push(live.close, () => server.closeAllConnections(), bot.stop);
	await bot.start();
	for (const stage of stages.slice(0, 1)) await approveSampleDatabase(stage);
	const told = tellChoice(model.state());
	if (told !== null) console.log(told);
	console.log(`OpenCCB playground: http://${host}:${port}`);
}

/** The administrator's accounts on all platforms. */
function adminAccounts(stages: readonly Stage[]): string[] {
	const admins = people.filter(({ standing }) => standing === 'admin');
	return admins.flatMap(({ id }) => stages.map((stage) => stage.accountOf(id)));
}

/** One after the other: while a platform is filled with what was said before, the clock is in the past. */
async function startStages(options: StageOptions): Promise<Stage[]> {
	const stages: Stage[] = [];
	for (const start of [startSlackStage, startTeamsStage, startDiscordStage]) {
		const stage = await start(options);
		endings.push(stage.close);
		stages.push(stage);
	}
	return stages;
}

/** Ends what was started, the last first: the bot has its platforms until it is gone. */
async function finish(exitCode: number): Promise<void> {
	if (isFinishing) return;
	isFinishing = true;
	for (const end of endings.splice(0).reverse()) await end();
	process.exit(exitCode);
}
