/** Messages and tools in Ollama's own form. */

import { Buffer } from 'node:buffer';
import type { Message, Tool } from 'ollama';
import type { ChatRequest, ModelMessage, ToolDefinition } from './model-pool.ts';

/** The library's type lacks the id that ties a result to its call. */
type WireMessage = Message & { tool_call_id?: string };

export function wireMessage(message: ModelMessage): WireMessage {
	const { role, content } = message;
	if (message.role === 'tool') return { role, content, tool_name: message.name, tool_call_id: message.callId };
	if (message.role === 'assistant') {
		const calls = message.toolCalls ?? [];
		if (calls.length === 0) return { role, content };
		return {
			role,
			content,
			tool_calls: calls.map((call) => ({ id: call.id, function: { name: call.name, arguments: { ...call.arguments } } })),
		};
	}
	if (message.images === undefined) return { role, content };
	// Bytes, never a string: the library takes a string that is the path of a file for that file.
	return { role, content, images: message.images.map((image) => Buffer.from(image)) };
}

export function wireTool({ name, description, parameters }: ToolDefinition): Tool {
	return {
		type: 'function',
		function: { name, description, parameters: { ...parameters } as NonNullable<Tool['function']['parameters']> },
	};
}

/** Everything that the model reads of a request, about as it reads it. */
export function promptTexts({ messages, tools = [] }: Pick<ChatRequest, 'messages' | 'tools'>): string[] {
	const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : []));
	return [
		...messages.map(({ content }) => content),
		...calls.map((call) => JSON.stringify({ name: call.name, arguments: call.arguments })),
		...tools.map((tool) => JSON.stringify(tool)),
	];
}
