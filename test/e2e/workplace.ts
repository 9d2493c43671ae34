/** A small company with an emulated Slack, an emulated Ollama and the real program between them. */

import { type SlackEmulator, type SlackEmulatorOptions, startSlackEmulator } from '#test/emulators/slack/index.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { eventually } from './eventually.ts';
import { type Installation, type InstallationOptions, openInstallation } from './installation.ts';

export { modelName } from './installation.ts';

export interface WorkplaceOptions extends InstallationOptions {
	slack?: SlackEmulatorOptions;
	/** Without it the program is not started yet. */
	start?: boolean;
}

export interface Workplace extends Installation, AsyncDisposable {
	slack: SlackEmulator;
	people: { lucia: string; tom: string; guest: string; stranger: string };
	channels: { general: string; random: string };
	/** Mentions the bot. @returns the question's ts, which is the thread's too. */
	ask(text: string, options?: { user?: string; channel?: string; threadTs?: string }): Promise<string>;
	/** The bot's messages in a thread that have not been deleted. */
	answers(channel: string, threadTs: string): VisibleMessage[];
	/** Waits for the bot's only answer to be whole: buttons there, nothing streaming. */
	answered(channel: string, threadTs: string, withinMs?: number): Promise<VisibleMessage>;
}

/** `start` points Slack's events at the program too. */
export async function openWorkplace(options: WorkplaceOptions = {}): Promise<Workplace> {
	const slack = await startSlackEmulator({ retryDelaysMs: [200, 500, 1_000], ...options.slack });
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
	const installation = await openInstallation({
		...options,
		environment: {
			SLACK_BOT_TOKEN: slack.botToken,
			SLACK_SIGNING_SECRET: slack.signingSecret,
			SLACK_API_URL: slack.apiUrl,
			// One person asks everything here; limits have tests of their own.
			OPENCCB_REQUESTS_PER_MINUTE: 'none',
			...options.environment,
		},
	});
	const workplace: Workplace = {
		...installation,
		slack,
		people,
		channels,
		async start(startOptions) {
			const program = await installation.start(startOptions);
			workplace.program = program;
			if (workplace.environment['SLACK_SIGNING_SECRET'] !== undefined) slack.setEventsUrl(`${program.address}/slack/events`);
			return program;
		},
		async ask(text, { user = people.tom, channel = channels.general, threadTs } = {}) {
			const saying = { user, channel, text: `<@${slack.botUserId}> ${text}`, ...(threadTs === undefined ? {} : { threadTs }) };
			return (await slack.say(saying)).ts;
		},
		answers: (channel, threadTs) =>
			slack.messages(channel, { threadTs }).filter((message) => message.botId === slack.botId && !message.deleted),
		async answered(channel, threadTs, withinMs) {
			return await eventually(() => {
				const answers = workplace.answers(channel, threadTs);
				const whole = answers.every((answer) => answer.streaming !== 'in_progress');
				return whole ? answers.findLast((answer) => answer.buttons.some((button) => button.actionId !== 'openccb_stop')) : undefined;
			}, withinMs);
		},
		async close() {
			await installation.close();
			await slack.close();
		},
		[Symbol.asyncDispose]: () => workplace.close(),
	};
	if (options.start !== false) await workplace.start();
	return workplace;
}
