import { expect, it } from 'vitest';
import { nearestWord } from '#src/nearest-word.ts';

const known = ['help', 'history', 'my-data', 'status', 'stop', 'queue', 'porque', 'límites'];

it.each([
	['hlep', 'help'],
	['HISTRY', 'history'],
	['mydata', 'my-data'],
	['my_data', 'my-data'],
	['limites', 'límites'],
	['stpo', 'stop'],
	['qeue', 'queue'],
	['dance', null],
	['', null],
	['hi', null],
	['’; drop table users --', null],
	['日本語', null],
])('%s may be %s', (typed, meant) => expect(nearestWord(typed, known)).toBe(meant));

it('compares nothing that is too long to be a word', () => {
	expect(nearestWord('x'.repeat(10_000), known)).toBeNull();
});
