/** What models for vectors want to read before a text, as their model cards say. Ollama adds nothing by itself, and a model without its words finds less. */

import { canonicalModelName } from './model-name.ts';

/** What a text is to the search: one of those that are found, or what is searched for. */
export type EmbeddingPurpose = 'passage' | 'query';

export interface EmbeddingFamily {
	/** Names the words. Vectors made with others are of another model: whoever changes the words changes this too. */
	version: string;
	/** Stands before every text of that purpose. */
	prefixes: Readonly<Record<EmbeddingPurpose, string>>;
}

interface FamilyEntry extends EmbeddingFamily {
	/** Of the model's name without registry, namespace and tag, in lower case. */
	pattern: RegExp;
}

const sentenceInstruction = 'Represent this sentence for searching relevant passages: ';
/** The one that both families were trained and measured with. */
const task = 'Given a web search query, retrieve relevant passages that answer the query';
const none: EmbeddingFamily = { version: 'none', prefixes: { passage: '', query: '' } };

/** The first that fits counts. Those that want nothing are left out: they are as good as unknown (bge-m3, granite-embedding, all-minilm, paraphrase-multilingual). */
const families: readonly FamilyEntry[] = [
	// nomic-embed-text, v1.5, v2-moe: nomic-ai/nomic-embed-text-v1.5, "Task instruction prefixes".
	{
		pattern: /^nomic-embed-text/,
		version: 'nomic-1',
		prefixes: { passage: 'search_document: ', query: 'search_query: ' },
	},
	// e5-mistral-7b-instruct, multilingual-e5-large-instruct: intfloat/multilingual-e5-large-instruct, "Usage".
	{
		pattern: /(?:^|-)e5-.*instruct/,
		version: 'e5-instruct-1',
		prefixes: { passage: '', query: `Instruct: ${task}\nQuery: ` },
	},
	// intfloat/multilingual-e5-small, "Usage": also for texts that are not English.
	{
		pattern: /(?:^|-)e5(?:-|$)/,
		version: 'e5-1',
		prefixes: { passage: 'passage: ', query: 'query: ' },
	},
	// Qwen/Qwen3-Embedding-0.6B, "Usage": the task in English for every language, and no blank after the colon.
	{
		pattern: /^qwen3-embedding/,
		version: 'qwen3-1',
		prefixes: { passage: '', query: `Instruct: ${task}\nQuery:` },
	},
	// google/embeddinggemma-300m, "Prompt Instructions".
	{
		pattern: /^embedding-?gemma/,
		version: 'gemma-1',
		prefixes: { passage: 'title: none | text: ', query: 'task: search result | query: ' },
	},
	// snowflake-arctic-embed2 as Ollama has it: Snowflake/snowflake-arctic-embed-l-v2.0, "Usage".
	{
		pattern: /arctic-embed(?:2|.*-v2)/,
		version: 'arctic-2',
		prefixes: { passage: '', query: 'query: ' },
	},
	// Snowflake/snowflake-arctic-embed-l and mixedbread-ai/mxbai-embed-large-v1, "Usage"; BAAI/bge-large-en-v1.5, "Model List".
	{
		pattern: /arctic-embed|^mxbai-embed-(?:large|2d-large)|^bge-(?:small|base|large)(?!-zh)/,
		version: 'sentence-1',
		prefixes: { passage: '', query: sentenceInstruction },
	},
];

/** By the model's name; nothing stands before the texts of an unknown one. */
export function embeddingFamilyOf(model: string): EmbeddingFamily {
	const [name = ''] = (canonicalModelName(model).split('/').at(-1) ?? '').split(':');
	return families.find(({ pattern }) => pattern.test(name)) ?? none;
}
