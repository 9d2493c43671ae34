/** What the facts about the Ollama hosts and their models mean. */

import { toBotError } from '#src/errors.ts';
import { type HostFacts, hostLabel, inspectHost, type ModelFacts } from '#src/models/inspect.ts';
import { isCloudModel } from '#src/models/model-name.ts';
import type { ModelOptions } from '#src/models/settings.ts';
import type { OllamaFinding } from './finding.ts';

type ChatModel = Pick<ModelOptions, 'name' | 'contextTokens' | 'slots'>;

export interface OllamaQuestion {
	hosts: readonly string[];
	/** The default one, and others of which a host needs not have all. */
	models: readonly ChatModel[];
	embeddingModel: string | null;
}

/** Architectures with which Ollama answers one question at a time, whatever OLLAMA_NUM_PARALLEL says (its server/sched.go, version 0.33). */
const oneAtATime = /^(?:mllama|qwen3vl|qwen3vlmoe|qwen35|qwen35moe|qwen3next|lfm2|lfm2moe|nemotron_h|nemotron_h_moe)$/;
/** How a proxy in front of a host asks for a login. */
const loginRefusals = new Set(['http-401', 'http-407']);

/** @throws BotError `CONFIG_INVALID` for an address that is none, `CANCELLED`. */
export async function diagnoseOllama(question: OllamaQuestion, signal: AbortSignal): Promise<OllamaFinding[]> {
	const cloud = cloudModels(question);
	const perHost = await Promise.all(question.hosts.map((host) => diagnoseHost(host, question, signal)));
	return [...cloud, ...withoutShared(perHost.flat(), question)];
}

/** Hosts share the other models out among themselves: one that some host has is missing nowhere. */
function withoutShared(findings: readonly OllamaFinding[], { models: [, ...others] }: OllamaQuestion): OllamaFinding[] {
	const isElsewhere = (model: string) => findings.some((finding) => finding.code === 'model' && finding.model === model);
	return findings.filter(
		(finding) => finding.code !== 'model-missing' || !others.some(({ name }) => name === finding.model) || !isElsewhere(finding.model),
	);
}

function cloudModels({ models, embeddingModel }: OllamaQuestion): OllamaFinding[] {
	const named: [string, string | null][] = [
		...models.map(({ name }, index): [string, string] => [index === 0 ? 'OLLAMA_MODEL' : 'OLLAMA_MODELS', name]),
		['OLLAMA_EMBEDDING_MODEL', embeddingModel],
	];
	return named.flatMap(([variable, name]) =>
		name !== null && isCloudModel(name) ? [{ level: 'bad', code: 'model-cloud', model: name, variable } as const] : [],
	);
}

async function diagnoseHost(address: string, question: OllamaQuestion, signal: AbortSignal): Promise<OllamaFinding[]> {
	const host = hostLabel(address);
	const { models, embeddingModel } = question;
	const names = [...models.map(({ name }) => name), ...(embeddingModel === null ? [] : [embeddingModel])];
	try {
		const facts = await inspectHost(address, names, signal);
		return judgeHost(host, question, facts);
	} catch (thrown) {
		const { code, reason = '' } = toBotError(thrown);
		if (code !== 'MODEL_UNAVAILABLE' && code !== 'MODEL_REJECTED') throw thrown;
		if (loginRefusals.has(reason)) return [{ level: 'bad', code: 'ollama-refuses-login', host }];
		return [{ level: 'bad', code: 'ollama-unreachable', host, reason }];
	}
}

/** Pure. */
export function judgeHost(host: string, question: OllamaQuestion, { version, models: known }: HostFacts): OllamaFinding[] {
	const { models, embeddingModel } = question;
	const chats = models.flatMap((chat) => {
		const facts = known.get(chat.name);
		return facts === undefined ? [] : judgeChatModel(host, chat, facts);
	});
	const embedding = embeddingModel === null ? undefined : known.get(embeddingModel);
	return [
		...(version === null ? [] : [{ level: 'good', code: 'ollama', host, version } as const]),
		...chats,
		...(embedding === undefined || embeddingModel === null ? [] : judgeModel(host, embeddingModel, embedding, 'embedding')),
	];
}

function judgeChatModel(host: string, chat: ChatModel, facts: ModelFacts): OllamaFinding[] {
	const { name: model, contextTokens: wantedTokens, slots } = chat;
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
