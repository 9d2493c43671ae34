/** The real program as a child process: started, killed, started again, stopped. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { BotState } from './wire.ts';

export interface BotProcess {
	/** Where it tells how it is. */
	readonly operationsUrl: string;
	state(): BotState;
	/** Resolves once the bot is ready. @throws Error when it ends before that, or is not ready in two minutes. */
	start(): Promise<void>;
	/** `kill -9`, then a new start. While the bot is down it only starts. */
	pullPlug(): Promise<void>;
	/** Asks it to finish and waits; after 20 s it is killed. */
	stop(): Promise<void>;
}

export interface BotProcessOptions {
	/** The file that Node.js runs. */
	program: string;
	/** Where it will tell how it is. */
	operationsPort: number;
	environment: Record<string, string | undefined>;
	/** Called whenever `state` would say something new. */
	onChange: () => void;
}

/** A new embedded database takes up to 15 s to make on a busy machine with two cores. */
const startLimitMs = 120_000;
const stopLimitMs = 20_000;
const probeEveryMs = 100;
/** People should see that it is down before it is up again. */
const downtimeMs = 600;

/** Creates the bot's process without starting it. Its log lines go to our own output. */
export function createBotProcess({ program, operationsPort, environment, onChange }: BotProcessOptions): BotProcess {
	const operationsUrl = `http://127.0.0.1:${operationsPort}`;
	let child: ChildProcess | null = null;
	/** One pull at a time, however often people click. */
	let restarting: Promise<void> | null = null;
	let state: BotState = { phase: 'stopped', pid: null, restarts: -1 };
	const change = (next: Partial<BotState>) => {
		state = { ...state, ...next };
		onChange();
	};
	const killChild = () => child?.kill('SIGKILL');

	const start = async () => {
		// A group of its own: Ctrl-C in the terminal reaches us alone, and we end the bot in order.
		const started = spawn(process.execPath, [program], {
			env: { ...process.env, ...environment, OPENCCB_OPERATIONS_HOST: '127.0.0.1', OPENCCB_OPERATIONS_PORT: String(operationsPort) },
			stdio: ['ignore', 'inherit', 'inherit'],
			detached: true,
		});
		child = started;
		process.once('exit', killChild);
		started.once('exit', () => {
			process.off('exit', killChild);
			if (child === started) child = null;
			change({ phase: 'stopped', pid: null });
		});
		change({ phase: 'starting', pid: started.pid ?? null, restarts: state.restarts + 1 });
		await becameReady(operationsUrl, started);
		change({ phase: 'running' });
	};
	const end = async (signal: NodeJS.Signals) => {
		const ending = child;
		if (ending === null) return;
		const exited = once(ending, 'exit');
		ending.kill(signal);
		const hurry = setTimeout(() => ending.kill('SIGKILL'), stopLimitMs);
		await exited;
		clearTimeout(hurry);
	};
	const restart = async () => {
		await end('SIGKILL');
		await wait(downtimeMs);
		await start();
	};
	return {
		operationsUrl,
		state: () => state,
		start,
		async pullPlug() {
			if (state.phase === 'starting') return;
			restarting ??= restart().finally(() => {
				restarting = null;
			});
			await restarting;
		},
		stop: () => end('SIGTERM'),
	};
}

async function becameReady(url: string, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + startLimitMs;
	while (Date.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) throw new Error('the bot ended while it was starting: its log says why');
		const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1_000) }).then(
			({ ok }) => ok,
			() => false,
		);
		if (isReady) return;
		await wait(probeEveryMs);
	}
	child.kill('SIGKILL');
	throw new Error(`the bot was not ready within ${startLimitMs / 1000} s`);
}
