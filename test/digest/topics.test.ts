import { describe, expect, it } from 'vitest';
import { topicsOf, type VainQuestion } from '#src/digest/topics.ts';

const ask = (askedBy: string, text: string, given: Partial<VainQuestion> = {}): VainQuestion => ({
	...{ askedBy, text, foundNothing: true, calledWrong: 0, vector: null },
	...given,
});
const ofThree = [
	ask('ana', '¿Cuántos días de vacaciones hay en Portugal?'),
	ask('luis', 'vacaciones en Portugal', { foundNothing: false, calledWrong: 2 }),
	ask('eva', '¿Las vacaciones de Portugal caducan?'),
];

describe('what was asked in vain', () => {
	it('is told by the words that three people used, with counts', () => {
		expect(topicsOf(ofThree, [])).toEqual({
			told: [{ words: ['vacaciones', 'portugal'], questions: 3, people: 3, foundNothing: 2, calledWrong: 1 }],
			untold: 0,
		});
	});

	it('is not told of two people, however often they ask', () => {
		const two = [...ofThree.slice(0, 2), ask('ana', 'Vacaciones de Portugal, otra vez'), ask('luis', 'vacaciones Portugal')];
		expect(topicsOf(two, [])).toEqual({ told: [], untold: 4 });
	});

	it('tells no word that one of them used alone, and no name', () => {
		const asked = [...ofThree, ask('eva', 'vacaciones en Portugal de Berta por embarazo')];
		expect(topicsOf(asked, []).told[0]?.words).toEqual(['vacaciones', 'portugal']);
		expect(topicsOf(ofThree, ['João Portugal']).told[0]?.words).toEqual(['vacaciones']);
	});

	it('keeps apart what shares one common word', () => {
		const asked = [ask('ana', 'días de vacaciones'), ask('luis', 'días de envío urgente'), ask('eva', 'días de prueba gratuita')];
		expect(topicsOf(asked, [])).toEqual({ told: [], untold: 3 });
	});

	it('goes together by meaning, too, and needs a word to be called by', () => {
		const [near, far] = [
			[1, 0],
			[0, 1],
		];
		const asked = [
			ask('ana', 'aparcamiento para bicicletas', { vector: near }),
			ask('luis', 'dónde dejo la bici: ¿hay aparcamiento?', { vector: near }),
			ask('eva', 'aparcamiento', { vector: near }),
			ask('tom', 'bike shed', { vector: near }),
			ask('tom', 'coffee', { vector: far }),
		];
		expect(topicsOf(asked, [])).toMatchObject({ told: [{ words: ['aparcamiento'], questions: 4, people: 4 }], untold: 1 });
		const wordless = ['one', 'two', 'three'].map((text, at) => ask(`p${at}`, text, { vector: near }));
		expect(topicsOf(wordless, [])).toEqual({ told: [], untold: 3 });
	});
});
