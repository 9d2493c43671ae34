/** What is sent to a host for one request: no more than the model there can do. */

import type { ChatRequest as OllamaChatRequest } from 'ollama';
import type { BotError } from '../errors.ts';
import type { Dispensable } from './abilities.ts';
import type { HostedModel } from './hosted-model.ts';
import type { ChatRequest, Sampling } from './model-pool.ts';
import type { ModelProfile } from './model-profile.ts';
import type { ModelPoolSettings } from './settings.ts';
import { thinkValue } from './thinking.ts';
import { wireMessage, wireTool } from './wire.ts';

export type ChatBody = OllamaChatRequest & { stream: true };

export function chatBody(
	settings: ModelPoolSettings,
	{ model, abilities }: Pick<HostedModel, 'model' | 'abilities'>,
	request: ChatRequest,
): ChatBody & { options: { num_predict: number } } {
	const { messages, tools = [], format, think = model.think, maxOutputTokens = model.maxOutputTokens, sampling = {} } = request;
	return {
		model: model.name,
		messages: messages.map(wireMessage),
		...(tools.length > 0 && abilities.mayBeAsked('tools') ? { tools: tools.map(wireTool) } : {}),
		...(format === undefined ? {} : { format }),
		stream: true,
		think: thinkValue(think, model.name, abilities),
		...keepAliveOf(settings, model),
		options: { ...model.wireOptions, ...wireSampling(sampling), num_predict: Math.min(maxOutputTokens, model.maxOutputTokens) },
	};
}

/** None of these makes Ollama load the model again. */
function wireSampling({ temperature, topP, seed, stop }: Sampling) {
	return {
		...(temperature === undefined ? {} : { temperature }),
		...(topP === undefined ? {} : { top_p: topP }),
		...(seed === undefined ? {} : { seed }),
		...(stop === undefined ? {} : { stop: [...stop] }),
	};
}

/** What only brings the model into memory. */
export function loadBody(settings: ModelPoolSettings, model: ModelProfile): OllamaChatRequest & { stream: false } {
	return { model: model.name, messages: [], options: model.wireOptions, ...keepAliveOf(settings, model), stream: false };
}

/** The default model stays in memory; of the others Ollama decides, by its own setting, as of whatever is asked now and then. */
function keepAliveOf({ keepAlive }: ModelPoolSettings, { isDefault }: ModelProfile): { keep_alive?: string | number } {
	return isDefault ? { keep_alive: keepAlive } : {};
}

/** What was sent and refused, and can be left out; null when it was something else. */
export function refusedAbility({ tools, think }: ChatBody, { reason }: BotError): Dispensable | null {
	if (reason === 'cannot-use-tools' && tools !== undefined) return 'tools';
	return reason === 'cannot-think' && think !== false ? 'thinking' : null;
}
