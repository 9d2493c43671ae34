import { expect, it } from 'vitest';
import { silentLogger } from '#src/log.ts';
import { createListeners } from '#src/redis/listeners.ts';

it('a listener that fails at every message harms no other, and does not fill the log', async () => {
	const warnings: string[] = [];
	const subscriptions = createListeners({ ...silentLogger, warn: (_fields, message) => void warnings.push(message) });
	const heard: string[] = [];
	subscriptions.add('news', () => {
		throw new Error('not understood');
	});
	subscriptions.add('news', (message) => void heard.push(message));
	for (let time = 0; time < 1_000; time++) subscriptions.deliver('news', 'hello');
	await new Promise((resolve) => setImmediate(resolve));
	expect([warnings.length, heard.length]).toEqual([1, 1_000]);
});
