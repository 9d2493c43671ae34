import type { Database } from '#src/database/database.ts';
import { createVectorStore } from '#src/knowledge/documents/vector-store.ts';
/** TEMPORARY: e5 through loopback */
export async function openVectors(database: Database, signal: AbortSignal) {
	const url = process.env['E5'];
	if (!url) return { name: 'by words alone', embed: async () => null, async [Symbol.asyncDispose]() {} };
	const call = async (texts: string[]) =>
		(
			(await (await fetch(`${url}/api/embed`, { method: 'POST', body: JSON.stringify({ model: 'x', input: texts }), signal })).json()) as {
				embeddings: number[][];
			}
		).embeddings;
	const store = createVectorStore(database);
	const model = await store.modelId({ model: 'e5', digest: 'x', prefixVersion: 'e5', dimensions: 384 });
	for (let after = 0; ; ) {
		const chunks = await store.unembedded(model, after, 32);
		const last = chunks.at(-1);
		if (last === undefined) break;
		const vectors = await call(chunks.map(({ text }) => `passage: ${text}`));
		await store.keep(
			model,
			chunks.map(({ chunkId }, i) => ({ chunkId, vector: vectors[i] ?? [] })),
		);
		after = last.chunkId;
	}
	return {
		name: 'e5',
		embed: async (texts: readonly string[]) => ({ model, vectors: await call(texts.map((t) => `query: ${t}`)), floor: 0.85 }),
		async [Symbol.asyncDispose]() {},
	};
}
