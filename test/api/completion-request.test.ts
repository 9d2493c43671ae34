/** What is read of an OpenAI client's request: what is refused by name, and what is passed over. */

import { expect, it } from 'vitest';
import { readCompletionRequest } from '#src/api/compatible/completion-request.ts';
import { CompatibleRefusal } from '#src/api/compatible/refusal.ts';
import { english } from '#src/locales/english.ts';

const asked = (more: object = {}) => ({ model: 'openccb', messages: [{ role: 'user', content: 'Hello?' }], ...more });
const read = (sent: unknown) => readCompletionRequest(sent, english);
const refused = (sent: unknown) => {
	try {
		read(sent);
	} catch (thrown) {
		if (thrown instanceof CompatibleRefusal) return thrown.error;
	}
	return null;
};

it.each([
	['tools', { tools: [{ type: 'function' }] }],
	['functions', { functions: [{}] }],
	['n', { n: 2 }],
	['logprobs', { logprobs: true }],
	['top_logprobs', { top_logprobs: 3 }],
	['logit_bias', { logit_bias: { 50: 1 } }],
	['audio', { audio: { voice: 'x' } }],
	['modalities', { modalities: ['text', 'audio'] }],
	['response_format', { response_format: { type: 'json_schema' } }],
	[
		'messages[1].role',
		{
			messages: [
				{ role: 'user', content: 'a' },
				{ role: 'tool', content: 'b' },
			],
		},
	],
	['messages[0].tool_calls', { messages: [{ role: 'assistant', tool_calls: [{}] }] }],
	['messages[0].content[1]', { messages: [{ role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'image_url' }] }] }],
])('refuses %s by its name, since it changes what is asked', (param, more) => {
	expect(refused(asked(more))).toMatchObject({
		status: 400,
		code: 'unsupported_parameter',
		param,
		message: expect.stringContaining(param),
	});
});

it.each([
	['temperature', { temperature: 'hot' }],
	['max_tokens', { max_tokens: 0 }],
	['messages[0].role', { messages: [{ role: 'king', content: 'a' }] }],
	['messages', { messages: [] }],
	[
		'messages',
		{
			messages: [
				{ role: 'user', content: 'a' },
				{ role: 'assistant', content: 'b' },
			],
		},
	],
	['messages', { messages: [{ role: 'user', content: ' ' }] }],
	['model', { model: undefined }],
])('says that %s cannot be read', (param, more) => {
	expect(refused(asked(more))).toMatchObject({ status: 400, code: 'invalid_value', param });
});

it.each([null, 7, 'text', []])('refuses %j, which is no request', (sent) => {
	expect(refused(sent)).toMatchObject({ status: 400, code: 'invalid_value' });
});

it('passes over what it does not know, and what asks for nothing', () => {
	const harmless = { tools: [], functions: null, n: 1, logprobs: false, response_format: { type: 'text' }, modalities: ['text'] };
	const read_ = read(asked({ ...harmless, store: true, user: 'me', reasoning_effort: 'low', temperature: null, stream: null }));
	expect(read_).toMatchObject({ isStream: false, includesUsage: false, sampling: {}, maxOutputTokens: null, isChore: false });
});

it('reads roles and parts of text', () => {
	const messages = [
		{ role: 'system', content: 'One.' },
		{ role: 'developer', content: [{ type: 'text', text: 'Two.' }] },
		{ role: 'assistant', content: null },
		{
			role: 'user',
			content: [
				{ type: 'text', text: 'Hel' },
				{ type: 'text', text: 'lo?' },
			],
		},
	];
	const { instructions, said, sampling, maxOutputTokens } = read(
		asked({ messages, stop: ['a', 'b'], top_p: 0.5, max_completion_tokens: 9 }),
	);
	expect(instructions).toBe('One.\n\nTwo.');
	expect(said).toEqual([
		{ role: 'assistant', content: '' },
		{ role: 'user', content: 'Hello?' },
	]);
	expect({ sampling, maxOutputTokens }).toEqual({ sampling: { stop: ['a', 'b'], topP: 0.5 }, maxOutputTokens: 9 });
});
