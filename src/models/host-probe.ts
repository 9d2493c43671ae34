/** Looks at one host: does it answer, which of the models has it, which are in memory and with which context length. */

import type { ListResponse, Ollama } from 'ollama';
import type { StatedAbilities } from './abilities.ts';
import { toModelError } from './model-errors.ts';
import { isSameModel, modelNameOf } from './model-name.ts';
import type { ModelProfile } from './model-profile.ts';
import type { ShownModels } from './shown-models.ts';

/** What is known of one model on the host. */
export interface ModelFinding {
	/** `down` and `up` are of the host; where it is up, the model is there. */
	state: 'up' | 'down' | 'model-missing' | 'model-unfit';
	/** What is wrong and what to do, null when all is well. */
	reason: string | null;
	/** In memory; null when the host does not say. */
	isLoaded: boolean | null;
	/** The context length that the model runs with, null when it is not in memory or the host does not say. */
	contextTokens: number | null;
	/** Null when the model is not there, or the host does not say. */
	abilities: StatedAbilities | null;
}

type ProbedModel = Pick<ModelProfile, 'name' | 'isDefault'>;

export interface ProbeTarget {
	/** The host's address without credentials. */
	host: string;
	client: Ollama;
	/** Those that answer. */
	models: readonly ProbedModel[];
	embeddingModel: string | null;
	shown: ShownModels;
}

/** What one look found. */
export interface HostFindings {
	/** Of each of the target's models. */
	of(model: ProbedModel): ModelFinding;
	/** Whatever is installed; `hidden` where a proxy does not show it, null when the host does not answer. */
	listing: HostListing | null;
	/** What is in memory there; null when the host does not answer or say. */
	running: ListResponse['models'] | null;
}

export type HostListing = ListResponse['models'] | 'hidden';

/** What a host has, as it says. */
interface Listed {
	installed: ListResponse['models'];
	/** Null when it does not say. */
	running: ListResponse['models'] | null;
	/** What is wrong with the model for vectors there. */
	embeddingProblem: string | null;
}

/** "No such thing here", in the words of HTTP. */
const hiddenList = new Set(['http-403', 'http-404', 'http-405', 'http-501']);

/** Never throws: a host that does not answer is a finding. */
export async function probeHost(target: ProbeTarget): Promise<HostFindings> {
	const { host, client, models } = target;
	try {
		const [{ models: installed }, running] = await Promise.all([client.list(), readRunning(client)]);
		const listed: Listed = { installed, running, embeddingProblem: await embeddingProblem(target, installed) };
		const found = await Promise.all(models.map(async (model) => [model.name, await findModel(target, model, listed)] as const));
		const findings = new Map(found);
		return { of: ({ name }) => findings.get(name) ?? missing(name), listing: installed, running };
	} catch (error) {
		const { reason } = toModelError(error, host);
		// A proxy may let questions through and hide the list: then the first question tells whether the model is there.
		if (hiddenList.has(reason ?? '')) return { of: () => ({ ...noModel, state: 'up', reason: null }), listing: 'hidden', running: null };
		const advice = `no answer (${reason ?? 'unknown'}): is Ollama running there, and the address right?`;
		return { of: () => ({ ...noModel, state: 'down', reason: advice }), listing: null, running: null };
	}
}

async function findModel(target: ProbeTarget, { name, isDefault }: ProbedModel, listed: Listed): Promise<ModelFinding> {
	const { installed, running, embeddingProblem: problem } = listed;
	const entry = installed.find((candidate) => isSameModel(modelNameOf(candidate), name));
	if (entry === undefined) return missing(name);
	const abilities = await readAbilities(target, entry);
	if (!can(abilities, 'completion')) return { ...noModel, state: 'model-unfit', reason: cannotChat({ name, isDefault }) };
	const loaded = running?.find((candidate) => isSameModel(modelNameOf(candidate), name));
	return {
		state: 'up',
		// Said once for each host.
		reason: isDefault ? problem : null,
		isLoaded: running === null ? null : loaded !== undefined,
		contextTokens: loaded ? contextLengthOf(loaded) : null,
		abilities,
	};
}

function missing(name: string): ModelFinding {
	return { ...noModel, state: 'model-missing', reason: pullAdvice(name) };
}

/** What is known of the model where it does not run. */
export const noModel = { isLoaded: null, contextTokens: null, abilities: null };

/** The library's types lack the field. */
export function contextLengthOf(entry: object): number | null {
	return 'context_length' in entry && typeof entry.context_length === 'number' ? entry.context_length : null;
}

export function cannotChat({ name, isDefault }: ProbedModel): string {
	const advice = isDefault ? 'set OLLAMA_MODEL to a model that can' : 'take it out of OLLAMA_MODELS';
	return `${name} cannot write answers: ${advice}`;
}

async function embeddingProblem(target: ProbeTarget, installed: ListResponse['models']): Promise<string | null> {
	const { embeddingModel: model } = target;
	if (model === null) return null;
	const entry = installed.find((candidate) => isSameModel(modelNameOf(candidate), model));
	if (entry === undefined) return pullAdvice(model);
	return can(await readAbilities(target, entry), 'embedding')
		? null
		: `${model} makes no vectors: set OLLAMA_EMBEDDING_MODEL to a model that does`;
}

async function readAbilities({ client, shown }: ProbeTarget, entry: ListResponse['models'][number]): Promise<StatedAbilities> {
	const { abilities: names } = await shown.of(client, entry);
	return { digest: entry.digest, names, family: familyOf(entry) };
}

/** True where nobody says: servers before 0.6.4 name none. */
function can({ names }: StatedAbilities, ability: string): boolean {
	return names.length === 0 || names.includes(ability);
}

/** Proxies that rewrite the list do not always keep the details. */
function familyOf({ details }: { details?: { family?: string } }): string | null {
	return details?.family ?? null;
}

export function pullAdvice(model: string): string {
	return `the model is missing: run \`ollama pull ${model}\` there`;
}

/** Proxies in front of Ollama do not always know this one; then nobody knows what is in memory. */
async function readRunning(client: Ollama): Promise<ListResponse['models'] | null> {
	return await client.ps().then(
		({ models }) => models,
		() => null,
	);
}
