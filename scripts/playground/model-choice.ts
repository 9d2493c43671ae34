/** Which of the models that an Ollama has answers, where nobody said: one that writes answers, which only asking each of them tells. */

import { isCloudModel, isSameModel } from '#src/models/model-name.ts';

export interface ModelChoice {
	/** Null when none of them writes answers. */
	model: string | null;
	/** The program's own default is there; or the newest was taken. */
	reason: 'default' | 'newest';
	/** The other ones that could be chosen; without a choice, those that are there and write no answers. */
	others: string[];
}

interface Listed {
	name: string;
	modified_at?: string;
	size?: number;
}

/** So many of the newest are asked: nobody waits for a cupboard full of models. */
const mostAsked = 20;

/** @returns null when the server does not say which models it has. */
export async function chooseModel(url: string, defaultModel: string, limitMs: number): Promise<ModelChoice | null> {
	const listed = await ask<{ models?: Listed[] }>(`${url}/api/tags`, limitMs);
	if (listed?.models === undefined) return null;
	const local = listed.models.filter(({ name }) => !isCloudModel(name)).toSorted(newestFirst);
	const answering = await Promise.all(
		local.slice(0, mostAsked).map(async ({ name }) => ((await writes(url, name, limitMs)) ? [name] : [])),
	);
	const names = answering.flat();
	const own = names.find((name) => isSameModel(name, defaultModel));
	const model = own ?? names[0] ?? null;
	const others = model === null ? local.map(({ name }) => name) : names.filter((name) => name !== model);
	return { model, reason: own === undefined ? 'newest' : 'default', others };
}

function newestFirst(one: Listed, other: Listed): number {
	return Date.parse(other.modified_at ?? '') - Date.parse(one.modified_at ?? '') || (other.size ?? 0) - (one.size ?? 0);
}

/** The list itself takes every imported model for one that does. Servers before 0.6.4 do not say: then the name has to. */
async function writes(url: string, model: string, limitMs: number): Promise<boolean> {
	const shown = await ask<{ capabilities?: string[] }>(`${url}/api/show`, limitMs, { model });
	return shown?.capabilities?.includes('completion') ?? !/embed|minilm|bge-|e5-/i.test(model);
}

/** Null for anything but a JSON answer in time. */
async function ask<Answer>(url: string, limitMs: number, body?: object): Promise<Answer | null> {
	const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
	const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(limitMs) }).catch(() => null);
	return answer?.ok ? ((await answer.json().catch(() => null)) as Answer | null) : null;
}
