/** What a question says of the document that it means. */

import { describe, expect, test } from 'vitest';
import { namingsIn } from '#src/knowledge/search/naming.ts';
import { foldText } from '#src/knowledge/text/stems.ts';

const now = new Date('2026-11-30');

/** PostgreSQL's marks of where words begin and end, in JavaScript. */
const fits = (pattern: string, name: string) =>
	new RegExp(pattern.replaceAll('\\m', '(?<![a-z0-9])(?=[a-z0-9])').replaceAll('\\M', '(?![a-z0-9])')).test(
		foldText(name).replaceAll('_', ' '),
	);

describe('a question names', () => {
	test.each([
		['¿Qué dice el informe de marzo?', ['Informe mensual marzo 2026.pdf', 'Report 2026-03.docx', 'report_31.03.2026.docx']],
		['Headcount in the March report?', ['Informe mensual marzo 2026.pdf']],
		['¿cuánto vale en la hoja de precios de este año?', ['Tarifa 2026.xlsx', 'Price list 2026.pdf']],
		['según el manual de la BL-350, ¿cuánto?', ['Manual BL350.pdf', 'BL 350 handbook.pdf']],
		['In the Q2 slides, what was the margin?', ['Group Figures Q2.pptx', 'Segundo trimestre.odp']],
		['la presentación del segundo trimestre', ['2026 Q2 Group Figures.pptx']],
		['In last year’s price list, how much was it?', ['Tarifa 2025.xlsx']],
		['In the Excel of suppliers', ['Supplier list.xlsx']],
		['el contrato con Turia Alta', ['Contrato marco Turia Alta.pdf']],
	])('%s', (question, names) => {
		const [naming = []] = namingsIn(question, now);
		for (const name of names) expect([name, naming.filter(({ pattern }) => !fits(pattern, name))]).toEqual([name, []]);
		expect(naming.length).toBeGreaterThan(question.includes('Excel') ? 0 : 1);
	});

	test.each([
		'How do I report an accident?',
		'¿Cuántos días de vacaciones tengo?',
		'I manual',
		'can you list them',
		'Le mandé un Excel con nóminas',
		'',
	])('nothing: %s', (question) => {
		expect(namingsIn(question, now)).toEqual([]);
	});

	test('two documents apart, and what fits one only', () => {
		const [march, minutes] = namingsIn('compara el informe de marzo con el acta de septiembre', now);
		expect(march?.map(({ month }) => month)).toContain(3);
		expect(minutes?.map(({ month }) => month)).toContain(9);
		const [, month] = namingsIn('el informe de marzo', now)[0] ?? [];
		for (const name of ['Informe abril.pdf', 'Informe 2026-04.pdf', 'Informe 2030.pdf', 'Marzorati.pdf'])
			expect([name, fits(month?.pattern ?? '', name)]).toEqual([name, false]);
	});
});
