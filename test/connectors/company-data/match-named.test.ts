/** Named questions by the words of whoever asks: sure or left to the model. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCatalogue } from '#src/connectors/catalogue/read-catalogue.ts';
import { matchNamed, type NamedCandidate } from '#src/connectors/company-data/match-named.ts';

const read = readCatalogue(readFileSync(new URL('../company/company.yaml', import.meta.url), 'utf8'));
if ('problems' in read) throw new Error('the sample company has no catalogue');
const stockQuestion = read.catalogue.questions['unidades-en-almacen'];
if (stockQuestion === undefined) throw new Error('the sample company has no question');

const families = [
	{ value: 'bomba', wordings: ['bomba de agua', 'water pump'] },
	{ value: 'válvula', wordings: ['válvula', 'valve'] },
	{ value: 'filtro', wordings: ['filtro', 'filter'] },
];
const cities = ['Valencia', 'Sevilla', 'Bilbao', 'A Coruña', 'Palma Norte', 'Palma Sur'].map((value) => ({ value, wordings: [] }));

const stock: NamedCandidate = {
	connector: 'almacen',
	name: 'unidades-en-almacen',
	question: stockQuestion,
	values: new Map([
		['familia', families],
		['ciudad', cities],
	]),
	aside: ['almacenes', 'depósito', 'depot', 'warehouse', 'ciudad', 'sede', 'productos'],
};
const sold: NamedCandidate = {
	...stock,
	name: 'vendidas',
	question: {
		...stockQuestion,
		phrases: { es: ['¿cuántas {familia} se vendieron en {ciudad}?'], en: ['how many {familia} were sold in {ciudad}?'] },
	},
};

const match = (text: string, frame: Parameters<typeof matchNamed>[2] = null) => matchNamed(text, [stock, sold], frame);

describe('a question that is one of the named ones', () => {
	test.each([
		['¿Cuántas bombas hay en Valencia?', 'bomba', 'Valencia'],
		['cuantas BOMBAS hay en valencia', 'bomba', 'Valencia'],
		['Hola, ¿cuántas bombas de agua hay en el almacén de A Coruña, por favor?', 'bomba', 'A Coruña'],
		['How many water pumps are there in Sevilla?', 'bomba', 'Sevilla'],
		['stock of filters in Bilbao', 'filtro', 'Bilbao'],
		['Stock de válvulas en Sevilla', 'válvula', 'Sevilla'],
	])('%s', (text, familia, ciudad) => {
		expect(match(text)).toMatchObject({
			kind: 'sure',
			candidate: { name: 'unidades-en-almacen' },
			given: { familia, ciudad },
			guessed: [],
		});
	});

	test('takes a slip of the pen for what it means, and says so', () => {
		expect(match('¿Cuántas bombas hay en Valensia?')).toMatchObject({
			kind: 'sure',
			given: { ciudad: 'Valencia' },
			guessed: [{ typed: 'valensia', value: 'Valencia' }],
		});
	});

	test('asks which of two values is meant', () => {
		expect(match('¿Cuántas bombas hay en Palma?')).toMatchObject({ kind: 'which', values: ['Palma Sur', 'Palma Norte'] });
	});

	test('tells two that are alike apart', () => {
		expect(match('¿Cuántas bombas se vendieron en Bilbao?')).toMatchObject({ kind: 'sure', candidate: { name: 'vendidas' } });
	});

	test('goes on with what was asked before', () => {
		const frame = { connector: 'almacen', name: 'unidades-en-almacen', given: { familia: 'bomba', ciudad: 'Valencia' } };
		expect(match('¿Y en Sevilla?', frame)).toMatchObject({ kind: 'sure', given: { familia: 'bomba', ciudad: 'Sevilla' } });
		const kept = { ...frame, given: { ciudad: 'Valencia', familia: 'bomba' } };
		expect(Object.keys((match('¿Y en Sevilla?', kept) as { given: object }).given)).toEqual(['familia', 'ciudad']);
		expect(match('¿Y filtros?', frame)).toMatchObject({ kind: 'sure', given: { familia: 'filtro', ciudad: 'Valencia' } });
		expect(match('¿Y en Sevilla?')).toEqual({ kind: 'none' });
		expect(match('¿Y las ventas en Sevilla?', frame)).toEqual({ kind: 'none' });
	});
});

describe('a question that is left to the model', () => {
	test.each([
		'¿Cuántas bombas hay en Valencia y en Sevilla?',
		'¿Cuántas bombas había ayer en Valencia?',
		'¿Cuántas bombas rotas hay en Valencia?',
		'¿Cuántas bombas no hay en Valencia?',
		'¿Cuántas bombas hay en total sin contar Valencia?',
		'¿Cuántas bombas hay?',
		'¿Qué tiempo hace en Valencia?',
		'¿Cuánto cuestan las bombas en Valencia?',
		'bombas',
		'¡¿!?',
	])('%s', (text) => {
		expect(match(text)).toEqual({ kind: 'none' });
	});
});
