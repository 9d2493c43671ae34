/** Lo que se dice de los documentos en español. */

import type { documents as english } from './english.ts';

export const documents: typeof english = {
	page: (number) => `página ${number}`,
	slide: (number) => `diapositiva ${number}`,
	nothingFound: 'No he encontrado nada sobre eso en los documentos que puede leer todo el mundo aquí.',
	nothingFoundForYou: 'No he encontrado nada sobre eso en los documentos que puedes leer.',
	moreForYou: (count) =>
		count === 1
			? '🔒 Hay 1 documento sobre esto que tú puedes leer y no todas las personas de aquí. Esto solo lo ves tú.'
			: `🔒 Hay ${count} documentos sobre esto que tú puedes leer y no todas las personas de aquí. Esto solo lo ves tú.`,
	askPrivately: 'Respóndeme en privado',
	askedElsewhere: 'Has preguntado en otro sitio:',
	withoutModel: 'El modelo de lenguaje no responde ahora mismo. Esto es lo que dicen los documentos:',
};
