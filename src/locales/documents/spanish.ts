/** Lo que se dice de los documentos en español. */

import type { documents as english } from './english.ts';

export const documents: typeof english = {
	page: (number) => `página ${number}`,
	slide: (number) => `diapositiva ${number}`,
	nothingFound: 'No he encontrado nada sobre eso en los documentos que puede leer todo el mundo aquí.',
	nothingFoundForYou: 'No he encontrado nada sobre eso en los documentos que puedes leer.',
	withoutModel: 'El modelo de lenguaje no responde ahora mismo. Esto es lo que dicen los documentos:',
};
