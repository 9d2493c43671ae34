/** El resumen semanal de lo que se preguntó en vano en un canal, en español. Las palabras de las preguntas llegan como una lista con comas. */

import type { digest as english } from './english.ts';

const questions = (count: number) => (count === 1 ? '1 pregunta' : `${count} preguntas`);

export const digest: typeof english = {
	heading: 'Lo que no supe responder bien en tu canal esta semana:',
	headingHere: 'Lo que no supe responder bien aquí esta semana:',
	topic: (words, { questions: asked, people, foundNothing, calledWrong }) => {
		const nothing = foundNothing === 0 ? [] : [`${foundNothing} sin encontrar nada`];
		const wrong = calledWrong === 0 ? [] : [`${calledWrong} con una respuesta que se llamó incorrecta`];
		return `${words}: ${questions(asked)} de ${people} personas; ${[...nothing, ...wrong].join(', ')}. Añade un documento sobre ello.`;
	},
	others: (count) => `No se enseñan ${questions(count)} de menos de tres personas sobre lo mismo, para que no se reconozca a nadie.`,
	what: 'Comparte un archivo aquí o en mi chat personal y lo leo; «documentos» enseña lo que tengo.',
	done: (count) =>
		count === 1
			? 'Estoy mirando 1 canal. Su resumen llega si allí se preguntó algo en vano.'
			: `Estoy mirando ${count} canales. Sus resúmenes llegan donde se preguntó algo en vano.`,
	none: 'Ningún canal recibe un resumen: «canal resumen activar» lo activa allí.',
	inChatAlone: 'Lo que publica resúmenes es parte del programa en marcha: da esta orden en el chat.',
	standing: {
		here: 'Una vez por semana publico aquí lo que no supe responder bien, sin nombres ni preguntas.',
		private: 'Una vez por semana cuento a quien administra lo que no supe responder bien aquí, sin nombres ni preguntas.',
	},
	notPersonal: 'Un resumen trata de un canal o un grupo con varias personas.',
};
