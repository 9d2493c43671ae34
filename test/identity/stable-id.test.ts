import { expect, test } from 'vitest';
import { stableId } from '#src/identity/stable-id.ts';

test('the same name gives the same id, in every process and for ever', () => {
	expect(stableId('conversation:slack:T1:C1:1.0')).toBe(stableId('conversation:slack:T1:C1:1.0'));
	expect(stableId('a')).toBe('ca978112-ca1b-8dca-bac2-31b39a23dc4d');
});

test('different names give different ids', () => {
	const names = ['', 'a', 'A', 'a ', 'answer:1', 'retry:1', ...Array.from({ length: 1_000 }, (_, index) => `name ${index}`)];
	expect(new Set(names.map(stableId)).size).toBe(names.length);
});

test('an id is a UUID of version 8', () => {
	const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
	for (let index = 0; index < 200; index++) expect(stableId(String(index))).toMatch(uuid);
});
