/** What a real Ollama answered (0.33, `recorded.json`), exchange by exchange: the emulator answers in the same form. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OllamaEmulator, startOllamaEmulator } from './index.ts';
import type { ChatBody } from './types.ts';

interface Recorded {
	name: string;
	/** Method and path. */
	request: string;
	/** JSON, or bytes that are none as a string. */
	body?: unknown;
	status: number;
	type: string;
	lines: number;
	first: unknown;
	last?: unknown;
}

const recorded = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8')) as Recorded[];
/** The recording has it in words. */
const longText = ['(“word ” 9,000 times)', 'word '.repeat(9_000)] as const;
/** Said by the model, or of it by whoever made it; times and ids. Of these only the type is compared. */
const free = new Set([
	...['content', 'modelfile', 'parameters', 'template', 'digest', 'created_at', 'modified_at', 'expires_at', 'version', 'parameter_size'],
	...[
		'quantization_level',
		'general.basename',
		'general.finetune',
		'general.license',
		'general.organization',
		'general.size_label',
		'shape',
	],
]);
const gemma = { contextLength: 32_768, embeddingLength: 640, capabilities: ['completion'], family: 'gemma3' };

let ollama: OllamaEmulator;
beforeAll(async () => {
	ollama = await startOllamaEmulator({
		models: [
			{
				name: 'all-minilm:latest',
				contextLength: 512,
				embeddingLength: 384,
				capabilities: ['embedding'],
				family: 'bert',
				isImported: true,
			},
			{ name: 'smollm2:135m', contextLength: 8_192, embeddingLength: 576, capabilities: ['completion'], family: 'llama' },
			{ name: 'gemma3-chat:latest', ...gemma },
			{ name: 'gemma3:270m', ...gemma },
		],
	});
	ollama.answer(wordsOf);
	for (const [path, model] of [
		['chat', 'smollm2:135m'],
		['embed', 'all-minilm'],
	]) {
		await fetch(`${ollama.url}/api/${path}`, { method: 'POST', body: JSON.stringify({ model, input: 'a' }) }).then((answer) =>
			answer.text(),
		);
	}
});
afterAll(() => ollama.close());

/** As long as the model's own answers were. */
function wordsOf({ messages = [] }: ChatBody): string {
	const last = messages.at(-1);
	if ((last?.content.length ?? 0) > 10_000) return '';
	return last?.role === 'assistant' ? 'Hi, welcome to the library.' : 'Hello there, what can I do for you today? '.repeat(4);
}

describe('the emulator answers as Ollama did', () => {
	it.each(recorded.map((exchange) => [exchange.name, exchange] as const))('%s', async (_, exchange) => {
		const [method = '', path = ''] = exchange.request.split(' ');
		const response = await fetch(ollama.url + path, { method, ...bodyOf(exchange) });
		expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({
			status: exchange.status,
			type: exchange.type,
		});
		const lines = (await response.text()).split('\n').filter((line) => line !== '');
		expect(lines).toHaveLength(exchange.lines);
		expect(formOf(read(lines[0]))).toEqual(formOf(exchange.first === '' ? undefined : exchange.first));
		if (exchange.last !== undefined) expect(formOf(read(lines.at(-1)))).toEqual(formOf(exchange.last));
	});
});

function bodyOf({ body }: Recorded): { body?: string } {
	if (body === undefined) return {};
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { body: text.replace(...longText) };
}

function read(line: string | undefined): unknown {
	if (line === undefined || !line.startsWith('{')) return line;
	return JSON.parse(line) as unknown;
}

/** Numbers and free words as their type, also in what an error says; long lists as their length and their first item. */
function formOf(value: unknown, key = ''): unknown {
	if (free.has(key)) return typeof value;
	if (typeof value === 'number') return 'number';
	if (typeof value === 'string') return key === 'error' ? value.replace(/\d{4,}/g, '#') : value;
	if (Array.isArray(value)) return isLong(value) ? ['many', formOf(value[0], key)] : value.map((item) => formOf(item, key));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, formOf(item, name)]));
}

/** The recording ends long lists with a remark. */
function isLong(list: readonly unknown[]): boolean {
	return list.length > 20 || String(list.at(-1)).startsWith('…');
}
