/** Lo que se dice de los resúmenes de lo que la gente dijo, en español. */

import type { recap as english } from './english.ts';

const count = (value: number) => value.toLocaleString('es');

export const recap: typeof english = {
	summarize: {
		thread: 'Resume lo que se ha dicho en este hilo.',
		channel: 'Resume lo que se ha dicho aquí.',
	},
	catchup: 'Dime qué me he perdido aquí.',
	asked: 'Me has preguntado:',
	message: 'este mensaje',
	thread: 'este hilo',
	shown: {
		catchup: (since, message) => `Las novedades desde ${since} hasta ${message}`,
		thread: (thread) => `Un resumen de ${thread}`,
		channel: (message) => `Un resumen de lo que se dijo hasta ${message}`,
	},
	elsewhere: 'Te contesto en nuestro chat personal, donde nadie más lo lee.',
	noChat: 'No puedo escribirte en un chat personal, y aquí la respuesta la leerían otros. Escríbeme allí primero.',
	notThere: 'En ese sitio no hay nada que puedas leer ahora. Si te acaban de dejar entrar, vuelve a pedirlo en un minuto.',
	nothing: 'Que yo vea, allí no se ha dicho nada en ese tiempo.',
	unreadable: 'La plataforma no me deja leer allí ahora mismo. Vuelve a pedirlo en un minuto, o díselo a un administrador si sigue así.',
	noLink: 'Eso no es un enlace a un mensaje de esta plataforma.',
	noTime:
		'No entiendo desde cuándo. Se puede decir así: novedades · novedades 8 horas · novedades 3 días · novedades ayer · novedades 2026-11-30',
	nothingMissed: 'Aquí solo hablamos tú y yo. Di «novedades» en un canal y te cuento aquí lo que te has perdido allí.',
	onlyHeard: 'ℹ️ En este sitio solo sé lo que se me dijo en conversaciones en las que participas, y no lo que la gente se dijo entre sí.',
	cut: (read: number) => `✂️ En ese tiempo se dijo más: solo he leído los ${count(read)} mensajes más recientes.`,
	withoutModel: 'Los mensajes más recientes son estos:',
	nothingCited: 'El modelo no ha escrito nada que pueda atribuir a un mensaje. Pulsa «Reintentar» para otra respuesta.',
};
