/** What this process has stored lately is not stored again, and nothing counts as stored before it is. */

import { expect, test } from 'vitest';
import { createRecentKeys } from '#src/inbox/recent-keys.ts';

test('an event of which a platform tells twice is stored once', async () => {
	const { keys, stored, store } = create();
	expect(await keys.once('a', store('a'))).toBe('new');
	expect(await keys.once('a', store('a'))).toBe('duplicate');
	expect(await keys.once('b', store('b'))).toBe('new');
	expect(stored).toEqual(['a', 'b']);
});

test('the second of two at the same moment is acknowledged no sooner than the first is stored', async () => {
	const { keys } = create();
	const storing = Promise.withResolvers<'new'>();
	const answers: string[] = [];
	const first = keys.once('a', () => storing.promise).then((answer) => answers.push(answer));
	const second = keys.once('a', () => Promise.reject(new Error('stored twice'))).then((answer) => answers.push(answer));
	await new Promise(setImmediate);
	expect(answers).toEqual([]);
	storing.resolve('new');
	await Promise.all([first, second]);
	expect(answers.sort()).toEqual(['duplicate', 'new']);
});

test('what could not be stored is refused both times, and stored when it comes again', async () => {
	const { keys, store } = create();
	const storing = Promise.withResolvers<'new'>();
	const both = [keys.once('a', () => storing.promise), keys.once('a', store('a'))];
	storing.reject(new Error('away'));
	await expect(Promise.allSettled(both)).resolves.toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
	expect(await keys.once('a', store('a'))).toBe('new');
});

test('after a minute, or after thousands of others, the database is asked', async () => {
	const { keys, stored, store, advance } = create();
	await keys.once('a', store('a'));
	advance(60_000);
	await keys.once('a', store('a'));
	for (let index = 0; index < 5_000; index++) await keys.once(`${index}`, async () => 'new');
	await keys.once('a', store('a'));
	expect(stored).toEqual(['a', 'a', 'a']);
});

function create() {
	let nowMs = 1_000_000;
	const stored: string[] = [];
	const store = (key: string) => async () => {
		stored.push(key);
		return 'new' as const;
	};
	const advance = (ms: number) => {
		nowMs += ms;
	};
	return { keys: createRecentKeys({ now: () => nowMs }), stored, store, advance };
}
