/** Which Ollama answers in the playground: a real one where there is one, else the emulated one. */

import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { ModelState } from './wire.ts';

export interface ModelSource {
	/** For OLLAMA_HOST of the bot. */
	readonly host: string;
	state(): ModelState;
	/** Switches the emulated Ollama off or on; a real one is left alone. */
	turn(isOn: boolean): Promise<void>;
	close(): Promise<void>;
}

const defaultHost = 'http://127.0.0.1:11434';
/** The program's own default, so that the page says what would be used. */
const defaultModel = 'gemma4:e4b';
const probeLimitMs = 1_000;
/** As fast as a small model on a good graphics card. */
const pace = { parallel: 4, tokensPerSecond: 40, firstTokenMs: 400 };

/** @param environment OLLAMA_HOST (several addresses separated by commas: the first is asked) and OLLAMA_MODEL, as the program reads them. */
export async function chooseModelSource(environment: Record<string, string | undefined>): Promise<ModelSource> {
	const host = environment.OLLAMA_HOST || defaultHost;
	const triedUrl = toUrl(host.split(',')[0] ?? host);
	if (!(await answers(triedUrl))) return startEmulated(triedUrl, environment.OLLAMA_MODEL || defaultModel);
	const model = environment.OLLAMA_MODEL || (await firstInstalled(triedUrl)) || defaultModel;
	return {
		host,
		state: () => ({ kind: 'real', triedUrl, model, isStopped: false }),
		turn: () => Promise.resolve(),
		close: () => Promise.resolve(),
	};
}

async function startEmulated(triedUrl: string, model: string): Promise<ModelSource> {
	const start = (port: number) => startOllamaEmulator({ port, models: [{ name: model }], ...pace });
	let emulator: OllamaEmulator | null = await start(0);
	const { url } = emulator;
	const close = async () => {
		await emulator?.close();
		emulator = null;
	};
	return {
		host: url,
		state: () => ({ kind: 'emulated', triedUrl, model, isStopped: emulator === null }),
		async turn(isOn) {
			if (!isOn) return close();
			emulator ??= await start(Number(new URL(url).port));
		},
		close,
	};
}

function toUrl(host: string): string {
	const trimmed = host.trim().replace(/\/+$/, '');
	return /^https?:\/\//.test(trimmed) ? trimmed : `http://${trimmed}`;
}

async function answers(url: string): Promise<boolean> {
	return fetch(`${url}/api/version`, { signal: AbortSignal.timeout(probeLimitMs) }).then(
		({ ok }) => ok,
		() => false,
	);
}

/** The first model that can talk, so that a visitor with any Ollama at all gets real answers. */
async function firstInstalled(url: string): Promise<string | null> {
	try {
		const response = await fetch(`${url}/api/tags`, { signal: AbortSignal.timeout(probeLimitMs) });
		const { models } = (await response.json()) as { models: { name: string }[] };
		const names = models.map(({ name }) => name);
		return names.find((name) => name === defaultModel) ?? names.find((name) => !name.includes('embed')) ?? null;
	} catch {
		return null;
	}
}
