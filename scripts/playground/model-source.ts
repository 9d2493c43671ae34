/** Which Ollama answers in the playground: a real one where there is one, else the emulated one. */

import { isSameModel } from '#src/models/model-name.ts';
import { modelEntries } from '#src/settings/model-entries.ts';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import { chooseModel } from './model-choice.ts';
import type { ModelState } from './wire.ts';

export interface ModelSource {
	/** For OLLAMA_HOST of the bot. */
	readonly host: string;
	/** For OLLAMA_EMBEDDING_MODEL of the bot; null leaves that to the environment. */
	readonly embeddingModel: string | null;
	state(): ModelState;
	/** Switches the emulated Ollama off or on; a real one is left alone. */
	turn(isOn: boolean): Promise<void>;
	close(): Promise<void>;
}

const defaultHost = 'http://127.0.0.1:11434';
/** The program's own default, so that the page says what would be used. */
const defaultModel = 'gemma4:e4b';
/** Of the emulated Ollama. */
const emulatedEmbeddingModel = 'demo-embed';
const probeLimitMs = 1_000;
/** As fast as a small model on a good graphics card. */
const pace = { parallel: 4, tokensPerSecond: 40, firstTokenMs: 400 };

/**
 * @param environment OLLAMA_HOST (several addresses separated by commas: the first is asked), OLLAMA_MODEL, OLLAMA_MODELS and OLLAMA_EMBEDDING_MODEL,
 * as the program reads them.
 */
export async function chooseModelSource(environment: Record<string, string | undefined>): Promise<ModelSource> {
	const host = environment.OLLAMA_HOST || defaultHost;
	const triedUrl = toUrl(host.split(',')[0] ?? host);
	const given = environment.OLLAMA_MODEL;
	const emulated = { kind: 'emulated', triedUrl, model: given || defaultModel } as const;
	if (!(await answers(triedUrl))) return startEmulated({ ...emulated, reason: 'away', others: [] }, environment);
	if (given) return real(host, { triedUrl, model: given, reason: 'set', others: [] });
	const choice = await chooseModel(triedUrl, defaultModel, probeLimitMs);
	if (choice === null) return real(host, { triedUrl, model: defaultModel, reason: 'default', others: [] });
	const { model, reason, others } = choice;
	if (model === null) return startEmulated({ ...emulated, reason: 'unfit', others }, environment);
	return real(host, { triedUrl, model, reason, others });
}

/** What whoever started it should know, beyond the page; null for nothing. */
export function tellChoice({ triedUrl, model, reason, others }: ModelState): string | null {
	const choice = others.length === 0 ? '' : ` Another one: OLLAMA_MODEL=${others[0]} npm start (there: ${others.join(', ')}).`;
	if (reason === 'newest') return `${model} answers, the newest of the models at ${triedUrl} that write answers.${choice}`;
	if (reason === 'default') return `${model} answers, at ${triedUrl}.${choice}`;
	if (reason !== 'unfit') return null;
	const there = others.length === 0 ? 'no model yet' : `no model that writes answers (${others.join(', ')})`;
	return `The Ollama at ${triedUrl} has ${there}, so an emulated one answers. Run \`ollama pull ${model}\`, then npm start again.`;
}

type Kept = Omit<ModelState, 'kind' | 'isStopped'>;

function real(host: string, state: Kept): ModelSource {
	return {
		host,
		embeddingModel: null,
		state: () => ({ ...state, kind: 'real', isStopped: false }),
		turn: () => Promise.resolve(),
		close: () => Promise.resolve(),
	};
}

async function startEmulated(
	state: Kept & { kind: 'emulated' },
	{ OLLAMA_MODELS: alsoNamed, OLLAMA_EMBEDDING_MODEL: vectors }: Record<string, string | undefined>,
): Promise<ModelSource> {
	const embeddingModel = vectors || emulatedEmbeddingModel;
	const writing = [state.model, ...otherNames(state.model, alsoNamed)].map((name) => ({ name }));
	const models = [...writing, { name: embeddingModel, capabilities: ['embedding'] }];
	const start = (port: number) => startOllamaEmulator({ port, models, ...pace });
	let emulator: OllamaEmulator | null = await start(0);
	const { url } = emulator;
	const close = async () => {
		await emulator?.close();
		emulator = null;
	};
	return {
		host: url,
		embeddingModel,
		state: () => ({ ...state, isStopped: emulator === null }),
		async turn(isOn) {
			if (!isOn) return close();
			emulator ??= await start(Number(new URL(url).port));
		},
		close,
	};
}

/** What the settings name beside the model that answers by itself; nothing where they are wrong, of which the program complains. */
function otherNames(model: string, alsoNamed: string | undefined): string[] {
	const { data: entries = [] } = modelEntries.safeParse(alsoNamed || undefined);
	return entries.map(({ name }) => name).filter((name) => !isSameModel(name, model));
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
