/** The playground: the real bot in an emulated Slack, with a page to talk to it. `npm start` runs it where no platform is configured. */

import { fileURLToPath } from 'node:url';
import { startSlackEmulator } from '#test/emulators/slack/index.ts';
import { createActions } from './api.ts';
import { createBotProcess } from './bot-process.ts';
import { buildPage } from './build-page.ts';
import { createLagBook } from './lags.ts';
import { freePort, listenNear } from './listen.ts';
import { createLiveStreams } from './live-streams.ts';
import { chooseModelSource } from './model-source.ts';
import { createPlaygroundServer } from './server.ts';
import { createViewer } from './view.ts';
import { createSeedClock, seedWorkspace } from './workspace-seed.ts';

/** A usual time for one call to Slack's Web API. */
const slackLatencyMs = 80;
const defaultPort = 3000;

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
 * Starts everything and says where the page is. HOST, PORT, OLLAMA_HOST, OLLAMA_MODEL, OPENCCB_DATA, DATABASE_URL and REDIS_URL mean
 * what they mean for the program itself.
 */
async function startPlayground(environment: NodeJS.ProcessEnv): Promise<void> {
	const clock = createSeedClock();
	const [pageFolder, slack, model, botPort] = await Promise.all([
		buildPage(),
		startSlackEmulator({ latencyMs: slackLatencyMs, now: clock.now }),
		chooseModelSource(environment),
		freePort(),
	]);
	endings.push(slack.close, model.close);
	const company = await seedWorkspace(slack, clock);
	slack.setEventsUrl(`http://127.0.0.1:${botPort}/slack/events`);
	const bot = createBotProcess({
		program: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
		port: botPort,
		onChange: () => live.touch(),
		environment: {
			SLACK_BOT_TOKEN: slack.botToken,
			SLACK_SIGNING_SECRET: slack.signingSecret,
			SLACK_APP_TOKEN: '',
			SLACK_API_URL: slack.apiUrl,
			OLLAMA_HOST: model.host,
			OLLAMA_MODEL: model.state().model,
			HOST: '127.0.0.1',
			PORT: String(botPort),
			OPENCCB_DATA: environment.OPENCCB_DATA || './data',
		},
	});
	const lags = createLagBook(slack, clock.now);
	const live = createLiveStreams(createViewer({ slack, company, bot, model, lags }));
	slack.onChange(live.touch);
	const actions = createActions({ slack, bot, model, lags, touch: live.touch });
	const server = await createPlaygroundServer({ pageFolder, botUrl: bot.url, people: company.people, actions, live });

	const host = environment.HOST || '127.0.0.1';
	const port = await listenNear(server, host, Number(environment.PORT || defaultPort), !environment.PORT);
	endings.push(live.close, () => server.closeAllConnections(), bot.stop);
	await bot.start();
	console.log(`OpenCCB playground: http://${host}:${port}`);
}

/** Ends what was started, the last first: the bot has its Slack until it is gone. */
async function finish(exitCode: number): Promise<void> {
	if (isFinishing) return;
	isFinishing = true;
	for (const end of endings.splice(0).reverse()) await end();
	process.exit(exitCode);
}
