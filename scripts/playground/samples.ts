/** Files of the company for newcomers who want to ask documents: made when the playground starts, in the languages of its people. */

import type { Language } from '#src/locales/locales.ts';
import { wordFile, wordParagraph, wordTable, workbookFile } from '#test/knowledge/files/office.ts';
import { pdfFile } from '#test/knowledge/files/pdf.ts';
import { companyName } from './company.ts';
import type { Sample } from './wire.ts';

export interface SampleFile extends Sample {
	content: Uint8Array;
}

const types = {
	pdf: 'application/pdf',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

export function makeSamples(): Record<Language, SampleFile[]> {
	return { es: spanishSamples(), en: englishSamples() };
}

function spanishSamples(): SampleFile[] {
	const manual = pdfFile(
		[
			[
				`${companyName}: manual de la fresadora 3`,
				'',
				'Antes de empezar, comprueba que la puerta está cerrada y que llevas gafas.',
				'La mesa admite piezas de hasta 400 kg.',
				'El aceite de las guías se cambia cada 500 horas.',
			],
			[
				'Averías',
				'',
				'Si el husillo pasa de 75 °C, pulsa Parar y deja la refrigeración en marcha 15 minutos.',
				'Si la bomba de refrigeración hace ruido, limpia el filtro y avisa a Tom Baker.',
			],
		],
		{ title: 'Manual de la fresadora 3' },
	);
	const prices = workbookFile({
		Lámparas: [
			['Artículo', 'Referencia', 'Precio en euros', 'Plazo en semanas'],
			['Aplique Brisa', 'AB-12', 86, 3],
			['Lámpara Faro', 'LF-40', 212.5, 5],
			['Colgante Marea', 'CM-07', 148, 4],
		],
		Envíos: [
			['Destino', 'Precio del envío en euros', 'Días'],
			['Península', 12, 2],
			['Baleares', 28, 4],
			['Italia', 45, 6],
		],
	});
	const holidays = wordFile(
		[
			wordParagraph('Guía de vacaciones', 'Heading1'),
			wordParagraph('Días', 'Heading2'),
			wordParagraph('Cada persona tiene 24 días laborables de vacaciones al año. Los que sobran se pueden tomar hasta el 31 de marzo.'),
			wordParagraph('Cómo pedirlas', 'Heading2'),
			wordParagraph('Las vacaciones se piden a Ana Ruiz con tres semanas de antelación. En julio trabaja siempre la mitad del taller.'),
			wordTable([
				['Puente', 'Taller'],
				['7 de diciembre', 'Cerrado'],
				['18 de marzo', 'Abierto'],
			]),
		].join(''),
	);
	return [
		sample('Manual-fresadora-3.pdf', manual, '¿Qué hago si el husillo pasa de 75 grados?'),
		sample('Tarifas-2027.xlsx', prices, '¿Qué precio tiene la lámpara Faro?'),
		sample('Guia-vacaciones.docx', holidays, '¿Cuántos días de vacaciones tenemos?'),
	];
}

function englishSamples(): SampleFile[] {
	const manual = pdfFile(
		[
			[
				`${companyName}: manual of milling machine 3`,
				'',
				'Before you start, check that the door is closed and that you wear glasses.',
				'The table carries parts of up to 400 kg.',
				'The oil of the guideways is changed every 500 hours.',
			],
			[
				'Faults',
				'',
				'If the spindle gets hotter than 75 °C, press Stop and leave the coolant running for 15 minutes.',
				'If the coolant pump is noisy, clean the filter and tell Tom Baker.',
			],
		],
		{ title: 'Manual of milling machine 3' },
	);
	const prices = workbookFile({
		Lamps: [
			['Item', 'Reference', 'Price in euros', 'Weeks to delivery'],
			['Brisa wall light', 'AB-12', 86, 3],
			['Faro lamp', 'LF-40', 212.5, 5],
			['Marea pendant', 'CM-07', 148, 4],
		],
		Shipping: [
			['Destination', 'Shipping price in euros', 'Days'],
			['Spain', 12, 2],
			['Balearic Islands', 28, 4],
			['Italy', 45, 6],
		],
	});
	const holidays = wordFile(
		[
			wordParagraph('Holiday guide', 'Heading1'),
			wordParagraph('Days', 'Heading2'),
			wordParagraph('Everybody has 24 working days of holiday a year. What is left may be taken until 31 March.'),
			wordParagraph('How to ask for them', 'Heading2'),
			wordParagraph('Holidays are asked for from Ana Ruiz three weeks ahead. In July half of the workshop is always at work.'),
			wordTable([
				['Bridge day', 'Workshop'],
				['7 December', 'Closed'],
				['18 March', 'Open'],
			]),
		].join(''),
	);
	return [
		sample('Milling-machine-3.pdf', manual, 'What do I do when the spindle gets hotter than 75 degrees?'),
		sample('Prices-2027.xlsx', prices, 'What is the price of the Faro lamp?'),
		sample('Holiday-guide.docx', holidays, 'How many days of holiday do we have?'),
	];
}

/** Discord takes no other characters in names than these. */
function sample(name: string, content: Uint8Array, question: string): SampleFile {
	return { name, mimetype: types[name.split('.').at(-1) as keyof typeof types], question, path: `/samples/${name}`, content };
}
