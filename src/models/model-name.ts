/** What the configuration may say about models: names that stay in the building, and how long a model stays in memory. */

import { BotError } from '../errors.ts';

/**
 * Names ending so are answered by Ollama's cloud: what people write would leave the premises (Ollama documentation, Cloud).
 * @throws BotError `CONFIG_INVALID`.
 */
export function refuseCloudModel(name: string): void {
	if (!/[:-]cloud$/i.test(name)) return;
	throw new BotError('CONFIG_INVALID', `the model ${name} runs in Ollama's cloud: choose one that runs on your own machines`, {
		reason: 'cloud-model',
	});
}

/** Ollama takes seconds as a number only: the text `-1` would be refused as a duration without a unit. */
export function keepAliveValue(keepAlive: string | number): string | number {
	return typeof keepAlive === 'string' && /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive;
}
