/** Files of a workshop as its people share them: a manual, a list of prices and rules. */

import { wordFile, wordParagraph, workbookFile } from '#test/knowledge/files/office.ts';
import { pdfFile } from '#test/knowledge/files/pdf.ts';
import type { DroppedFile } from './stage.ts';

export const manual: DroppedFile = {
	name: 'manual.pdf',
	mediaType: 'application/pdf',
	content: pdfFile([
		['El horno tarda 40 minutos en calentarse.', 'Tiene dos puertas.'],
		['Si suena la sirena, cierra la llave del gas y sal por la puerta norte.'],
	]),
};

export const prices: DroppedFile = {
	name: 'tarifas.xlsx',
	mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	content: Buffer.from(
		workbookFile({
			Lámparas: [
				['Artículo', 'Precio'],
				['Lámpara Faro', 212.5],
			],
			Envíos: [
				['Destino', 'Coste', 'Transportista'],
				['Italia', 45, 'Veloz'],
				['Baleares', 28, 'Marítima'],
			],
		}),
	),
};

export const rules: DroppedFile = {
	name: 'normas.docx',
	mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	content: Buffer.from(
		wordFile(
			[
				wordParagraph('Normas', 'Heading1'),
				wordParagraph('Vacaciones', 'Heading2'),
				wordParagraph('Las vacaciones se piden con tres semanas de antelación.'),
			].join(''),
		),
	),
};
