/** What Ollama does with a prompt that is longer than the context: drops the oldest messages, then cuts or refuses. Never says so. */

import { HttpRefusal } from './exchange.ts';
import { countMessageTokens } from './tokens.ts';
import type { ChatBody, ChatMessage, EmulatedModel } from './types.ts';

const TOO_LONG =
	'the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context length';

/**
 * The prompt's length in tokens after truncation.
 * @throws HttpRefusal 400 where the model's template refuses instead of cutting.
 */
export function promptTokens(body: ChatBody, model: EmulatedModel, contextTokens: number): number {
	const messages = body.messages ?? [];
	const kept = body.truncate === false ? messages : dropOldest(messages, contextTokens);
	const count = total(kept);
	if (count <= contextTokens) return count;
	if (model.template === 'jinja' || body.truncate === false) throw new HttpRefusal(400, exceeded(count, contextTokens));
	if (body.shift === false) throw new HttpRefusal(400, TOO_LONG);
	// The first 4 tokens and the tail are kept: about half of the context.
	return Math.floor(contextTokens / 2) + 2;
}

/** System messages and the last message always stay. */
function dropOldest(messages: ChatMessage[], contextTokens: number): ChatMessage[] {
	const kept = [...messages];
	while (total(kept) > contextTokens) {
		const oldest = kept.findIndex((message, index) => message.role !== 'system' && index < kept.length - 1);
		if (oldest < 0) break;
		kept.splice(oldest, 1);
	}
	return kept;
}

function total(messages: ChatMessage[]): number {
	return messages.reduce((sum, message) => sum + countMessageTokens(message), 0);
}

/** The JSON of llama-server, passed on as text. */
function exceeded(count: number, contextTokens: number): string {
	const message = `request (${count} tokens) exceeds the available context size (${contextTokens} tokens), try increasing it`;
	return JSON.stringify({
		error: { code: 400, message, type: 'exceed_context_size_error', n_prompt_tokens: count, n_ctx: contextTokens },
	});
}
