/** Looks at one host: does it answer, has it the model, is the model in memory and with which context length. */

import type { ListResponse, Ollama } from 'ollama';
import type { StatedAbilities } from './abilities.ts';
import { toModelError } from './model-errors.ts';
import { isSameModel } from './model-name.ts';

export interface HostFinding {
	state: 'up' | 'down' | 'model-missing' | 'model-unfit';
	/** What is wrong and what to do, null when all is well. */
	reason: string | null;
	/** Null when the host does not say. */
	isModelLoaded: boolean | null;
	/** The context length that the model runs with, null when it is not in memory or the host does not say. */
	contextTokens: number | null;
	/** Null when the model is not there, or the host does not say. */
	abilities: StatedAbilities | null;
}

export interface ProbeTarget {
	/** The host's address without credentials. */
	host: string;
	client: Ollama;
	model: string;
	embeddingModel: string | null;
	/** By digest, what models can do as far as it was asked: it does not change. */
	known: Map<string, readonly string[]>;
}

/** "No such thing here", in the words of HTTP. */
const hiddenList = new Set(['http-403', 'http-404', 'http-405', 'http-501']);

/** Never throws: a host that does not answer is a finding. */
export async function probeHost(target: ProbeTarget): Promise<HostFinding> {
	const { host, client, model, embeddingModel } = target;
	try {
		const [installed, running] = await Promise.all([client.list(), readRunning(client)]);
		const chat = installed.models.find((entry) => isSameModel(nameOf(entry), model));
		if (chat === undefined) return { ...noModel, state: 'model-missing', reason: pullAdvice(model) };
		const abilities = await readAbilities(target, chat);
		if (!can(abilities, 'completion')) return { ...noModel, state: 'model-unfit', reason: cannotChat(model) };
		const loaded = running?.find((entry) => isSameModel(nameOf(entry), model));
		return {
			state: 'up',
			reason: embeddingModel === null ? null : await embeddingProblem(target, installed.models, embeddingModel),
			isModelLoaded: running === null ? null : loaded !== undefined,
			contextTokens: loaded ? contextLengthOf(loaded) : null,
			abilities,
		};
	} catch (error) {
		const { reason } = toModelError(error, host);
		// A proxy may let questions through and hide the list: then the first question tells whether the model is there.
		if (hiddenList.has(reason ?? '')) return { ...noModel, state: 'up', reason: null };
		return { ...noModel, state: 'down', reason: `no answer (${reason ?? 'unknown'}): is Ollama running there, and the address right?` };
	}
}

/** What is known of the model where it does not run. */
export const noModel = { isModelLoaded: null, contextTokens: null, abilities: null };

/** Older servers give only the name. */
export function nameOf(entry: { model?: string; name: string }): string {
	return entry.model ?? entry.name;
}

/** The library's types lack the field. */
export function contextLengthOf(entry: object): number | null {
	return 'context_length' in entry && typeof entry.context_length === 'number' ? entry.context_length : null;
}

export function cannotChat(model: string): string {
	return `${model} cannot write answers: set OLLAMA_MODEL to a model that can`;
}

async function embeddingProblem(target: ProbeTarget, installed: ListResponse['models'], model: string): Promise<string | null> {
	const entry = installed.find((candidate) => isSameModel(nameOf(candidate), model));
	if (entry === undefined) return pullAdvice(model);
	return can(await readAbilities(target, entry), 'embedding')
		? null
		: `${model} makes no vectors: set OLLAMA_EMBEDDING_MODEL to a model that does`;
}

/** By `show`: the list of models takes every imported one for one that chats. */
async function readAbilities({ client, known }: ProbeTarget, entry: ListResponse['models'][number]): Promise<StatedAbilities> {
	const { digest } = entry;
	const asked = known.get(digest);
	const names = asked ?? (await client.show({ model: nameOf(entry) }).catch(() => null))?.capabilities ?? [];
	if (names.length > 0) known.set(digest, names);
	return { digest, names, family: familyOf(entry) };
}

/** True where nobody says: servers before 0.6.4 name none. */
function can({ names }: StatedAbilities, ability: string): boolean {
	return names.length === 0 || names.includes(ability);
}

/** Proxies that rewrite the list do not always keep the details. */
function familyOf({ details }: { details?: { family?: string } }): string | null {
	return details?.family ?? null;
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
