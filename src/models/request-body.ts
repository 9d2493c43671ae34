/** What is sent to a host for one request: no more than the model there can do. */

import type { ChatRequest as OllamaChatRequest } from 'ollama';
import type { BotError } from '../errors.ts';
import type { Abilities, Dispensable } from './abilities.ts';
import type { ChatRequest } from './model-pool.ts';
import type { ModelPoolSettings } from './settings.ts';
import { thinkValue } from './thinking.ts';
import { wireMessage, wireTool } from './wire.ts';

export type ChatBody = OllamaChatRequest & { stream: true };

export function chatBody(settings: ModelPoolSettings, abilities: Abilities, request: ChatRequest, maxOutputTokens: number): ChatBody {
	const { messages, tools = [], format, think = settings.think } = request;
	return {
		model: settings.model,
		messages: messages.map(wireMessage),
		...(tools.length > 0 && abilities.mayBeAsked('tools') ? { tools: tools.map(wireTool) } : {}),
		...(format === undefined ? {} : { format }),
		stream: true,
		think: thinkValue(think, settings.model, abilities),
		keep_alive: settings.keepAlive,
		options: { ...settings.options, num_predict: maxOutputTokens },
	};
}

/** What was sent and refused, and can be left out; null when it was something else. */
export function refusedAbility({ tools, think }: ChatBody, { reason }: BotError): Dispensable | null {
	if (reason === 'cannot-use-tools' && tools !== undefined) return 'tools';
	return reason === 'cannot-think' && think !== false ? 'thinking' : null;
}
