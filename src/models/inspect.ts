/** Looks at one Ollama host more closely than the pool does: its version, and what it says of the models that are configured. */

import type { Ollama, ShowResponse } from 'ollama';
import { BotError } from '../errors.ts';
import { parseHostAddress } from './host-address.ts';
import { contextLengthOf } from './host-probe.ts';
import { toModelError } from './model-errors.ts';
import { isSameModel, modelNameOf } from './model-name.ts';
import { architectureFactsOf } from './shown-models.ts';
import { createTransport } from './transport.ts';

export interface ModelFacts {
	/** `unknown`: something in front of the host lets nobody ask. */
	state: 'installed' | 'missing' | 'unknown';
	/** The longest context that the model was made for, in tokens. */
	trainedContextTokens: number | null;
	/** The context that it runs with now; null when it is not in memory. */
	runningContextTokens: number | null;
	/** The engine that runs it, such as `gemma4`. */
	architecture: string | null;
	/** Such as `completion`, `embedding`; empty when the host does not say. */
	capabilities: readonly string[];
}

export interface HostFacts {
	/** Null when the host does not say. */
	version: string | null;
	/** By model name, those that were asked for. */
	models: ReadonlyMap<string, ModelFacts>;
}

/** What a host's own name is in whatever people read: its address without credentials. @throws BotError as `parseHostAddress`. */
export function hostLabel(host: string): string {
	return parseHostAddress(host).label;
}

/**
 * @param host As in the settings, credentials included.
 * @throws BotError `MODEL_UNAVAILABLE` with a word in `reason` (`connection-failed`, `http-502`, …) when the host does not answer,
 * `CONFIG_INVALID` for an address that is none, `CANCELLED`.
 */
export async function inspectHost(host: string, models: readonly string[], signal: AbortSignal): Promise<HostFacts> {
	const address = parseHostAddress(host);
	const transport = createTransport();
	try {
		const client = transport.connect(address, signal);
		// Proxies do not know all of these; whether anybody is there, the first that answers tells.
		const [version, running] = await Promise.all([unlessHidden(() => client.version()), unlessHidden(() => client.ps())]);
		const entries = await Promise.all(models.map(async (name) => [name, await readModel(client, name)] as const));
		const loaded = running?.models ?? [];
		return {
			version: version?.version ?? null,
			models: new Map(entries.map(([name, facts]) => [name, { ...facts, runningContextTokens: runningContext(loaded, name) }])),
		};
	} catch (error) {
		throw signal.aborted ? new BotError('CANCELLED', `${address.label} was not waited for`) : toModelError(error, address.label);
	} finally {
		await transport.close();
	}
}

type StoredFacts = Omit<ModelFacts, 'runningContextTokens'>;

async function readModel(client: Ollama, model: string): Promise<StoredFacts> {
	try {
		const shown = await unlessHidden(() => client.show({ model }));
		return shown === null ? withoutFacts('unknown') : { ...describe(shown), state: 'installed' };
	} catch (error) {
		if (toModelError(error, '').reason !== 'model-missing') throw error;
		return withoutFacts('missing');
	}
}

function withoutFacts(state: StoredFacts['state']): StoredFacts {
	return { state, trainedContextTokens: null, architecture: null, capabilities: [] };
}

function describe(shown: ShowResponse): Omit<StoredFacts, 'state'> {
	const { architecture, contextTokens } = architectureFactsOf(shown);
	return { trainedContextTokens: contextTokens, architecture, capabilities: shown.capabilities ?? [] };
}

function runningContext(loaded: readonly { model?: string; name: string }[], model: string): number | null {
	const entry = loaded.find((candidate) => isSameModel(modelNameOf(candidate), model));
	return entry === undefined ? null : contextLengthOf(entry);
}

/** "No such thing here", in the words of HTTP: a proxy that lets only questions through. */
const hidden = new Set(['http-403', 'http-404', 'http-405', 'http-501']);

async function unlessHidden<T>(ask: () => Promise<T>): Promise<T | null> {
	try {
		return await ask();
	} catch (error) {
		if (hidden.has(toModelError(error, '').reason ?? '')) return null;
		throw error;
	}
}
