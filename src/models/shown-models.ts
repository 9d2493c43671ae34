/** What a host says of its models when each is asked for by name: the list takes every imported one for one that chats. Asked once, for it does not change. */

import type { Ollama, ShowResponse } from 'ollama';
import { modelNameOf } from './model-name.ts';

export interface ShownModel {
	/** In Ollama's words, such as `completion` and `embedding`; empty when the host does not say: servers before 0.6.4 name none. */
	abilities: readonly string[];
	/** How long its vectors are; null when the host does not say. */
	vectorLength: number | null;
}

/** Of one host. */
export interface ShownModels {
	of(client: Ollama, entry: { name: string; model?: string; digest: string }): Promise<ShownModel>;
	/** Null as long as nobody has asked. */
	known(digest: string): ShownModel | null;
}

export function createShownModels(): ShownModels {
	const byDigest = new Map<string, ShownModel>();
	return {
		async of(client, entry) {
			const known = byDigest.get(entry.digest);
			if (known !== undefined) return known;
			const shown = await client.show({ model: modelNameOf(entry) }).catch(() => null);
			const model = { abilities: shown?.capabilities ?? [], vectorLength: shown === null ? null : architectureFactsOf(shown).vectorLength };
			if (model.abilities.length > 0) byDigest.set(entry.digest, model);
			return model;
		},
		known: (digest) => byDigest.get(digest) ?? null,
	};
}

export interface ArchitectureFacts {
	/** The engine that runs it, such as `gemma4`. */
	architecture: string | null;
	/** The longest context that the model was made for, in tokens. */
	contextTokens: number | null;
	vectorLength: number | null;
}

export function architectureFactsOf({ model_info: info }: Pick<ShowResponse, 'model_info'>): ArchitectureFacts {
	// The library calls it a map; what comes is an object. Its keys begin with the architecture.
	const facts: Record<string, unknown> = { ...(info as object | undefined) };
	const architecture = facts['general.architecture'];
	const lengthOf = (name: string): number | null => {
		const length = facts[`${String(architecture)}.${name}`];
		return typeof length === 'number' ? length : null;
	};
	return {
		architecture: typeof architecture === 'string' ? architecture : null,
		contextTokens: lengthOf('context_length'),
		vectorLength: lengthOf('embedding_length'),
	};
}
