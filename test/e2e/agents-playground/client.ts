/** Microsoft's Agents Playground, a Teams client that others wrote, as a process with a page in a browser. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { bareEnvironment } from '#test/setup/bare-environment.ts';
import { patienceMs } from '#test/setup/patience.ts';
import { eventually } from '../eventually.ts';

export interface AgentsPlayground {
	/** The address at which it takes what the bot sends; no slash at its end. */
	readonly serviceUrl: string;
	readonly page: Page;
	close(): Promise<void>;
}

/** What Chromium needs to run as root in a container, without calling home. */
const browserArguments = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-background-networking',
	'--disable-component-update',
];

/** Starts it beside a bot that listens at `endpoint`, opens its page and waits until it has found the bot. */
export async function openAgentsPlayground(endpoint: string, chromiumPath: string): Promise<AgentsPlayground> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-agents-playground-'));
	const port = await freePort();
	const child = start(endpoint, port, folder);
	const url = `http://localhost:${port}`;
	await eventually(() =>
		fetch(url).then(
			({ ok }) => ok,
			() => false,
		),
	);
	const browser = await chromium.launch({ executablePath: chromiumPath, args: browserArguments });
	const page = await openPage(browser, url);
	return {
		serviceUrl: `${url}/_connector`,
		page,
		async close() {
			await browser.close();
			child.kill('SIGKILL');
			if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** It writes its log into the folder that it is started in. Without a display it opens no browser of its own. */
function start(endpoint: string, port: number, folder: string): ChildProcess {
	const packageFile = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json');
	const program = join(dirname(packageFile), 'cli.js');
	const words = [program, '-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
	return spawn(process.execPath, words, { cwd: folder, env: { ...bareEnvironment(), HOME: folder }, stdio: 'ignore' });
}

async function openPage(browser: Browser, url: string): Promise<Page> {
	const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1300, height: 900 } });
	page.setDefaultTimeout(patienceMs);
	// Its icon fonts are on the internet, which tests do not reach.
	await page.route(
		({ hostname }) => hostname !== 'localhost',
		(route) => route.abort(),
	);
	await page.goto(url);
	await page.getByText('Connected.').waitFor();
	return page;
}

async function freePort(): Promise<number> {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
