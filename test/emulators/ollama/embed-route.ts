/** POST /api/embed: deterministic unit vectors, near each other for texts in similar words; one bad item fails the whole batch. */

import { embeddingLengthOf } from './catalog-routes.ts';
import { capabilitiesOf } from './chat-script.ts';
import { nanoseconds } from './durations.ts';
import { type Exchange, HttpRefusal, sendJson } from './exchange.ts';
import type { ModelStore } from './model-store.ts';
import { textVector, unit } from './text-vector.ts';
import { countTokens } from './tokens.ts';
import type { EmulatedModel } from './types.ts';

interface EmbedBody {
	model: string;
	input?: unknown;
	truncate?: boolean;
	dimensions?: number;
	keep_alive?: number | string;
	options?: Record<string, unknown>;
}

export async function handleEmbed(store: ModelStore, exchange: Exchange): Promise<void> {
	const startedAt = performance.now();
	const body = exchange.record.body as EmbedBody;
	if (typeof body?.model !== 'string') throw new HttpRefusal(400, 'model is required');
	const inputs = readInputs(body.input);
	const model = store.find(body.model, () => new HttpRefusal(404, `model "${body.model}" not found, try pulling it first`));
	if (inputs.length === 0) {
		sendJson(exchange.response, 200, { model: body.model, embeddings: [] });
		return;
	}
	const result = await store.load({ model, options: body.options, keepAlive: body.keep_alive, signal: exchange.hungUp });
	if (!result) return;
	if (!capabilitiesOf(model).includes('embedding')) {
		throw new HttpRefusal(501, 'This server does not support embeddings. Start it with `--embeddings`');
	}
	const limit = result.loaded.contextTokens;
	if (body.truncate === false && inputs.some((input) => countTokens(input) > limit)) {
		throw new HttpRefusal(400, 'the input length exceeds the context length');
	}
	const { unableOf } = model;
	if (unableOf !== undefined && inputs.some((input) => input.includes(unableOf))) {
		throw new HttpRefusal(500, 'failed to encode response: json: unsupported value: NaN');
	}
	// One place, as Ollama forces for embedding models: batches wait for one another.
	if (!(await result.loaded.places.acquire(exchange.hungUp))) return;
	try {
		const embeddings = inputs.map((input) => embedText(input, model, body.dimensions));
		const count = inputs.reduce((sum, input) => sum + Math.min(countTokens(input), limit), 0);
		const durations = {
			total_duration: nanoseconds(performance.now() - startedAt),
			load_duration: nanoseconds(result.loadMs),
		};
		sendJson(exchange.response, 200, { model: body.model, embeddings, ...durations, prompt_eval_count: count });
	} finally {
		result.loaded.places.release();
	}
}

/** Nothing and an empty text are no input; within a list an empty text is one. */
function readInputs(input: unknown): string[] {
	if (input === undefined || input === null || input === '') return [];
	if (typeof input === 'string') return [input];
	if (!Array.isArray(input)) throw new HttpRefusal(400, 'invalid input type');
	return input.map(String);
}

/** Cut to `dimensions` where that is smaller, and made unit length again. */
function embedText(text: string, model: EmulatedModel, dimensions?: number): number[] {
	const native = embeddingLengthOf(model);
	const vector = textVector(text, native);
	return dimensions !== undefined && dimensions > 0 && dimensions < native ? unit(vector.slice(0, dimensions)) : vector;
}
