/** The program `ollama` of the stand-in: the emulated server, and the few commands that the compose file and its scripts use. */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { startFront } from '../../front.ts';

const address = 'http://127.0.0.1:11434';
/** Where the real program keeps its models: a volume that two servers share. */
const folder = '/root/.ollama/models';
/** So slow that a test can see an answer under way. */
const tokensPerSecond = 40;

const [command = 'serve', name = ''] = process.argv.slice(2);
const commands: Readonly<Record<string, () => Promise<void>>> = { serve, list, show, pull };
await commands[command]?.();

async function serve(): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const emulator = await startOllamaEmulator({ models: [], tokensPerSecond });
	// The real one reads its folder anew for each request too: what the other server brought is there.
	await startFront(emulator.url, { host: '0.0.0.0', port: 11_434 }, () => {
		for (const file of readdirSync(folder)) emulator.addModel({ name: decodeURIComponent(file) });
	});
	process.once('SIGTERM', () => process.exit(0));
}

async function list(): Promise<void> {
	process.stdout.write(await ask('/api/tags'));
}

async function show(): Promise<void> {
	await ask('/api/show', { model: name });
}

async function pull(): Promise<void> {
	const lines = await ask('/api/pull', { model: name });
	process.stdout.write(lines);
	if (!lines.includes('"success"')) throw new Error('not pulled');
	writeFileSync(join(folder, encodeURIComponent(name)), '');
}

async function ask(path: string, body?: object): Promise<string> {
	const answer = await fetch(`${address}${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
	if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
	return await answer.text();
}
