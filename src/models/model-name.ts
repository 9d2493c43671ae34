/** What the configuration may say about models: what a name means, names that stay in the building, and how long a model stays in memory. */

import { BotError } from '../errors.ts';

/** What Ollama puts in the place of what a name leaves out (types/model/name.go, version 0.33). */
const defaultHost = 'registry.ollama.ai';
const defaultNamespace = 'library';
const defaultTag = 'latest';

/**
 * The one spelling of all those that Ollama takes for the same model: in lower case, without the registry and the library that it assumes,
 * with the tag that it assumes.
 */
export function canonicalModelName(name: string): string {
	const parts = name
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.split('/');
	const model = parts.pop() ?? '';
	const path = parts.join('/');
	const isAssumed = ['', defaultNamespace, `${defaultHost}/${defaultNamespace}`].includes(path);
	const place = path.startsWith(`${defaultHost}/`) ? path.slice(defaultHost.length + 1) : path;
	return `${isAssumed ? '' : `${place}/`}${model.includes(':') ? model : `${model}:${defaultTag}`}`;
}

export function isSameModel(one: string, other: string): boolean {
	return canonicalModelName(one) === canonicalModelName(other);
}

/** Of an entry in a list of Ollama's: older servers give only the name. */
export function modelNameOf(entry: { model?: string; name: string }): string {
	return entry.model ?? entry.name;
}

/**
 * Names ending so are answered by Ollama's cloud: what people write would leave the premises (Ollama documentation, Cloud).
 * @throws BotError `CONFIG_INVALID`.
 */
export function refuseCloudModel(name: string): void {
	if (!isCloudModel(name)) return;
	throw new BotError('CONFIG_INVALID', `the model ${name} runs in Ollama's cloud: choose one that runs on your own machines`, {
		reason: 'cloud-model',
	});
}

export function isCloudModel(name: string): boolean {
	return /[:-]cloud(?::latest)?$/.test(canonicalModelName(name));
}

/** Ollama takes seconds as a number only: the text `-1` would be refused as a duration without a unit. */
export function keepAliveValue(keepAlive: string | number): string | number {
	return typeof keepAlive === 'string' && /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive;
}
