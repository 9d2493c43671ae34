/** The small rules of the pool, as tables: truncation, breaker, addresses, line framing, model names. */

import { describe, expect, it } from 'vitest';
import { createCircuitBreaker } from '#src/models/circuit-breaker.ts';
import { parseHostAddress } from '#src/models/host-address.ts';
import { createLineGuard } from '#src/models/line-guard.ts';
import { canonicalModelName, isSameModel, keepAliveValue, refuseCloudModel } from '#src/models/model-name.ts';
import { truncationSign } from '#src/models/truncation.ts';

describe('truncationSign', () => {
	it.each([
		['a prompt that fits', 2000, 2400, null],
		['a prompt counted a third lower than estimated', 4200, 6300, null],
		['half of the window and two', 4098, 9000, 'half-window'],
		['half of the window by chance, for a prompt of that size', 4098, 4400, null],
		['far fewer tokens than estimated', 1500, 7000, 'below-estimate'],
		['a short prompt that was estimated badly', 100, 900, null],
	])('for %s', (_, promptTokens, estimatedTokens, sign) => {
		expect(truncationSign(promptTokens, estimatedTokens, 8192)).toBe(sign);
	});
});

describe('the circuit breaker', () => {
	it('opens after three failures in a row and longer after each further one', () => {
		const breaker = createCircuitBreaker();
		breaker.failed(0);
		breaker.failed(0);
		expect(breaker.isOpen(0)).toBe(false);
		breaker.failed(0);
		expect([breaker.isOpen(9_999), breaker.isOpen(10_000)]).toEqual([true, false]);
		breaker.failed(10_000);
		expect([breaker.isOpen(29_999), breaker.isOpen(30_000)]).toEqual([true, false]);
	});

	it('closes with the first success and counts from the start again', () => {
		const breaker = createCircuitBreaker();
		for (let count = 0; count < 3; count++) breaker.failed(0);
		breaker.succeeded();
		breaker.failed(0);
		expect(breaker.isOpen(1)).toBe(false);
	});
});

describe('parseHostAddress', () => {
	it.each([
		['http://gpu-1:11434', 'http://gpu-1:11434', null],
		['http://gpu-1:11434/', 'http://gpu-1:11434', null],
		['https://proxy.example/ollama/', 'https://proxy.example/ollama', null],
		['http://ana:s%40crets@gpu-1:11434', 'http://gpu-1:11434', `Basic ${Buffer.from('ana:s@crets').toString('base64')}`],
		['http://:t0ken@gpu-1:11434', 'http://gpu-1:11434', 'Bearer t0ken'],
	])('reads %s', (text, url, authorization) => {
		expect(parseHostAddress(text)).toEqual({ label: url, url, authorization });
	});

	it.each(['gpu-1:11434', 'ftp://gpu-1', '', 'http://'])('refuses %s', (text) => {
		expect(() => parseHostAddress(text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
	});
});

describe('the line guard', () => {
	const accepts = (pieces: string[]): boolean => {
		const guard = createLineGuard();
		return pieces.every((piece) => guard.linesIn(Buffer.from(piece)) !== null) && guard.acceptsEnd();
	};

	it.each([
		['whole lines', ['{"a":1}\n{"b":2}\n']],
		['a line cut anywhere', ['{"a', '":1}', '\n', '{"b":2}\n']],
		['a last line without a line feed', ['{"a":1}']],
	])('accepts %s', (_, pieces) => {
		expect(accepts(pieces)).toBe(true);
	});

	it('counts the lines that end in each piece', () => {
		const guard = createLineGuard();
		expect(['{"a"', ':1}\n{"b":2}\n{"c', '":3}', '\n'].map((piece) => guard.linesIn(Buffer.from(piece)))).toEqual([0, 2, 0, 1]);
	});

	it.each([
		['a page of a proxy', ['<html>\n</html>']],
		['a line that ends too early', ['{"a":"text\n{"b":2}\n']],
		['a line that ends too early at a cut', ['{"a":"text', '\n{"b":2}\n']],
		['a line that begins in the middle', ['{"a":1}\ntext"}\n']],
		['a line that begins in the middle after a cut', ['{"a":1}\n', 'text"}\n']],
		['a stream that ends inside a line', ['{"a":"te']],
	])('refuses %s', (_, pieces) => {
		expect(accepts(pieces)).toBe(false);
	});
});

describe('model names', () => {
	it.each([
		['smollm2:135m', 'smollm2:135m'],
		['SmolLM2:135M', 'smollm2:135m'],
		['library/smollm2:135m', 'smollm2:135m'],
		['registry.ollama.ai/library/smollm2:135m', 'smollm2:135m'],
		['https://registry.ollama.ai/Library/SmolLM2:135M', 'smollm2:135m'],
		['smollm2', 'smollm2:latest'],
		['registry.ollama.ai/library/smollm2', 'smollm2:latest'],
		['ana/smollm2', 'ana/smollm2:latest'],
		['registry.ollama.ai/ana/smollm2:135m', 'ana/smollm2:135m'],
		['hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M', 'hf.co/bartowski/llama-3.2-3b-instruct-gguf:q4_k_m'],
		['models.example:5000/library/smollm2', 'models.example:5000/library/smollm2:latest'],
		[' gemma4:e4b ', 'gemma4:e4b'],
	])('%s means %s', (name, canonical) => {
		expect(canonicalModelName(name)).toBe(canonical);
		expect(isSameModel(name, canonical)).toBe(true);
	});

	it.each([
		['smollm2:135m', 'smollm2'],
		['ana/smollm2', 'smollm2'],
		['hf.co/library/smollm2', 'smollm2'],
	])('%s is not %s', (one, other) => {
		expect(isSameModel(one, other)).toBe(false);
	});

	it.each(['qwen3-coder:480b-cloud', 'gpt-oss:cloud', 'minimax-CLOUD', ' registry.ollama.ai/library/gpt-oss:120b-cloud '])(
		'refuses %s, which leaves the premises',
		(name) => {
			expect(() => refuseCloudModel(name)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', reason: 'cloud-model' }));
		},
	);

	it.each(['gemma4:26b', 'cloudy:7b', 'cloud'])('accepts %s', (name) => {
		expect(() => refuseCloudModel(name)).not.toThrow();
	});

	it.each([
		['-1', -1],
		['300', 300],
		['24h', '24h'],
		[0, 0],
	])('sends keep-alive %s as Ollama understands it', (given, sent) => {
		expect(keepAliveValue(given)).toBe(sent);
	});
});
