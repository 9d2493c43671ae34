import { describe, expect, it } from 'vitest';
import { languages } from '#src/locales/locales.ts';
import { aboutSource, dayOfSource, lineAboutSource, sourceWordsFor, webAddressOf } from '#src/platform/source.ts';
import { sourceOf } from '#test/fakes/sources.ts';

const lima = sourceWordsFor(languages.en, 'America/Lima');

describe('what is told about a source', () => {
	it.each<[string | null, string | null, string]>([
		['page 12', '2030-05-04', 'page 12 · May 4, 2030'],
		[null, '2030-05-04T03:00:00Z', 'May 3, 2030'],
		['slide 3', null, 'slide 3'],
		['slide 3', 'last week', 'slide 3'],
		[null, null, ''],
	])('of %s and %s is “%s”', (place, date, about) => {
		expect(aboutSource({ place, date }, lima)).toBe(about);
	});

	it('says that it is old, and what it says in its own language', () => {
		const source = sourceOf({ place: 'page 12', date: '2023-03-14', isOld: true, original: 'Hasta 53 €.' });
		expect(aboutSource(source, lima)).toBe('page 12 · old: Mar 14, 2023');
		expect(lineAboutSource(source, lima)).toBe('page 12 · old: Mar 14, 2023 · original: “Hasta 53 €.”');
		expect(dayOfSource({ date: null, isOld: true }, lima)).toBe('');
	});

	it('is in the language of its reader, wherever that is', () => {
		const words = sourceWordsFor(languages.es, 'Atlantis/Poseidonia');
		expect(words.day('2030-05-04T03:00:00Z')).toBe('4 may 2030');
		expect([words.more(1), words.more(3)]).toEqual(['y 1 fuente más', 'y 3 fuentes más']);
	});
});

it('an address that is none of the web opens nothing', () => {
	expect([webAddressOf('https://a.example/x')?.hostname, webAddressOf('javascript:alert(1)'), webAddressOf(null)]).toEqual([
		'a.example',
		null,
		null,
	]);
});
