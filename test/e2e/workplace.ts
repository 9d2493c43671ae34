/** A small company with an emulated Slack, an emulated Ollama and the real program between them. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { EmulatorOptions as OllamaOptions } from '#test/emulators/ollama/types.ts';
import { type SlackEmulator, type SlackEmulatorOptions, startSlackEmulator } from '#test/emulators/slack/index.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { createServerDatabase } from '#test/fakes/database.ts';
import { copyTemplate } from '#test/fakes/embedded-template.ts';
import { eventually } from './eventually.ts';
import { type Program, startProgram } from './program.ts';

export interface WorkplaceOptions {
	slack?: SlackEmulatorOptions;
	ollama?: OllamaOptions;
	environment?: Record<string, string>;
	/** A database on the run's server instead of the embedded one. */
	database?: 'embedded' | 'server';
	/** Without it the program is not started yet. */
	start?: boolean;
}

export interface Workplace extends AsyncDisposable {
	slack: SlackEmulator;
	ollama: OllamaEmulator;
	environment: Record<string, string>;
	/** The program that runs now. */
	program: Program;
	/** Every program that was started here, oldest first; those that ended too. */
	programs: readonly Program[];
	/** Starts the program, again or for the first time, and points Slack's events at it. */
	start(options?: { ready?: boolean }): Promise<Program>;
	people: { lucia: string; tom: string; guest: string; stranger: string };
	channels: { general: string; random: string };
	/** Mentions the bot. @returns the question's ts, which is the thread's too. */
	ask(text: string, options?: { user?: string; channel?: string; threadTs?: string }): Promise<string>;
	/** The bot's messages in a thread that have not been deleted. */
	answers(channel: string, threadTs: string): VisibleMessage[];
	/** Waits for the bot's only answer to be whole: buttons there, nothing streaming. */
	answered(channel: string, threadTs: string, withinMs?: number): Promise<VisibleMessage>;
	close(): Promise<void>;
}

export const modelName = 'demo:latest';

export async function openWorkplace(options: WorkplaceOptions = {}): Promise<Workplace> {
	const slack = await startSlackEmulator({ retryDelaysMs: [200, 500, 1_000], ...options.slack });
	const ollama = await startOllamaEmulator({ parallel: 8, ...options.ollama });
	const data = await mkdtemp(join(tmpdir(), 'openccb-e2e-'));
	const server = options.database === 'server' ? await createServerDatabase() : null;
	if (server === null) await copyTemplate(data);
	const people = {
		lucia: slack.workspace.addUser({ name: 'lucia', realName: 'Lucía Ferrer', locale: 'es-ES' }).id,
		tom: slack.workspace.addUser({ name: 'tom', realName: 'Tom Baker', locale: 'en-GB' }).id,
		guest: slack.workspace.addUser({ name: 'marco', realName: 'Marco Conti', locale: 'en-US', isGuest: true }).id,
		stranger: slack.workspace.addUser({ name: 'eve', realName: 'Eve', locale: 'en-US', isStranger: true, teamId: 'T0OTHER' }).id,
	};
	const members = Object.values(people);
	const channels = {
		general: slack.workspace.addChannel({ name: 'general', members }).id,
		random: slack.workspace.addChannel({ name: 'random', members }).id,
	};
	const environment: Record<string, string> = {
		SLACK_BOT_TOKEN: slack.botToken,
		SLACK_SIGNING_SECRET: slack.signingSecret,
		SLACK_API_URL: slack.apiUrl,
		OLLAMA_HOST: ollama.url,
		OLLAMA_MODEL: modelName,
		OPENCCB_DATA: data,
		...(server === null ? {} : { DATABASE_URL: server.url }),
		...options.environment,
	};

	const programs: Program[] = [];
	const workplace: Workplace = {
		slack,
		ollama,
		environment,
		program: undefined as unknown as Program,
		programs,
		people,
		channels,
		async start(startOptions) {
			workplace.program = await startProgram(environment, startOptions);
			programs.push(workplace.program);
			if (environment['SLACK_SIGNING_SECRET'] !== undefined) slack.setEventsUrl(`${workplace.program.address}/slack/events`);
			return workplace.program;
		},
		async ask(text, { user = people.tom, channel = channels.general, threadTs } = {}) {
			const saying = { user, channel, text: `<@${slack.botUserId}> ${text}`, ...(threadTs === undefined ? {} : { threadTs }) };
			return (await slack.say(saying)).ts;
		},
		answers: (channel, threadTs) =>
			slack.messages(channel, { threadTs }).filter((message) => message.botId !== undefined && !message.deleted),
		async answered(channel, threadTs, withinMs) {
			return await eventually(() => {
				const answers = workplace.answers(channel, threadTs);
				const whole = answers.every((answer) => answer.streaming !== 'in_progress');
				return whole ? answers.findLast((answer) => answer.buttons.some((button) => button.actionId !== 'openccb_stop')) : undefined;
			}, withinMs);
		},
		async close() {
			await Promise.all(programs.map((program) => program.kill()));
			await slack.close();
			await ollama.close();
			await server?.drop();
			await rm(data, { recursive: true, force: true });
		},
		[Symbol.asyncDispose]: () => workplace.close(),
	};
	if (options.start !== false) await workplace.start();
	return workplace;
}
