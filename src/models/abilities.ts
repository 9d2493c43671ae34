/** What one model on one host can do beside writing text: as the host says, and as its refusals taught. */

import type { ModelCapabilities } from './model-pool.ts';

/** What a request may ask for and still be answered without. */
export type Dispensable = 'tools' | 'thinking';

/** What a host says of a model. */
export interface StatedAbilities {
	/** The model as it is installed there: another one under the same name has another digest. */
	digest: string;
	/** In Ollama's words, such as `completion` and `tools`; empty when the host does not say. */
	names: readonly string[];
	/** The engine that runs it, such as `gptoss`; null when the host does not say. */
	family: string | null;
}

export interface Abilities {
	adopt(stated: StatedAbilities): void;
	/** Null as long as the host has said nothing. */
	stated(): ModelCapabilities | null;
	/** Whether to send it: true for what nobody denied. */
	mayBeAsked(ability: Dispensable): boolean;
	/** It was sent and refused. True when that is new. */
	wasRefused(ability: Dispensable): boolean;
	family(): string | null;
}

export function createAbilities(): Abilities {
	let known: StatedAbilities | null = null;
	const refused = new Set<string>();

	return {
		adopt(stated) {
			if (known !== null && known.digest !== stated.digest) refused.clear();
			known = stated;
		},
		stated() {
			if (known === null || known.names.length === 0) return null;
			return capabilitiesOf(known.names.filter((name) => !refused.has(name)));
		},
		mayBeAsked(ability) {
			if (refused.has(ability)) return false;
			return known === null || known.names.length === 0 || known.names.includes(ability);
		},
		wasRefused(ability) {
			const isNew = !refused.has(ability);
			refused.add(ability);
			return isNew;
		},
		family: () => known?.family ?? null,
	};
}

/** @param names In Ollama's words. */
export function capabilitiesOf(names: readonly string[]): ModelCapabilities {
	const has = (name: keyof ModelCapabilities) => names.includes(name);
	return { tools: has('tools'), vision: has('vision'), thinking: has('thinking'), embedding: has('embedding') };
}

/** Of the same model on several hosts: what one of them can do. Null where none says. */
export function capabilitiesOfAny(stated: readonly (ModelCapabilities | null)[]): ModelCapabilities | null {
	const known = stated.filter((capabilities) => capabilities !== null);
	if (known.length === 0) return null;
	const isAny = (name: keyof ModelCapabilities) => known.some((capabilities) => capabilities[name]);
	return { tools: isAny('tools'), vision: isAny('vision'), thinking: isAny('thinking'), embedding: isAny('embedding') };
}
