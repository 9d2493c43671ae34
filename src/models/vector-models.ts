/** The models for vectors on one host: which of them is installed under a name, and what is known of it. */

import type { Ollama } from 'ollama';
import { capabilitiesOf } from './abilities.ts';
import type { HostListing } from './host-probe.ts';
import { isSameModel, modelNameOf } from './model-name.ts';
import type { ModelCapabilities } from './model-pool.ts';
import type { ShownModel, ShownModels } from './shown-models.ts';

/** In the place of the digest, where a proxy shows no list: then the name has to do. */
const UNLISTED = 'unlisted';

export interface VectorModel {
	/** What is installed under the name there. */
	digest: string;
	/** Null when the host does not say. */
	vectorLength: number | null;
	/** Null when the host does not say. */
	capabilities: ModelCapabilities | null;
}

export interface VectorModels {
	/** Takes over what a look at the host found. While it is away, what it had counts. */
	adopt(listing: HostListing | null): void;
	/** From the last look. Null when the host has none of that name, or nobody has asked. */
	known(name: string): VectorModel | null;
	/** Asks the host where that is needed. Never throws: null when it has none of that name, or does not answer. */
	find(name: string): Promise<VectorModel | null>;
}

export interface VectorModelsParts {
	shown: ShownModels;
	connect: () => Ollama;
	/** Looks at the host, unless that was just now. */
	refresh: () => Promise<void>;
}

export function createVectorModels({ shown, connect, refresh }: VectorModelsParts): VectorModels {
	let listing: HostListing | null = null;
	const entryOf = (name: string) => {
		if (listing === null || listing === 'hidden') return listing;
		return listing.find((candidate) => isSameModel(modelNameOf(candidate), name)) ?? null;
	};

	return {
		adopt(next) {
			listing = next ?? listing;
		},
		known(name) {
			const entry = entryOf(name);
			if (entry === null) return null;
			return entry === 'hidden' ? described(UNLISTED, null) : described(entry.digest, shown.known(entry.digest));
		},
		async find(name) {
			if (entryOf(name) === null) await refresh();
			const entry = entryOf(name);
			if (entry === null) return null;
			return entry === 'hidden' ? described(UNLISTED, null) : described(entry.digest, await shown.of(connect(), entry));
		},
	};
}

function described(digest: string, shown: ShownModel | null): VectorModel {
	const { abilities = [], vectorLength = null } = shown ?? {};
	return { digest, vectorLength, capabilities: abilities.length === 0 ? null : capabilitiesOf(abilities) };
}
