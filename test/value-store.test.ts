/** The bounds of the values kept in memory. */

import { expect, test } from 'vitest';
import { createValueStore } from '#src/value-store.ts';

test('the value written longest ago goes first when there are too many', () => {
	const store = createValueStore(() => 0, { maxValues: 2 });
	store.set('a', '1', 1_000);
	store.set('b', '1', 1_000);
	store.set('a', '2', 1_000);
	store.set('c', '1', 1_000);
	expect([store.get('a'), store.get('b'), store.get('c')]).toEqual(['2', null, '1']);
});

test('values whose time is over make room before any other', () => {
	let now = 0;
	const store = createValueStore(() => now, { maxValues: 2 });
	store.set('lasting', '1', 1_000);
	store.set('brief', '1', 10);
	now = 10;
	store.set('new', '1', 1_000);
	expect([store.get('lasting'), store.get('brief'), store.get('new')]).toEqual(['1', null, '1']);
});

test('the size of all values together is bounded, and space is given back', () => {
	const store = createValueStore(() => 0, { maxCharacters: 100 });
	for (let index = 0; index < 50; index += 1) store.set('k', 'x'.repeat(60), 1_000);
	expect(store.get('k')).not.toBeNull();
	store.set('l', 'x'.repeat(60), 1_000);
	expect([store.get('k'), store.get('l') === null]).toEqual([null, false]);
	store.delete('l');
	store.set('m', 'x'.repeat(99), 1_000);
	store.set('n', 'x'.repeat(200), 1_000);
	expect([store.get('m'), store.get('n')]).toEqual([null, null]);
});
