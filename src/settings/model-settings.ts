/** The models that answer, as text and as values: the default one, and others with options of their own. */

import { z } from 'zod';
import { canonicalModelName, isSameModel } from '../models/model-name.ts';
import type { ModelOptions } from '../models/settings.ts';
import { thinkingLevels } from '../models/thinking.ts';
import type { Settings } from './settings.ts';

const wholeNumber = (least: number, most: number) => z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));

/** Within one model, `name=value`; what is left out is as for the default model. */
const options = z.strictObject({
	context: wholeNumber(2_048, 1_048_576).optional(),
	answer: wholeNumber(64, 131_072).optional(),
	think: z.enum(thinkingLevels).optional(),
	temperature: z
		.string()
		.regex(/^\d+(?:\.\d+)?$/)
		.transform(Number)
		.pipe(z.number().max(2))
		.optional(),
	slots: z.union([z.literal('auto'), wholeNumber(1, 512)]).optional(),
});

export type ModelEntry = { name: string } & z.infer<typeof options>;

const example = 'qwen3:8b, gemma4:26b context=32768 think=low';

/** `name` or `name option=value …`, separated by commas. */
export const modelEntries = z
	.string()
	.transform((text, context): ModelEntry[] => {
		const entries = text
			.split(',')
			.map((part) => part.trim().split(/\s+/))
			.map(readEntry);
		const known = entries.filter((entry) => entry !== null);
		const isDouble = new Set(known.map(({ name }) => canonicalModelName(name))).size < known.length;
		if (known.length < entries.length) context.addIssue(`must be models such as ${example}`);
		else if (isDouble) context.addIssue('names a model twice');
		return known;
	})
	.optional();

function readEntry([name = '', ...given]: readonly string[]): ModelEntry | null {
	const pairs = given.map((pair) => /^([a-z]+)=(\S+)$/.exec(pair)?.slice(1) ?? ['', pair]);
	const names = pairs.map(([option]) => option);
	const read = options.safeParse(Object.fromEntries(pairs));
	return name === '' || name.includes('=') || new Set(names).size < names.length || !read.success ? null : { name, ...read.data };
}

type ModelSettings = Pick<Settings, 'OLLAMA_MODEL' | 'OLLAMA_MODELS' | 'OLLAMA_CONTEXT_TOKENS' | 'OLLAMA_ANSWER_TOKENS' | 'OLLAMA_SLOTS'>;

/** Every model that answers, the default one first. Naming that one among the others too is how it gets options. */
export function modelsIn(settings: ModelSettings): ModelOptions[] {
	const { OLLAMA_MODEL: standard, OLLAMA_MODELS: entries = [] } = settings;
	const own = entries.find(({ name }) => isSameModel(name, standard));
	return [{ ...own, name: standard }, ...entries.filter((entry) => entry !== own)].map((entry) => optionsOf(entry, settings));
}

function optionsOf(entry: ModelEntry, settings: ModelSettings): ModelOptions {
	const contextTokens = entry.context ?? settings.OLLAMA_CONTEXT_TOKENS;
	return {
		name: entry.name,
		contextTokens,
		maxOutputTokens: entry.answer ?? Math.min(settings.OLLAMA_ANSWER_TOKENS, Math.floor(contextTokens / 2)),
		think: entry.think ?? 'off',
		temperature: entry.temperature ?? null,
		slots: entry.slots ?? settings.OLLAMA_SLOTS,
	};
}

export function modelContradictions(settings: ModelSettings): string[] {
	const isWide = ({ contextTokens, maxOutputTokens }: ModelOptions) => maxOutputTokens > contextTokens / 2;
	return [
		...(settings.OLLAMA_ANSWER_TOKENS > settings.OLLAMA_CONTEXT_TOKENS / 2
			? ['OLLAMA_ANSWER_TOKENS must be at most half of OLLAMA_CONTEXT_TOKENS']
			: []),
		...(modelsIn(settings).some(isWide) ? ['OLLAMA_MODELS gives a model an answer of more than half of its context'] : []),
	];
}
