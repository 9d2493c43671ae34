/**
 * Brings a model to an Ollama host and loads it, then prints in one line on what it runs: `graphics <MB there> <MB>`, `processor <MB>`,
 * `short <MB needed> <MB here>`, `missing` or `silent`. That a graphics card is there proves nothing; that the model lies in its memory does.
 *
 * node load-model.mjs <address> <model> <context tokens>
 */

import { totalmem } from 'node:os';

const [addresses = '', model = '', contextTokens = '8192'] = process.argv.slice(2);
const host = (addresses.split(',')[0] ?? '').replace(/^(?!https?:)/, 'http://').replace(/\/+$/, '');
/** A model's memory beside its file: context and buffers, as the larger of our own hosts showed. */
const roomFactor = 1.2;
const bytesPerMb = 1_000_000;

console.log(await prepare().catch(() => 'silent'));

/** @returns {Promise<string>} */
async function prepare() {
	const stored = (await find('/api/tags')) ?? (await pull());
	if (stored === undefined) return 'missing';
	const needed = stored.size * roomFactor;
	// `ollama` is the service of the compose file.
	const isHere = /^https?:\/\/(127\.|localhost|\[::1\]|ollama:)/.test(host);
	if (isHere && needed > totalmem()) return `short ${inMb(needed)} ${inMb(totalmem())}`;
	// Without messages it loads, with the context that the bot asks for: another one would load it again.
	await ask('/api/chat', { model, messages: [], stream: false, options: { num_ctx: Number(contextTokens) } });
	const loaded = await find('/api/ps');
	if (loaded === undefined) return 'silent';
	return loaded.size_vram > 0 ? `graphics ${inMb(loaded.size_vram)} ${inMb(loaded.size)}` : `processor ${inMb(loaded.size)}`;
}

/**
 * @param {string} path
 * @returns {Promise<{ size: number, size_vram: number } | undefined>}
 */
async function find(path) {
	const { models } = /** @type {{ models: { name: string, size: number, size_vram: number }[] }} */ (await (await ask(path)).json());
	return models.find(({ name }) => name === model || name === `${model}:latest`);
}

/** Tells how far it is on standard error: it may take hours. */
async function pull() {
	const { body } = await ask('/api/pull', { model });
	let shown = '';
	for await (const line of linesOf(body)) {
		const { status = '', completed = 0, total = 0 } = JSON.parse(line);
		const progress = total > 0 ? `${status} ${Math.floor((completed / total) * 100)} %` : status;
		if (progress !== shown) process.stderr.write(`${progress}\n`);
		shown = progress;
	}
	return await find('/api/tags');
}

/** @param {ReadableStream<Uint8Array> | null} body */
async function* linesOf(body) {
	let rest = '';
	for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		yield* lines.filter((line) => line !== '');
	}
	if (rest !== '') yield rest;
}

/**
 * @param {string} path
 * @param {object} [body]
 */
function ask(path, body) {
	return fetch(`${host}${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
}

/** @param {number} bytes */
function inMb(bytes) {
	return Math.ceil(bytes / bytesPerMb);
}
