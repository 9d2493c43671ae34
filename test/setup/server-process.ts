/** Runs one server program for the length of a test run, in a folder of its own, and leaves nothing behind however the run ends. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerProgram {
	path: string;
	arguments: string[];
	/** The fast way down, which the operating system also sends when the test run is killed. */
	stopSignal: 'SIGINT' | 'SIGTERM';
	/** The server's data; removed at the end. */
	folder: string;
	/** Whom to run it as; undefined is whoever runs the tests. */
	account?: Account | undefined;
	/** Tries to talk to the server; rejects while it is not up. */
	probe: () => Promise<void>;
}

export interface RunningServer {
	url: string;
	/** Ends the server and removes its folder. */
	stop(): Promise<void>;
}

export interface Account {
	uid: number;
	gid: number;
}

const startLimitMs = 30_000;
const stopLimitMs = 10_000;
const probeIntervalMs = 25;
/** A port that was free a moment ago can be taken by somebody else: rare, so a few attempts are plenty. */
const startAttempts = 3;

/** What the names of folders begin with that `createServerFolder` makes for this. */
export const folderPrefix = (name: string) => `openccb-test-${name}-`;

/** A new folder under the system's temporary one or `holder`, owned by `account`; gone at the latest when this process exits. */
export function createServerFolder(name: string, account?: Account, holder = tmpdir()): string {
	const folder = mkdtempSync(join(holder, folderPrefix(name)));
	process.once('exit', () => removeFolder(folder));
	if (account !== undefined) chownSync(folder, account.uid, account.gid);
	return folder;
}

/**
 * Starts a server on a free loopback port and waits until it answers.
 * @param describe what to run on that port, and the address under which tests reach it.
 * @throws Error with the server's last words when it did not come up within 30 s.
 */
export async function startServer(describe: (port: number) => ServerProgram & { url: string }): Promise<RunningServer> {
	for (let attempt = 1; ; attempt += 1) {
		const program = describe(await findFreePort());
		const server = launch(program);
		try {
			await waitUntilUp(program, server.process, server.lastWords);
			return { url: program.url, stop: server.stop };
		} catch (error) {
			const isLast = attempt === startAttempts;
			await server.end(isLast);
			if (isLast) throw error;
		}
	}
}

/** Runs a program to its end, with `input` to read. @throws Error with what it wrote when it failed. */
export function runProgram(path: string, programArguments: string[], account?: Account, input = ''): void {
	const [file, fileArguments] = withAccount(path, programArguments, 'SIGTERM', account);
	execFileSync(file, fileArguments, { cwd: '/', input, stdio: ['pipe', 'pipe', 'pipe'], timeout: startLimitMs });
}

/** The command line under `account`, bound to the life of this process where the system knows how (Linux). */
function withAccount(path: string, programArguments: string[], deathSignal: string, account?: Account): [string, string[]] {
	if (process.platform !== 'linux') return [path, programArguments];
	const identity = account === undefined ? [] : ['--reuid', `${account.uid}`, '--regid', `${account.gid}`, '--clear-groups'];
	return ['setpriv', ['--pdeathsig', deathSignal.slice('SIG'.length), ...identity, path, ...programArguments]];
}

function launch(program: ServerProgram) {
	const [file, fileArguments] = withAccount(program.path, program.arguments, program.stopSignal, program.account);
	const child = spawn(file, fileArguments, { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
		child.once('error', () => resolve());
	});
	const words: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => words.push(text) > 50 && words.shift());
	}
	// Vitest leaves through process.exit() on Ctrl-C, without tearing down: end the server before its folder goes.
	const onExit = () => child.kill('SIGKILL');
	process.prependOnceListener('exit', onExit);
	const end = async (removesFolder: boolean) => {
		child.kill(program.stopSignal);
		const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
		await exited;
		clearTimeout(limit);
		process.off('exit', onExit);
		if (removesFolder) removeFolder(program.folder);
	};
	return { process: child, lastWords: () => words.join(''), end, stop: () => end(true) };
}

async function waitUntilUp(program: ServerProgram, child: ChildProcess, lastWords: () => string): Promise<void> {
	const deadline = Date.now() + startLimitMs;
	for (;;) {
		try {
			return await program.probe();
		} catch (error) {
			const hasEnded = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
			if (hasEnded || Date.now() > deadline) {
				throw new Error(`${program.path} did not start: ${lastWords() || String(error)}`, { cause: error });
			}
		}
		await delay(probeIntervalMs);
	}
}

function findFreePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
		});
	});
}

function removeFolder(folder: string): void {
	// A server that was just killed may still hold files for a moment.
	rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
