/** The settings of the models: where they run, which of them answer and how, and how long anybody waits for them. */

import { z } from 'zod';
import { isSameModel } from '../models/model-name.ts';
import type { ModelOptions } from '../models/settings.ts';
import { type ModelEntry, modelEntries } from './model-entries.ts';
import { integer } from './setting-types.ts';
import { defineSettings } from './slice.ts';

const hosts = z
	.string()
	.default('http://127.0.0.1:11434')
	.transform((value) =>
		value
			.split(',')
			.map((host) => host.trim())
			.filter((host) => host !== ''),
	)
	.transform((list) => list.map((host) => (host.includes('://') ? host : `http://${host}`).replace(/\/+$/, '')))
	.refine(
		(list) => list.length > 0 && list.every((host) => URL.canParse(host) && /^https?:/.test(host)),
		'must be one or several addresses like http://127.0.0.1:11434',
	);

/** What says which models answer, and with which options. */
const answering = {
	OLLAMA_MODEL: z.string().min(1).default('gemma4:e4b').describe('The model that answers; install it with `ollama pull`'),
	OLLAMA_MODELS: modelEntries.describe(
		'More models that people may choose, with options of their own: qwen3:8b, gemma4:26b context=32768 answer=8192 think=low',
	),
	OLLAMA_EMBEDDING_MODEL: z
		.string()
		.min(1)
		.optional()
		.describe('The model that makes vectors for document search, unless an administrator chose another one'),
	OLLAMA_SLOTS: z
		.union([z.literal('auto'), integer(1, 512, 4)])
		.default('auto')
		.describe('Answers that one Ollama host writes at once; auto learns it. If set, equal to its OLLAMA_NUM_PARALLEL'),
	OLLAMA_CONTEXT_TOKENS: integer(2_048, 1_048_576, 8_192).describe('Context length in tokens, the same for every call'),
	OLLAMA_ANSWER_TOKENS: integer(64, 131_072, 4_096).describe('Longest answer in tokens; at most half of the context goes to it'),
};

type Answering = z.output<z.ZodObject<typeof answering>>;

export const modelsSettings = defineSettings({
	variables: {
		OLLAMA_HOST: hosts.describe('Address of Ollama, or several separated by commas'),
		...answering,
		OLLAMA_PULL: z
			.enum(['on', 'off'])
			.default('on')
			.describe('Whether administrators may install models on the hosts from the chat: off where hosts are looked after by others'),
		OLLAMA_FIRST_TOKEN_SECONDS: integer(1, 3_600, 180).describe('How long to wait for the first token of an answer, once it is its turn'),
		OLLAMA_SILENCE_SECONDS: integer(1, 3_600, 60).describe('How long a model may pause within an answer'),
		OLLAMA_TOTAL_SECONDS: integer(1, 36_000, 900).describe('How long one answer may take in all'),
		OLLAMA_QUEUE_SECONDS: integer(1, 3_600, 600).describe('How long a question may wait for a free slot'),
	},
	secrets: ['OLLAMA_HOST'],
	group: (values) => ({
		hosts: values.OLLAMA_HOST,
		models: modelsIn(values),
		mayPull: values.OLLAMA_PULL === 'on',
		embeddingModel: values.OLLAMA_EMBEDDING_MODEL ?? null,
		deadlines: {
			queueMs: values.OLLAMA_QUEUE_SECONDS * 1_000,
			firstTokenMs: values.OLLAMA_FIRST_TOKEN_SECONDS * 1_000,
			silenceMs: values.OLLAMA_SILENCE_SECONDS * 1_000,
			totalMs: values.OLLAMA_TOTAL_SECONDS * 1_000,
		},
	}),
	contradictions(values) {
		const isWide = ({ contextTokens, maxOutputTokens }: ModelOptions) => maxOutputTokens > contextTokens / 2;
		return [
			...(values.OLLAMA_ANSWER_TOKENS > values.OLLAMA_CONTEXT_TOKENS / 2
				? ['OLLAMA_ANSWER_TOKENS must be at most half of OLLAMA_CONTEXT_TOKENS']
				: []),
			...(modelsIn(values).some(isWide) ? ['OLLAMA_MODELS gives a model an answer of more than half of its context'] : []),
		];
	},
});

/** Every model that answers, the default one first. Naming that one among the others too is how it gets options. */
function modelsIn(values: Answering): ModelOptions[] {
	const { OLLAMA_MODEL: standard, OLLAMA_MODELS: entries = [] } = values;
	const own = entries.find(({ name }) => isSameModel(name, standard));
	return [{ ...own, name: standard }, ...entries.filter((entry) => entry !== own)].map((entry) => optionsOf(entry, values));
}

function optionsOf(entry: ModelEntry, values: Answering): ModelOptions {
	const contextTokens = entry.context ?? values.OLLAMA_CONTEXT_TOKENS;
	return {
		name: entry.name,
		contextTokens,
		maxOutputTokens: entry.answer ?? Math.min(values.OLLAMA_ANSWER_TOKENS, Math.floor(contextTokens / 2)),
		think: entry.think ?? 'off',
		temperature: entry.temperature ?? null,
		slots: entry.slots ?? values.OLLAMA_SLOTS,
	};
}
