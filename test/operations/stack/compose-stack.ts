/** The compose file as an operator starts it, from a folder of its own, with the stand-ins as images and the emulated Slack outside. */

import { chmodSync, chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SlackEmulator, startSlackEmulator } from '#test/emulators/slack/index.ts';
import type { VisibleMessage } from '#test/emulators/slack/types.ts';
import { projectFolder } from '../../../scripts/toolchain/project.mjs';
import { type Outcome, tryPodman, tryRun } from '../machine/container-engine.ts';
import { startFront } from './front.ts';
import { images } from './images/build-images.ts';

/** Where the outside is, in the network that the proof runs in: from there Slack calls, and there it is called. */
export const outside = '198.51.100.1';
export const outsidePort = 8080;

/** Six times what the slowest takes on two quiet cores. */
const patienceMs = 90_000;

export const services = ['app', 'postgres', 'redis', 'ollama', 'proxy'] as const;
export type Service = (typeof services)[number] | 'ollama-pull';

export interface Stack extends AsyncDisposable {
	slack: SlackEmulator;
	/** @throws Error with what it wrote, when it fails. */
	compose(...words: string[]): Promise<string>;
	/** Starts all services and waits until they are healthy and messages are taken in. */
	up(): Promise<void>;
	container(service: Service): string;
	/** Runs the health check that the service's container has. */
	healthCheck(service: Service): Promise<Outcome>;
	/** Asks the bot in a channel. @returns the ts of the question. */
	ask(text: string): Promise<string>;
	/** The bot's whole answer in this thread, or undefined while there is none. */
	answer(threadTs: string): VisibleMessage | undefined;
	/** Its answer as far as it is. */
	begun(threadTs: string): VisibleMessage | undefined;
}

/** Does not start the services yet. */
export async function prepareStack(folder: string): Promise<Stack> {
	const slack = await startSlackEmulator({ eventsUrl: `http://${outside}/slack/events`, retryDelaysMs: [500, 1_000, 2_000] });
	const front = await startFront(slack.apiUrl, { host: outside, port: outsidePort });
	const user = slack.workspace.addUser({ name: 'tom', realName: 'Tom Baker', locale: 'en-GB' }).id;
	const channel = slack.workspace.addChannel({ name: 'general', members: [user] }).id;
	layOut(folder, slack);
	// The proxy alone takes an address for its name; in `.env` the program would read it, too, and refuse.
	const environment = { COMPOSE_PROJECT_NAME: 'proof', COMPOSE_HTTP_TIMEOUT: '180', OPENCCB_DOMAIN: `http://${outside}` };

	async function compose(...words: string[]): Promise<string> {
		const { code, stdout, stderr } = await tryRun(
			'docker-compose',
			['--project-directory', folder, '--file', join(folder, 'docker-compose.yml'), ...words],
			environment,
		);
		if (code !== 0) throw new Error(`docker-compose ${words.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
		return stdout;
	}

	const container = (service: Service) => `proof_${service}_1`;
	const healthCheck = async (service: Service) => await tryPodman('healthcheck', 'run', container(service));
	const answers = (threadTs: string) =>
		slack.messages(channel, { threadTs }).filter((message) => message.botId === slack.botId && !message.deleted);
	return {
		slack,
		compose,
		container,
		healthCheck,
		async up() {
			// Nothing runs health checks by itself here, and what depends on the database waits for its.
			await compose('up', '--detach', 'postgres');
			await healthy(['postgres']);
			await compose('up', '--detach');
			await healthy(services);
			await until(takesMessagesIn, () => 'it takes no message in');
		},
		async ask(text) {
			return (await slack.say({ user, channel, text: `<@${slack.botUserId}> ${text}` })).ts;
		},
		begun: (threadTs) => answers(threadTs).at(-1),
		answer: (threadTs) =>
			answers(threadTs).findLast(
				({ streaming, buttons }) => streaming !== 'in_progress' && buttons.some(({ actionId }) => actionId === 'openccb_feedback'),
			),
		async [Symbol.asyncDispose]() {
			await tryRun(
				'docker-compose',
				['--project-directory', folder, '--file', join(folder, 'docker-compose.yml'), 'down', '--volumes', '--timeout', '0'],
				environment,
			);
			await front.close();
			await slack.close();
		},
	};

	async function healthy(of: readonly Service[]): Promise<void> {
		const ill = new Set<Service>(of);
		await until(
			async () => {
				for (const service of [...ill]) if ((await healthCheck(service)).code === 0) ill.delete(service);
				return ill.size === 0;
			},
			() => `not healthy: ${[...ill].join(', ')}`,
		);
	}

	/** It lives before its database is open; until then Slack is told to come again. */
	async function takesMessagesIn(): Promise<boolean> {
		return (await tryPodman('exec', container('app'), 'node', 'scripts/health.mjs', '/healthz/intake')).code === 0;
	}

	async function until(condition: () => Promise<boolean>, problem: () => string): Promise<void> {
		const deadline = performance.now() + patienceMs;
		while (!(await condition())) {
			if (performance.now() > deadline) throw new Error(`${problem()}\n${await logsOf(services)}`);
		}
	}

	async function logsOf(ill: readonly Service[]): Promise<string> {
		const all = await Promise.all(
			ill.map(async (service) => {
				const { stdout, stderr } = await tryPodman('logs', '--tail', '20', container(service));
				return `${service}:\n${stdout}${stderr}`;
			}),
		);
		return all.join('\n');
	}
}

/** What an operator has: the compose file, its folder, settings, and secrets that each account can read and nobody else. */
function layOut(folder: string, slack: SlackEmulator): void {
	mkdirSync(folder, { recursive: true });
	for (const part of ['docker-compose.yml', 'docker']) cpSync(join(projectFolder, part), join(folder, part), { recursive: true });
	const settings = {
		...images,
		OLLAMA_MODEL: 'demo:latest',
		OLLAMA_MEMORY: '1g',
		SLACK_API_URL: `http://${outside}:${outsidePort}/api/`,
		SLACK_BOT_TOKEN_FILE: '/run/secrets/slack_bot_token',
		SLACK_SIGNING_SECRET_FILE: '/run/secrets/slack_signing_secret',
		OPENCCB_REQUESTS_PER_MINUTE: 'none',
	};
	writeFileSync(
		join(folder, '.env'),
		Object.entries(settings)
			.map(([name, value]) => `${name}=${value}\n`)
			.join(''),
	);
	writeSecrets(join(folder, 'secrets/app'), 10_001, {
		database_url: 'postgres://openccb:program-password@postgres:5432/openccb',
		slack_bot_token: slack.botToken,
		slack_signing_secret: slack.signingSecret,
	});
	writeSecrets(join(folder, 'secrets/postgres'), 999, {
		superuser_password: 'superuser-password',
		program_password: 'program-password',
		backup_password: 'backup-password',
	});
}

function writeSecrets(folder: string, group: number, secrets: Readonly<Record<string, string>>): void {
	mkdirSync(folder, { recursive: true });
	for (const [name, value] of Object.entries(secrets)) {
		const file = join(folder, name);
		writeFileSync(file, `${value}\n`);
		chownSync(file, 0, group);
		chmodSync(file, 0o440);
	}
}
