/** Looks at one host: does it answer, has it the model, is the model in memory and with which context length. */

import type { ListResponse, Ollama } from 'ollama';
import { toModelError } from './model-errors.ts';
import { isSameModel } from './model-name.ts';

export interface HostFinding {
	state: 'up' | 'down' | 'model-missing';
	/** What is wrong and what to do, null when all is well. */
	reason: string | null;
	/** Null when the host does not say. */
	isModelLoaded: boolean | null;
	/** The context length that the model runs with, null when it is not in memory or the host does not say. */
	contextTokens: number | null;
}

export interface ProbeTarget {
	/** The host's address without credentials. */
	host: string;
	client: Ollama;
	model: string;
	embeddingModel: string | null;
}

/** "No such thing here", in the words of HTTP. */
const hiddenList = new Set(['http-403', 'http-404', 'http-405', 'http-501']);

/** Never throws: a host that does not answer is a finding. */
export async function probeHost({ host, client, model, embeddingModel }: ProbeTarget): Promise<HostFinding> {
	try {
		const [installed, running] = await Promise.all([client.list(), readRunning(client)]);
		const names = installed.models.map(nameOf);
		if (!hasModel(names, model)) return { ...noModel, state: 'model-missing', reason: pullAdvice(model) };
		const loaded = running?.find((entry) => hasModel([nameOf(entry)], model));
		const lacksEmbedding = embeddingModel !== null && !hasModel(names, embeddingModel);
		return {
			state: 'up',
			reason: lacksEmbedding ? pullAdvice(embeddingModel) : null,
			isModelLoaded: running === null ? null : loaded !== undefined,
			contextTokens: loaded ? contextLengthOf(loaded) : null,
		};
	} catch (error) {
		const { reason } = toModelError(error, host);
		// A proxy may let questions through and hide the list: then the first question tells whether the model is there.
		if (hiddenList.has(reason ?? '')) return { ...noModel, state: 'up', reason: null };
		return { ...noModel, state: 'down', reason: `no answer (${reason ?? 'unknown'}): is Ollama running there, and the address right?` };
	}
}

/** What is known of the model where it does not run. */
export const noModel = { isModelLoaded: null, contextTokens: null };

/** Older servers give only the name. */
export function nameOf(entry: { model?: string; name: string }): string {
	return entry.model ?? entry.name;
}

export function hasModel(names: readonly string[], model: string): boolean {
	return names.some((name) => isSameModel(name, model));
}

/** The library's types lack the field. */
export function contextLengthOf(entry: object): number | null {
	return 'context_length' in entry && typeof entry.context_length === 'number' ? entry.context_length : null;
}

function pullAdvice(model: string): string {
	return `the model is missing: run \`ollama pull ${model}\` there`;
}

/** Proxies in front of Ollama do not always know this one; then nobody knows what is in memory. */
async function readRunning(client: Ollama): Promise<ListResponse['models'] | null> {
	return await client.ps().then(
		({ models }) => models,
		() => null,
	);
}
