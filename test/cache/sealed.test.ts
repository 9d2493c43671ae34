/** What passes through Redis sealed: read by whoever has the key, by nobody else, and under no other name. */

import { expect, it } from 'vitest';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { createSealedCache } from '#src/cache/sealed.ts';

const minute = 60_000;
const secret = 'The pump in Valencia is broken';

function openScene() {
	const cache = createMemoryCache();
	const passed: string[] = [];
	const watched = {
		...cache,
		publish: (channel: string, message: string) => {
			passed.push(message);
			return cache.publish(channel, message);
		},
	};
	const withKey = (fill: number) => {
		const sealed = createSealedCache(watched);
		sealed.unlock(Buffer.alloc(32, fill));
		return sealed;
	};
	return { cache, passed, sealed: createSealedCache(watched), mine: withKey(1), other: withKey(1), stranger: withKey(2) };
}

it('what one process tells and keeps, another one hears and finds', async () => {
	const { mine, other } = openScene();
	const heard: string[] = [];
	await other.subscribe('live:1', (message) => void heard.push(message));
	await mine.publish('live:1', secret);
	await mine.keep('live:1', secret, minute);
	expect([...heard, await other.recall('live:1')]).toEqual([secret, secret]);
	await other.forget('live:1');
	expect(await mine.recall('live:1')).toBeNull();
});

it('nothing of it can be read on the way, and the same words never look the same', async () => {
	const { cache, passed, mine } = openScene();
	await mine.publish('live:1', secret);
	await mine.publish('live:1', secret);
	await mine.keep('live:1', secret, minute);
	const seen = [...passed, (await cache.recall('live:1')) ?? ''];
	expect(new Set(seen).size).toBe(3);
	for (const text of seen) expect(Buffer.from(text, 'base64').toString('latin1')).not.toContain('Valencia');
});

it('what was made elsewhere, changed, moved to another name, or is nothing at all is not believed', async () => {
	const { cache, passed, mine, stranger } = openScene();
	const heard: string[] = [];
	await mine.subscribe('live:1', (message) => void heard.push(message));
	await mine.subscribe('live:2', (message) => void heard.push(message));
	await stranger.publish('live:1', 'forged');
	for (const text of ['', 'words', '{"kind":"activity","text":"forged"}', 'A'.repeat(200)]) await cache.publish('live:1', text);
	await mine.publish('live:3', 'elsewhere');
	const moved = passed.at(-1) ?? '';
	await cache.publish('live:1', moved);
	await cache.keep('live:1', moved, minute);
	const changed = Buffer.from(moved, 'base64');
	changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
	await cache.publish('live:3', changed.toString('base64'));
	expect(heard).toEqual([]);
	expect(await mine.recall('live:1')).toBeNull();
	await stranger.keep('live:1', 'forged', minute);
	expect(await mine.recall('live:1')).toBeNull();
});

it('until it is unlocked nothing is told, kept, heard or found', async () => {
	const { cache, passed, mine, sealed } = openScene();
	const heard: string[] = [];
	await sealed.subscribe('live:1', (message) => void heard.push(message));
	await sealed.publish('live:1', secret);
	await sealed.keep('live:1', secret, minute);
	expect(passed).toEqual([]);
	expect(await cache.recall('live:1')).toBeNull();
	await mine.publish('live:1', secret);
	await mine.keep('live:1', secret, minute);
	expect(heard).toEqual([]);
	expect(await sealed.recall('live:1')).toBeNull();
});
