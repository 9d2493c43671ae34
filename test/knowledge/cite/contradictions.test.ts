/** When two passages say different things of the same, and how often that is said of the passages of a company that do not. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contradictionOf, readClauses } from '#src/knowledge/cite/contradictions.ts';

const read = (text: string, title = 'one.pdf') => readClauses({ title, date: null, text });

describe('of two passages', () => {
	it.each([
		['Los empleados disponen de 23 días laborables de vacaciones.', 'Los empleados tienen 25 días laborables de vacaciones.'],
		['Employees have 23 working days of holiday.', 'All employees have twenty-five working days of holiday a year.'],
		['El kilómetro en coche propio se paga a 0,26 €.', 'El kilómetro en coche propio se paga a 0,19 euros.'],
		['Mileage for a private car is paid at $0.45.', 'Mileage for a private car is paid at $0.40 per km, tolls apart.'],
		[
			'La solicitud firmada se entrega en recepción hasta el 31 de marzo.',
			'La solicitud firmada se entrega en recepción hasta el 31 de enero.',
		],
		['Signed requests are handed in at reception by 31 March 2026.', 'Signed requests are handed in at reception by March 15.'],
		['La tienda de Sevilla cierra los lunes por la tarde.', 'La tienda de Sevilla cierra los martes por la tarde.'],
		['La oficina de Sevilla abre a las 8:30.', 'La oficina de Sevilla abre a las 9:00.'],
		['Dogs are allowed in the office.', 'Dogs are not allowed in the office.'],
		['Está permitido fumar en el patio trasero.', 'No está permitido fumar en el patio trasero.'],
		['Alarm A01 resets after ten minutes.', 'Alarm A01 now resets after five minutes.'],
	])('“%s” contradicts “%s”', (one, other) => {
		expect(contradictionOf(read(one), read(other, 'other.pdf'))?.said).toEqual([one, other].map((text) => text.split(', ')[0]));
		expect(contradictionOf(read(other, 'other.pdf'), read(one))).not.toBeNull();
	});

	it.each([
		[
			'the same value in other words',
			'Employees have 25 working days of holiday.',
			'All employees have twenty-five working days of holiday.',
		],
		[
			'a date with and without its year',
			'Signed requests are handed in at reception by 31 March 2026.',
			'Signed requests are handed in at reception by March 31.',
		],
		['another person', 'Ana Ruiz firma compras de hasta 500 euros.', 'Luis Gil firma compras de hasta 900 euros.'],
		['another place', 'The shop in Leeds opens at 8:30.', 'The shop in York opens at 9:00.'],
		['another article', 'El filtro BL-300 cuesta 25 euros la unidad.', 'El filtro BL-350 cuesta 40 euros la unidad.'],
		['another condition', 'Con dos años de antigüedad se suman 3 días libres.', 'Con cinco años de antigüedad se suman 6 días libres.'],
		['another year', 'In 2025 the company sold 500 pumps abroad.', 'In 2026 the company sold 700 pumps abroad.'],
		['something else', 'Batch records are kept for ten years.', 'Payroll records are kept for six years after you leave.'],
		['several values of a kind', 'A visit costs 40 euros and a repair 60 euros.', 'A visit costs 50 euros and a repair 60 euros.'],
		['another language', 'Employees have 23 working days of holiday.', 'Los empleados disponen de 25 días laborables de vacaciones.'],
		['a condition for a no', 'Dogs are not allowed in the office.', 'Dogs are allowed in the office of the garden house with a permit.'],
	])('%s is no contradiction', (_, one, other) => {
		expect(contradictionOf(read(one), read(other, 'other.pdf'))).toBeNull();
	});

	const [old, recent] = ['La plantilla de la fábrica es de 280 personas.', 'La plantilla de la fábrica es de 294 personas.'];
	it.each([
		['Manual 2023.pdf', 'Manual 2026.pdf', true],
		['Manual BL-300.pdf', 'Manual BL-350.pdf', false],
		['Informe marzo 2026.pdf', 'Resumen abril 2026.pdf', false],
		['Informe anual 2025.pdf', 'Informe anual 2026.pdf', false],
		['Figures Q1.xlsx', 'Figures Q2.xlsx', false],
		['one.pdf', 'one.pdf', false],
	])('of “%s” and “%s”: %s', (one, other, is) => {
		expect(contradictionOf(read(old, one), read(recent, other)) !== null).toBe(is);
	});

	it('of the same name are two where they have two dates', () => {
		const reading = (text: string, date: string) => readClauses({ title: 'plan.pdf', date, text });
		expect(contradictionOf(reading(old, '2025-01-01'), reading(recent, '2026-01-01'))?.values).toHaveLength(2);
	});
});

it('hardly ever fires on the documents of a company but for an older and a newer rule', () => {
	const file = new URL('../../bench/knowledge/set/passages.jsonl', import.meta.url);
	const passages = readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { id: string; title: string; text: string })
		.map(({ id, title, text }) => ({ id, read: read(text, title) }));
	const found = passages.flatMap((one, at) =>
		passages.slice(at + 1).flatMap((other) => (contradictionOf(one.read, other.read) === null ? [] : [`${one.id} ${other.id}`])),
	);
	// Of 134,421 pairs. The last two are no older rule but that of another plant.
	expect(found).toEqual([
		'rrhh-2026-2 rrhh-2023-1',
		'handbook-uk-2 handbook-uk-2024-1',
		'handbook-uk-4 handbook-uk-2024-1',
		'gastos-2026-3 gastos-2024-1',
		'manual-bl300-6 manual-bl300-2021-1',
		'manual-bl300-8 manual-bl300-2021-2',
		'ctl7-4 firmware-notes-2',
		'tarifa-2026-27 tarifa-2025-9',
		'garantia-2026-3 garantia-2022-2',
		'calendario-2026-1 adenda-zgz-1',
		'calendario-2027-1 adenda-zgz-1',
	]);
});
