/** Models that make vectors: fake ones, of which a test says which hosts have them, and none. */

import { BotError } from '#src/errors.ts';
import type { LanguageModels } from '#src/models/model-pool.ts';

/** What makes vectors of passages and questions. */
export type VectorModels = Pick<LanguageModels, 'embed' | 'embeddingIdentity' | 'useEmbeddingModel'>;

export interface FakeVectors extends VectorModels {
	/** By name the digests that hosts have; what the name means is the first one. */
	installed: Record<string, readonly string[]>;
	/** Hosts do not answer. */
	isAway: boolean;
	/** Texts that a model makes no vector of. */
	refuses: (text: string, model: string) => boolean;
	/** Passages that got vectors. */
	embedded: string[];
	/** The models, as in `fake first`, that people's questions were asked of, in order. */
	asked: string[];
}

/** Names are written with their tag. */
export function createFakeVectors(): FakeVectors {
	const identityOf = (model: string, digest: string) => ({ model, digest, prefixVersion: 'none', dimensions: 2 });
	return {
		installed: { 'fake:latest': ['first'] },
		isAway: false,
		refuses: () => false,
		useEmbeddingModel: () => {},
		embedded: [],
		asked: [],
		async embed({ texts, purpose, priority, model = '', digest: wanted }) {
			if (this.isAway) throw new BotError('MODEL_UNAVAILABLE', 'away', { retryable: true, reason: 'no-host' });
			const digests = this.installed[model] ?? [];
			const digest = wanted ?? digests[0];
			if (digest === undefined) throw new BotError('MODEL_REJECTED', 'no such model', { reason: 'model-missing' });
			if (!digests.includes(digest)) throw new BotError('MODEL_REJECTED', 'another one', { reason: 'model-changed' });
			const vectors = texts.map((text) => (this.refuses(text, model) ? ('bad-vector' as const) : [0.6, 0.8]));
			if (purpose === 'passage') this.embedded.push(...texts.filter((_, at) => typeof vectors[at] !== 'string'));
			else if (priority === 'interactive') this.asked.push(`${model.replace(':latest', '')} ${digest}`);
			return { vectors, identity: identityOf(model, digest) };
		},
		embeddingIdentity(model = '') {
			const [digest] = this.installed[model] ?? [];
			return digest === undefined || this.isAway ? null : identityOf(model, digest);
		},
	};
}

/** There is no model for them. */
export const noVectors: VectorModels = {
	useEmbeddingModel: () => {},
	embed: () => Promise.reject(new BotError('MODEL_REJECTED', 'no model', { reason: 'no-embedding-model' })),
	embeddingIdentity: () => null,
};
