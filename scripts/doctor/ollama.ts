/** What the facts about the Ollama hosts and their models mean. */

import { toBotError } from '#src/errors.ts';
import { type HostFacts, hostLabel, inspectHost, type ModelFacts } from '#src/models/inspect.ts';
import { isCloudModel } from '#src/models/model-name.ts';
import type { OllamaFinding } from './finding.ts';

export interface OllamaQuestion {
	hosts: readonly string[];
	model: string;
	embeddingModel: string | null;
	contextTokens: number;
	slots: number | 'auto';
}

/** Architectures with which Ollama answers one question at a time, whatever OLLAMA_NUM_PARALLEL says (its server/sched.go, version 0.33). */
const oneAtATime = /^(?:mllama|qwen3vl|qwen3vlmoe|qwen35|qwen35moe|qwen3next|lfm2|lfm2moe|nemotron_h|nemotron_h_moe)$/;
/** How a proxy in front of a host asks for a login. */
const loginRefusals = new Set(['http-401', 'http-407']);

/** @throws BotError `CONFIG_INVALID` for an address that is none, `CANCELLED`. */
export async function diagnoseOllama(question: OllamaQuestion, signal: AbortSignal): Promise<OllamaFinding[]> {
	const cloud = cloudModels(question);
	const perHost = await Promise.all(question.hosts.map((host) => diagnoseHost(host, question, signal)));
	return [...cloud, ...perHost.flat()];
}

function cloudModels({ model, embeddingModel }: OllamaQuestion): OllamaFinding[] {
	const named: [string, string | null][] = [
		['OLLAMA_MODEL', model],
		['OLLAMA_EMBEDDING_MODEL', embeddingModel],
	];
	return named.flatMap(([variable, name]) =>
		name !== null && isCloudModel(name) ? [{ level: 'bad', code: 'model-cloud', model: name, variable } as const] : [],
	);
}

async function diagnoseHost(address: string, question: OllamaQuestion, signal: AbortSignal): Promise<OllamaFinding[]> {
	const host = hostLabel(address);
	const { model, embeddingModel } = question;
	try {
		const facts = await inspectHost(address, embeddingModel === null ? [model] : [model, embeddingModel], signal);
		return judgeHost(host, question, facts);
	} catch (thrown) {
		const { code, reason = '' } = toBotError(thrown);
		if (code !== 'MODEL_UNAVAILABLE' && code !== 'MODEL_REJECTED') throw thrown;
		if (loginRefusals.has(reason)) return [{ level: 'bad', code: 'ollama-refuses-login', host }];
		return [{ level: 'bad', code: 'ollama-unreachable', host, reason }];
	}
}

/** Pure. */
export function judgeHost(host: string, question: OllamaQuestion, { version, models }: HostFacts): OllamaFinding[] {
	const { model, embeddingModel } = question;
	const chat = models.get(model);
	const embedding = embeddingModel === null ? undefined : models.get(embeddingModel);
	return [
		...(version === null ? [] : [{ level: 'good', code: 'ollama', host, version } as const]),
		...(chat === undefined ? [] : judgeChatModel(host, question, chat)),
		...(embedding === undefined || embeddingModel === null ? [] : judgeModel(host, embeddingModel, embedding, 'embedding')),
	];
}

function judgeChatModel(host: string, question: OllamaQuestion, facts: ModelFacts): OllamaFinding[] {
	const { model, contextTokens: wantedTokens, slots } = question;
	const { trainedContextTokens: trained, runningContextTokens: running, architecture } = facts;
	const place = { host, model };
	return [
		...judgeModel(host, model, facts, 'completion'),
		...(trained !== null && trained < wantedTokens
			? [{ level: 'warning', code: 'model-context-short', ...place, tokens: trained, wantedTokens } as const]
			: []),
		// What the model cannot hold, it does not run with: that was said above.
		...(running !== null && running !== Math.min(wantedTokens, trained ?? wantedTokens)
			? [{ level: 'warning', code: 'model-context-differs', ...place, tokens: running, wantedTokens } as const]
			: []),
		...(slots !== 'auto' && slots > 1 && oneAtATime.test(architecture ?? '')
			? [{ level: 'warning', code: 'model-one-at-a-time', ...place, slots } as const]
			: []),
	];
}

function judgeModel(host: string, model: string, { state, capabilities }: ModelFacts, needed: 'completion' | 'embedding'): OllamaFinding[] {
	if (state === 'missing') return [{ level: 'bad', code: 'model-missing', host, model }];
	if (state === 'unknown') return [{ level: 'warning', code: 'model-unknown', host, model }];
	// Servers before 0.6.4 name no capabilities.
	if (capabilities.length === 0 || capabilities.includes(needed)) return [{ level: 'good', code: 'model', host, model }];
	return [{ level: 'bad', code: needed === 'embedding' ? 'model-cannot-embed' : 'model-cannot-chat', host, model }];
}
