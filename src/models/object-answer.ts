/** Asks a model for data instead of text: one object that fits a schema. */

import { z } from 'zod';
import { BotError } from '../errors.ts';
import type { ChatRequest, LanguageModels, ModelMessage, ModelUsage } from './model-pool.ts';

export interface ObjectAnswer<T> {
	value: T;
	/** Of every request that was made, in order. */
	usage: readonly ModelUsage[];
}

export type ObjectRequest = Omit<ChatRequest, 'format' | 'tools'>;

/** Models that take the schema fail at values that it cannot say, and at the length of an answer; a third try rarely does better. */
const tries = 2;

/**
 * Sends the schema along, which holds the model to its form, and reads the answer by it. What does not fit is said to the model, which gets one more try.
 * @throws BotError `MODEL_REJECTED` with reason `unfit-object` when that does not fit either, `cut-object` when the answer had no room
 * (`maxOutputTokens`); or as `chat`.
 */
export async function askForObject<T>(
	models: Pick<LanguageModels, 'chat'>,
	request: ObjectRequest,
	schema: z.ZodType<T>,
	signal: AbortSignal,
): Promise<ObjectAnswer<T>> {
	const format = z.toJSONSchema(schema, { io: 'input' });
	const usage: ModelUsage[] = [];
	let messages = request.messages;
	for (let left = tries; ; left--) {
		const answer = await readWhole(models.chat({ ...request, messages, format }, signal));
		usage.push(answer.usage);
		const read = schema.safeParse(parsed(answer.text));
		if (read.success) return { value: read.data, usage };
		if (answer.isCut) throw new BotError('MODEL_REJECTED', 'the object was longer than the answer may be', { reason: 'cut-object' });
		if (left === 1) throw new BotError('MODEL_REJECTED', 'the model gave no object of the form asked for', { reason: 'unfit-object' });
		messages = [...messages, ...correction(answer.text, z.prettifyError(read.error))];
	}
}

async function readWhole(events: ReturnType<LanguageModels['chat']>): Promise<{ text: string; isCut: boolean; usage: ModelUsage }> {
	let text = '';
	for await (const event of events) {
		if (event.type === 'text-retracted') text = '';
		if (event.type === 'text-delta') text += event.text;
		if (event.type === 'end') return { text, isCut: event.reason === 'length', usage: event.usage };
	}
	throw new BotError('MODEL_UNAVAILABLE', 'an answer without an end', { retryable: true, reason: 'stream-cut' });
}

/** Undefined for what is no JSON, which fits no schema of an object. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function correction(text: string, problem: string): ModelMessage[] {
	return [
		{ role: 'assistant', content: text },
		{ role: 'user', content: `That does not fit the form asked for:\n${problem}\nAnswer again, with the corrected JSON alone.` },
	];
}
