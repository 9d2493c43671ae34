/** What an OpenAI client asks, read: what changes the meaning and cannot be done is refused by name, what is unknown is passed over. Pure. */

import { z } from 'zod';
import type { ProgramMessage } from '../../conversation/program-turn.ts';
import type { Words } from '../../locales/locales.ts';
import type { Sampling } from '../../models/model-pool.ts';
import { type CompatibleRefusal, invalidRequest } from './refusal.ts';

export interface CompletionRequest {
	/** As the client named it. */
	model: string;
	/** What its `system` and `developer` messages say. */
	instructions: string;
	/** The question last. */
	said: readonly ProgramMessage[];
	isStream: boolean;
	includesUsage: boolean;
	maxOutputTokens: number | null;
	sampling: Sampling;
	/** Nobody waits for it: a chat client makes titles and tags of a talk by itself. */
	isChore: boolean;
}

/** Null is as good as left out. */
const optional = <Value>(schema: z.ZodType<Value>) => schema.nullish().transform((value): Value | undefined => value ?? undefined);

const message = z.looseObject({
	role: z.enum(['system', 'developer', 'user', 'assistant']),
	content: z.union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() })), z.null()]).optional(),
});

const request = z.looseObject({
	model: z.string().min(1).max(200),
	messages: z.array(message).min(1),
	stream: optional(z.boolean()),
	stream_options: optional(z.looseObject({ include_usage: optional(z.boolean()) })),
	max_tokens: optional(z.int().min(1)),
	max_completion_tokens: optional(z.int().min(1)),
	temperature: optional(z.number().min(0).max(2)),
	top_p: optional(z.number().min(0).max(1)),
	seed: optional(z.int()),
	stop: optional(z.union([z.string().min(1), z.array(z.string().min(1)).max(4)])),
});

/** How Open WebUI begins what it asks for its own sake. */
const chore = /^### Task:/;

/** @throws CompatibleRefusal */
export function readCompletionRequest(sent: unknown, words: Words): CompletionRequest {
	const unsupported = findUnsupported(sent);
	if (unsupported !== null) throw notSupported(unsupported, words);
	const read = request.safeParse(sent);
	if (!read.success) {
		const param = pathOf(read.error.issues[0]?.path ?? []);
		throw invalidRequest('invalid_value', param, words.web.compatible.unreadable(param));
	}
	const { model, messages, stream = false, stream_options: streaming, max_tokens: most, ...more } = read.data;
	const texts = messages.map(({ role, content }) => ({ role, content: textOf(content) }));
	const said = texts.flatMap(({ role, content }): ProgramMessage[] => (role === 'user' || role === 'assistant' ? [{ role, content }] : []));
	const question = said.at(-1);
	if (question?.role !== 'user' || question.content.trim() === '') {
		throw invalidRequest('invalid_value', 'messages', words.web.compatible.noQuestion);
	}
	const added = texts.filter(({ role, content }) => (role === 'system' || role === 'developer') && content !== '');
	return {
		...{ model, said, isStream: stream, includesUsage: streaming?.include_usage === true },
		instructions: added.map(({ content }) => content).join('\n\n'),
		maxOutputTokens: more.max_completion_tokens ?? most ?? null,
		sampling: samplingOf(more),
		isChore: chore.test(question.content),
	};
}

function samplingOf({
	temperature,
	top_p: topP,
	seed,
	stop,
}: Pick<z.output<typeof request>, 'temperature' | 'top_p' | 'seed' | 'stop'>): Sampling {
	return {
		...(temperature === undefined ? {} : { temperature }),
		...(topP === undefined ? {} : { topP }),
		...(seed === undefined ? {} : { seed }),
		...(stop === undefined ? {} : { stop: typeof stop === 'string' ? [stop] : stop }),
	};
}

function textOf(content: z.output<typeof message>['content']): string {
	if (content === null || content === undefined) return '';
	return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

function notSupported(param: string, words: Words): CompatibleRefusal {
	return invalidRequest('unsupported_parameter', param, words.web.compatible.unsupported(param));
}

type Sent = Readonly<Record<string, unknown>>;

/** Whether a value asks for what the name stands for. */
const asks: Readonly<Record<string, (value: unknown) => boolean>> = {
	tools: isFilled,
	functions: isFilled,
	audio: isGiven,
	logprobs: (value) => value !== false && isGiven(value),
	top_logprobs: (value) => value !== 0 && isGiven(value),
	n: (value) => value !== 1 && isGiven(value),
	logit_bias: (value) => isGiven(value) && Object.keys(value as object).length > 0,
	modalities: (value) => Array.isArray(value) && value.some((one) => one !== 'text'),
	response_format: (value) => isGiven(value) && (value as Sent)['type'] !== 'text',
};

/** What changes the meaning and is not done; null for nothing. */
function findUnsupported(sent: unknown): string | null {
	if (typeof sent !== 'object' || sent === null) return null;
	const named = Object.entries(asks).find(([name, isAsked]) => isAsked((sent as Sent)[name]));
	if (named !== undefined) return named[0];
	const { messages } = sent as Sent;
	return Array.isArray(messages) ? findUnsupportedMessage(messages) : null;
}

function findUnsupportedMessage(messages: readonly unknown[]): string | null {
	for (const [index, one] of messages.entries()) {
		if (typeof one !== 'object' || one === null) continue;
		const { role, content, tool_calls: calls } = one as Sent;
		if (role === 'tool' || role === 'function') return `messages[${index}].role`;
		if (isFilled(calls)) return `messages[${index}].tool_calls`;
		const part = Array.isArray(content) ? content.findIndex((each) => isOtherPart(each)) : -1;
		if (part >= 0) return `messages[${index}].content[${part}]`;
	}
	return null;
}

/** Pictures, sounds and files. */
function isOtherPart(part: unknown): boolean {
	const { type } = (part ?? {}) as Sent;
	return typeof type === 'string' && type !== 'text';
}

function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null;
}

function isFilled(value: unknown): boolean {
	return isGiven(value) && !(Array.isArray(value) && value.length === 0);
}

/** As such clients write it: `messages[0].content`. */
function pathOf(path: readonly PropertyKey[]): string {
	return path.reduce<string>((written, step) => {
		if (typeof step === 'number') return `${written}[${step}]`;
		return written === '' ? String(step) : `${written}.${String(step)}`;
	}, '');
}
