/** POST /api/pull: installs a model, with lines of progress, unless the client hangs up before. */

import { digestOf, LAYER_BYTES } from './catalog-routes.ts';
import { type Exchange, HttpRefusal, pause, sendJson } from './exchange.ts';
import type { ModelStore } from './model-store.ts';
import type { EmulatedModel, Failure } from './types.ts';

/** Progress of one layer comes every 60 ms from the real server; the emulator need not be slow. */
const PULL_STEP_MS = 5;
/** In the words of the registry. */
const NO_SUCH_MODEL = 'pull model manifest: file does not exist';

export interface PullRouteParts {
	store: ModelStore;
	/** What can be had; everything when undefined. */
	registry: readonly EmulatedModel[] | undefined;
}

/** What goes wrong is said in a line of its own, with status 200: by then the answer has begun. */
export async function handlePull({ store, registry }: PullRouteParts, exchange: Exchange, failure: Failure | undefined): Promise<void> {
	const { response, hungUp } = exchange;
	const body = exchange.record.body as { model?: string; name?: string; stream?: boolean } | null;
	const name = body?.model ?? body?.name;
	if (!name) throw new HttpRefusal(400, 'model is required');
	const model = registry === undefined ? { name } : registry.find((candidate) => candidate.name === name);
	if (body?.stream === false) {
		if (model === undefined) throw new HttpRefusal(500, NO_SUCH_MODEL);
		store.add(model);
		sendJson(response, 200, { status: 'success' });
		return;
	}
	const { lines, last } = scriptOf(name, model, failure);
	response.writeHead(200, { 'content-type': 'application/x-ndjson' });
	for (const line of lines) {
		response.write(`${JSON.stringify(line)}\n`);
		await pause(PULL_STEP_MS, hungUp);
		if (hungUp.aborted) return;
	}
	if (last === null) return;
	if (model !== undefined && failure === undefined) store.add(model);
	response.end(`${JSON.stringify(last)}\n`);
}

/** `last` ends it; null where it never ends. */
function scriptOf(name: string, model: EmulatedModel | undefined, failure: Failure | undefined): { lines: object[]; last: object | null } {
	const all = pullLines(name);
	if (model === undefined) return { lines: all.slice(0, 1), last: { error: NO_SUCH_MODEL } };
	if (failure === undefined) return { lines: all, last: { status: 'success' } };
	const lines = all.slice(0, failure.afterTokens ?? 3);
	return { lines, last: failure.kind === 'stall-between-tokens' ? null : { error: failure.message ?? 'unexpected EOF' } };
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
