/** Objects instead of text, over HTTP: the schema is sent, the answer is read by it, and what does not fit gets one more try. */

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askForObject, type ObjectRequest } from '#src/models/object-answer.ts';
import type { OllamaEmulator } from '#test/emulators/ollama/index.ts';
import { bodiesOf, createPool, startOllama } from './pool-fixture.ts';

const schema = z.object({ title: z.string().min(1), days: z.coerce.number().int(), note: z.string().default('none') });
const request: ObjectRequest = {
	messages: [{ role: 'user', content: 'I shall be away from Monday to Friday.' }],
	userId: 'ana',
	conversationId: 'conversation-1',
	priority: 'interactive',
};
const never = new AbortController().signal;

/** The model says these, one after the other. */
function saysInTurn(ollama: OllamaEmulator, ...texts: string[]): void {
	ollama.answer(() => texts.shift() ?? '');
}

describe('an object', () => {
	it('is asked for by its schema and read by it', async () => {
		const ollama = await startOllama();
		saysInTurn(ollama, '{"title":"<think>Away</think>","days":"5"}');
		const { value, usage } = await askForObject(createPool([ollama]).pool, request, schema, never);
		expect(value).toEqual({ title: '<think>Away</think>', days: 5, note: 'none' });
		expect(usage).toHaveLength(1);
		expect(bodiesOf(ollama)[0]?.format).toMatchObject({ type: 'object', properties: { title: { type: 'string' } } });
	});

	it('that does not fit is asked for once more, with what was wrong', async () => {
		const ollama = await startOllama();
		saysInTurn(ollama, '{"title":"","days":5}', '{"title":"Away","days":5}');
		const { value, usage } = await askForObject(createPool([ollama]).pool, request, schema, never);
		expect(value.title).toBe('Away');
		expect(usage).toHaveLength(2);
		expect(bodiesOf(ollama)[1]?.messages?.slice(1)).toEqual([
			{ role: 'assistant', content: '{"title":"","days":5}' },
			{ role: 'user', content: expect.stringContaining('title') },
		]);
	});

	it.each(['no JSON', '[]', '{"days":5}'])('that is none the second time is an error: %s', async (text) => {
		const ollama = await startOllama();
		ollama.answer(text);
		await expect(askForObject(createPool([ollama]).pool, request, schema, never)).rejects.toMatchObject({
			code: 'MODEL_REJECTED',
			reason: 'unfit-object',
			retryable: false,
		});
		expect(bodiesOf(ollama)).toHaveLength(2);
	});

	it('that had no room is not asked for again', async () => {
		const ollama = await startOllama();
		ollama.answer(`{"title":"${'long '.repeat(50)}"`);
		const asked = askForObject(createPool([ollama]).pool, { ...request, maxOutputTokens: 10 }, schema, never);
		await expect(asked).rejects.toMatchObject({ code: 'MODEL_REJECTED', reason: 'cut-object' });
		expect(bodiesOf(ollama)).toHaveLength(1);
	});

	it('is given up with the signal', async () => {
		const ollama = await startOllama();
		await expect(askForObject(createPool([ollama]).pool, request, schema, AbortSignal.abort())).rejects.toMatchObject({
			code: 'CANCELLED',
		});
	});
});
