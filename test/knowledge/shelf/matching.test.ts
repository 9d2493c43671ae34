import { expect, it } from 'vitest';
import { documentNumber, matchingDocuments } from '#src/knowledge/shelf/matching.ts';

const documents = [
	{ placementId: '0000ff00-0000-5000-8000-000000000000', name: 'Plan de vacaciónes 2026.pdf' },
	{ placementId: '00010000-0000-5000-8000-000000000000', name: '65280.txt' },
	{ placementId: 'ffffff00-0000-5000-8000-000000000000', name: 'plan' },
	{ placementId: 'abcdef00-0000-5000-8000-000000000000', name: '' },
];
const matched = (typed: string) => matchingDocuments(documents, typed).map(({ name }) => name);

it('a number has eight digits at most, and is the same each time', () => {
	expect(documents.map(({ placementId }) => documentNumber(placementId))).toEqual([255, 256, 16_777_215, 11_259_375]);
});

it('finds by the number, then by the whole name, then by a part of it', () => {
	expect(matched('#255')).toEqual(['Plan de vacaciónes 2026.pdf']);
	expect(matched('256')).toEqual(['65280.txt']);
	expect(matched('65280')).toEqual(['65280.txt']);
	expect(matched('PLAN')).toEqual(['plan']);
	expect(matched('vacaciones')).toEqual(['Plan de vacaciónes 2026.pdf']);
	expect(matched('pla')).toEqual(['Plan de vacaciónes 2026.pdf', 'plan']);
	expect(matched('  ')).toEqual([]);
	expect(matched('nothing')).toEqual([]);
});
