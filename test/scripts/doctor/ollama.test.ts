import { expect, onTestFinished, test } from 'vitest';
import type { ModelFacts } from '#src/models/inspect.ts';
import { type OllamaEmulator, startOllamaEmulator } from '#test/emulators/ollama/index.ts';
import type { EmulatorOptions } from '#test/emulators/ollama/types.ts';
import { diagnoseOllama, judgeHost, type OllamaQuestion } from '../../../scripts/doctor/ollama.ts';
import { nowhere, patience, startStub } from './stub-server.ts';

async function startOllama(options: EmulatorOptions = {}): Promise<OllamaEmulator> {
	const ollama = await startOllamaEmulator(options);
	onTestFinished(() => ollama.close());
	return ollama;
}

interface Change extends Partial<Omit<OllamaQuestion, 'models'>> {
	model?: string;
	others?: OllamaQuestion['models'];
	contextTokens?: number;
	slots?: number | 'auto';
}

function question(host: string, change: Change = {}): OllamaQuestion {
	const { model: name = 'demo', others = [], contextTokens = 8_192, slots = 'auto', ...rest } = change;
	return { hosts: [host], models: [{ name, contextTokens, slots }, ...others], embeddingModel: null, ...rest };
}

test('a sound host tells its version and has both models', async () => {
	const { url: host } = await startOllama();
	expect(await diagnoseOllama(question(host, { embeddingModel: 'demo-embed' }), patience())).toEqual([
		{ level: 'good', code: 'ollama', host, version: '0.33.0' },
		{ level: 'good', code: 'model', host, model: 'demo' },
		{ level: 'good', code: 'model', host, model: 'demo-embed' },
	]);
});

test('a model is known by every name that Ollama takes for it', async () => {
	const { url: host } = await startOllama();
	await fetch(`${host}/api/chat`, { method: 'POST', body: JSON.stringify({ model: 'demo', options: { num_ctx: 2_048 } }) });
	for (const model of ['Demo', 'library/demo:latest', 'registry.ollama.ai/library/demo']) {
		expect(await diagnoseOllama(question(host, { model }), patience())).toContainEqual(
			expect.objectContaining({ code: 'model-context-differs', model, tokens: 2_048 }),
		);
	}
});

test('models that are missing are named, the one for vectors too', async () => {
	const { url: host } = await startOllama();
	const findings = await diagnoseOllama(question(host, { model: 'gemma4:e4b', embeddingModel: 'bge-m3' }), patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'model-missing', host, model: 'gemma4:e4b' });
	expect(findings).toContainEqual({ level: 'bad', code: 'model-missing', host, model: 'bge-m3' });
});

test('every host is looked at, and one that is away hides nothing of the others', async () => {
	const { url } = await startOllama();
	const away = await nowhere();
	const findings = await diagnoseOllama(question(url, { hosts: [away, url] }), patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'ollama-unreachable', host: away, reason: 'connection-failed' });
	expect(findings).toContainEqual({ level: 'good', code: 'model', host: url, model: 'demo' });
});

test('of the other models every one is looked at, and missing is what no host has', async () => {
	const { url } = await startOllama();
	const { url: second } = await startOllama({ models: [{ name: 'demo' }, { name: 'big', contextLength: 4_096 }] });
	const others = ['big', 'nowhere'].map((name) => ({ name, contextTokens: 16_384, slots: 'auto' as const }));
	const findings = await diagnoseOllama(question(url, { hosts: [url, second], others }), patience());
	expect(findings).toContainEqual(
		expect.objectContaining({ code: 'model-context-short', host: second, model: 'big', wantedTokens: 16_384 }),
	);
	const missing = findings.flatMap((finding) => (finding.code === 'model-missing' ? [`${finding.model} ${finding.host}`] : []));
	expect(missing.sort()).toEqual([`nowhere ${url}`, `nowhere ${second}`].sort());
});

test('models that cannot do what they are for are told', async () => {
	const { url: host } = await startOllama();
	const findings = await diagnoseOllama(question(host, { model: 'demo-embed', embeddingModel: 'demo' }), patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'model-cannot-chat', host, model: 'demo-embed' });
	expect(findings).toContainEqual({ level: 'bad', code: 'model-cannot-embed', host, model: 'demo' });
});

test('a model that was made for less context than is asked for deserves a look', async () => {
	const { url: host } = await startOllama({ models: [{ name: 'small', contextLength: 4_096 }] });
	const findings = await diagnoseOllama(question(host, { model: 'small' }), patience());
	expect(findings).toContainEqual({
		...{ level: 'warning', code: 'model-context-short', host, model: 'small' },
		...{ tokens: 4_096, wantedTokens: 8_192 },
	});
});

test('a model that another program runs with other options deserves a look', async () => {
	const { url: host } = await startOllama();
	const load = { model: 'demo', messages: [], options: { num_ctx: 2_048 } };
	await fetch(`${host}/api/chat`, { method: 'POST', body: JSON.stringify(load) }).then((answer) => answer.text());
	const findings = await diagnoseOllama(question(host), patience());
	const differs = { level: 'warning', code: 'model-context-differs', host, model: 'demo', tokens: 2_048, wantedTokens: 8_192 };
	expect(findings).toContainEqual(differs);
	expect(await diagnoseOllama(question(host, { contextTokens: 2_048 }), patience())).not.toContainEqual(
		expect.objectContaining({ level: 'warning' }),
	);
});

test('the credentials of a proxy are used and not shown', async () => {
	const { url } = await startOllama({ bearer: 'top-secret-word' });
	const withToken = url.replace('http://', 'http://:top-secret-word@');
	expect(await diagnoseOllama(question(withToken), patience())).toContainEqual({ level: 'good', code: 'model', host: url, model: 'demo' });
	expect(await diagnoseOllama(question(url), patience())).toEqual([{ level: 'bad', code: 'ollama-refuses-login', host: url }]);
});

test('a model of Ollama’s cloud is refused by its name', async () => {
	const { url } = await startOllama();
	const findings = await diagnoseOllama(question(url, { embeddingModel: 'big:cloud' }), patience());
	expect(findings).toContainEqual({ level: 'bad', code: 'model-cloud', model: 'big:cloud', variable: 'OLLAMA_EMBEDDING_MODEL' });
});

test('a proxy that hides the models leaves them unknown', async () => {
	const host = await startStub({ 'GET /api/version': { body: { version: '0.33.0' } } });
	expect(await diagnoseOllama(question(host), patience())).toEqual([
		{ level: 'good', code: 'ollama', host, version: '0.33.0' },
		{ level: 'warning', code: 'model-unknown', host, model: 'demo' },
	]);
});

test('a model that Ollama answers one at a time does not go with more slots', () => {
	const facts: ModelFacts = {
		state: 'installed',
		trainedContextTokens: null,
		runningContextTokens: null,
		architecture: 'qwen35',
		capabilities: [],
	};
	const judged = (slots: number | 'auto') =>
		judgeHost('host', question('host', { slots }), { version: null, models: new Map([['demo', facts]]) });
	const finding = { level: 'warning', code: 'model-one-at-a-time', host: 'host', model: 'demo', slots: 4 };
	expect(judged(4)).toContainEqual(finding);
	expect(judged('auto')).toEqual([{ level: 'good', code: 'model', host: 'host', model: 'demo' }]);
});
