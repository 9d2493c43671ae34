/** What stands around the sources of an answer in Spanish, and around a passage of one. */

import type { sources as english } from './english.ts';

export const sources: typeof english = {
	ofLast: 'Mi última respuesta aquí se basa en:',
	none: 'Mi última respuesta aquí no cita nada.',
	noAnswer: 'Aquí todavía no te he respondido.',
	more: (count) => (count === 1 ? 'y 1 fuente más' : `y ${count} fuentes más`),
	show: 'Ver el pasaje',
	showOf: (position) => `Ver el pasaje [${position}]`,
	cut: '✂️ Este es el comienzo del pasaje. El resto está en su fuente.',
	gone: 'No puedes ver este pasaje, o ya no existe.',
	withheld: (positions, count) =>
		count === 1
			? `🔒 La fuente ${positions} ya no la pueden leer todas las personas de aquí, o ya no existe. No se muestra.`
			: `🔒 Las fuentes ${positions} ya no las pueden leer todas las personas de aquí, o ya no existen. No se muestran.`,
	notAlone:
		'Aquí no puedo mostrarte el pasaje sin que lo vean otras personas. Abre una vez un chat personal conmigo y pulsa el botón de nuevo.',
};
