/** The routes that tell what there is: /api/version, /api/tags, /api/ps, /api/show, /api/pull. */

import { createHash } from 'node:crypto';
import { capabilitiesOf } from './chat-script.ts';
import { type Exchange, HttpRefusal, pause, sendJson } from './exchange.ts';
import type { ModelStore } from './model-store.ts';
import type { EmulatedModel } from './types.ts';

/** Progress of one layer comes every 60 ms from the real server; the emulator need not be slow. */
const PULL_STEP_MS = 5;
const LAYER_BYTES = 4_000_000;

export function handleVersion(exchange: Exchange): void {
	sendJson(exchange.response, 200, { version: '0.33.0' });
}

export function handleTags(store: ModelStore, exchange: Exchange): void {
	const models = store.installed().map((model) => ({
		...identity(model),
		modified_at: '2026-01-01T00:00:00Z',
		details: { ...details(model), context_length: model.contextLength ?? 32_768, embedding_length: model.embeddingLength ?? 768 },
		capabilities: capabilitiesOf(model),
	}));
	sendJson(exchange.response, 200, { models });
}

export function handlePs(store: ModelStore, exchange: Exchange): void {
	const models = store.loaded().map(({ model, contextTokens, expiresAtMs }) => ({
		...identity(model),
		details: details(model),
		// For ever is the year 2318: the longest a Go duration reaches.
		expires_at: Number.isFinite(expiresAtMs) ? new Date(expiresAtMs).toISOString() : '2318-01-01T00:00:00Z',
		size_vram: LAYER_BYTES,
		context_length: contextTokens,
	}));
	sendJson(exchange.response, 200, { models });
}

export function handleShow(store: ModelStore, exchange: Exchange): void {
	const body = exchange.record.body as { model?: string; name?: string } | null;
	const model = store.find(body?.model ?? body?.name ?? '');
	sendJson(exchange.response, 200, {
		details: details(model),
		model_info: {
			'general.architecture': 'emulated',
			'emulated.context_length': model.contextLength ?? 32_768,
			'emulated.embedding_length': model.embeddingLength ?? 768,
		},
		capabilities: capabilitiesOf(model),
		modified_at: '2026-01-01T00:00:00Z',
	});
}

/** Installs the model, with progress lines, unless the client hangs up before. */
export async function handlePull(store: ModelStore, exchange: Exchange): Promise<void> {
	const body = exchange.record.body as { model?: string; name?: string; stream?: boolean } | null;
	const name = body?.model ?? body?.name;
	if (!name) throw new HttpRefusal(400, 'model is required');
	const lines = pullLines(name);
	if (body?.stream === false) {
		store.add({ name });
		sendJson(exchange.response, 200, { status: 'success' });
		return;
	}
	exchange.response.writeHead(200, { 'content-type': 'application/x-ndjson' });
	for (const line of lines) {
		exchange.response.write(`${JSON.stringify(line)}\n`);
		await pause(PULL_STEP_MS, exchange.hungUp);
		if (exchange.hungUp.aborted) return;
	}
	store.add({ name });
	exchange.response.end(`${JSON.stringify({ status: 'success' })}\n`);
}

function pullLines(name: string): object[] {
	const digest = digestOf(name);
	const layer = { status: `pulling ${digest.slice(0, 12)}`, digest: `sha256:${digest}`, total: LAYER_BYTES };
	return [
		{ status: 'pulling manifest' },
		layer,
		{ ...layer, completed: LAYER_BYTES / 2 },
		{ ...layer, completed: LAYER_BYTES },
		{ status: 'verifying sha256 digest' },
		{ status: 'writing manifest' },
		{ status: 'removing unused layers' },
	];
}

function identity(model: EmulatedModel): { name: string; model: string; size: number; digest: string } {
	const { name } = model;
	return { name, model: name, size: LAYER_BYTES, digest: digestOf(name) };
}

function details(model: EmulatedModel): object {
	return {
		parent_model: '',
		format: 'gguf',
		family: model.name.split(':')[0],
		families: null,
		parameter_size: '4B',
		quantization_level: 'Q4_K_M',
	};
}

function digestOf(name: string): string {
	return createHash('sha256').update(name).digest('hex');
}
