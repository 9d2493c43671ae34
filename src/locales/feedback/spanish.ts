/** Lo que se dice a quienes administran sobre respuestas que alguien llamó incorrectas, en español. */

import type { feedback as english } from './english.ts';

const documents = (count: number) => (count === 1 ? '1 documento' : `${count} documentos`);

export const feedback: typeof english = {
	none: 'Nadie ha llamado incorrecta una respuesta con fuentes, y no hay ningún caso aceptado.',
	candidates:
		'Respuestas que alguien llamó incorrectas. «feedback show NÚMERO» enseña una, y queda registrado; después acéptala o recházala:',
	accepted: 'Aceptadas: `npm run eval` vuelve a preguntarlas:',
	line: (number, at, about, hasReason) => `#${number}: ${at}, ${documents(about)}${hasReason ? ', con un motivo' : ''}`,
	row: {
		question: 'Pregunta',
		answer: 'Respuesta',
		reason: 'Por qué está mal',
		why: 'Por qué',
		model: 'Modelo',
		date: 'Fecha',
		found: 'Pasajes que se encontraron',
		cited: 'Pasajes que cita',
		with: 'Una respuesta correcta tiene',
		without: 'Una respuesta correcta no tiene',
	},
	nothing: 'ninguno',
	noneShown: 'Nadie ha mostrado una pregunta con su respuesta.',
	shownToYou: 'Preguntas y respuestas que quienes las hicieron muestran a quienes administran:',
	by: (person) => `de ${person}`,
	whyRead: (number) => `opinión sobre el caso ${number}`,
	shown: (number, person) => `Caso n.º ${number}, pregunta de ${person}; queda registrado:`,
	acceptedNow: (number) => `El caso n.º ${number} está aceptado: \`npm run eval\` vuelve a preguntarlo desde ahora.`,
	rejectedNow: (number) => `El caso n.º ${number} está rechazado.`,
	noCase: (number) => `No hay ningún caso n.º ${number}: quizá se fue con su pregunta o su documento. «feedback list» enseña los que hay.`,
	noDocument: (number) =>
		`No conozco ningún documento #${number} que pueda leer toda la empresa. Una evaluación no lee otros; «documentos publicar» hace uno de él.`,
	inChatAlone: 'Lo que dijo la gente se enseña a quienes administran solo en el chat, y queda registrado.',
	expect:
		'Di qué se espera: números de documentos como los enseña «documentos», with "palabras que tiene una respuesta correcta", without "palabras que no tiene", o nothing donde lo correcto es no encontrar nada.',
};
