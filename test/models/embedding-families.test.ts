/** What stands before a text for each family of models. Whoever changes words here changes the version too: vectors of both are never compared. */

import { expect, it } from 'vitest';
import { embeddingFamilyOf } from '#src/models/embedding-families.ts';

const sentence = 'Represent this sentence for searching relevant passages: ';
const task = 'Given a web search query, retrieve relevant passages that answer the query';

it.each([
	['nomic-embed-text', 'nomic-1', 'search_document: ', 'search_query: '],
	['nomic-embed-text:v1.5', 'nomic-1', 'search_document: ', 'search_query: '],
	['nomic-embed-text-v2-moe', 'nomic-1', 'search_document: ', 'search_query: '],
	['hf.co/nomic-ai/Nomic-Embed-Text-v1.5-GGUF:Q8_0', 'nomic-1', 'search_document: ', 'search_query: '],
	['multilingual-e5-small', 'e5-1', 'passage: ', 'query: '],
	['jeffh/intfloat-multilingual-e5-large:f16', 'e5-1', 'passage: ', 'query: '],
	['e5-base-v2', 'e5-1', 'passage: ', 'query: '],
	['multilingual-e5-large-instruct', 'e5-instruct-1', '', `Instruct: ${task}\nQuery: `],
	['qwen3-embedding:0.6b', 'qwen3-1', '', `Instruct: ${task}\nQuery:`],
	['embeddinggemma:300m', 'gemma-1', 'title: none | text: ', 'task: search result | query: '],
	['snowflake-arctic-embed:33m', 'sentence-1', '', sentence],
	['snowflake-arctic-embed2', 'arctic-2', '', 'query: '],
	['hf.co/Casual-Autopsy/snowflake-arctic-embed-l-v2.0-gguf', 'arctic-2', '', 'query: '],
	['registry.ollama.ai/library/mxbai-embed-large:latest', 'sentence-1', '', sentence],
	['bge-large', 'sentence-1', '', sentence],
	['bge-m3', 'none', '', ''],
	['granite-embedding:278m', 'none', '', ''],
	['all-minilm', 'none', '', ''],
	['paraphrase-multilingual', 'none', '', ''],
	['our-own', 'none', '', ''],
	// A tag or a namespace is no name.
	['e5/our-own:nomic-embed-text', 'none', '', ''],
])('%s', (model, version, passage, query) => {
	expect(embeddingFamilyOf(model)).toMatchObject({ version, prefixes: { passage, query } });
});
