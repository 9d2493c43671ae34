/** Lo que se dice de las conversaciones propias de una persona, en español. */

import type { history as english } from './english.ts';

export const history: typeof english = {
	heading: 'Tus conversaciones conmigo en todas las plataformas, las últimas primero:',
	none: 'Todavía no tienes ninguna conversación conmigo.',
	how: '«historial abrir NÚMERO» muestra el final de una, «historial renombrar NÚMERO Título nuevo» la llama así solo para ti, «historial borrar NÚMERO» la quita.',
	which: 'Di cuál, por su número: historial abrir 4821903. «historial» las muestra todas.',
	notThere: (number) => `No tienes ninguna conversación ${number}. «historial» muestra las que tienes.`,
	untitled: '(sin título)',
	archived: 'archivada',
	where: {
		direct: (platform) => `chat personal, ${platform}`,
		group: (platform) => `chat de grupo, ${platform}`,
		channel: (platform) => `canal, ${platform}`,
	},
	me: 'Tú',
	assistant: 'Yo',
	somebody: 'Alguien',
	takenBack: '(retirado)',
	empty: 'No se guarda nada de lo que se dijo ahí.',
	newTitle: 'Di cómo se va a llamar: historial renombrar 4821903 Vacaciones de mayo. «predeterminado» le devuelve su propio título.',
	titleTooLong: (most) => `Un título tiene ${most} caracteres como mucho.`,
	renamed: (title) => `Ahora la encuentras como «${title}».`,
	renamedBack: 'Vuelve a tener su propio título.',
	sure: (title, number) =>
		`«${title}» se irá con todo lo que se dijo en ella y con los archivos que compartiste ahí, y no se puede recuperar. Si lo quieres, di: historial borrar ${number} sí`,
	sureShared: (title, number) =>
		`Otras personas participan en «${title}», así que se queda para ellas y solo sale de tu lista. Si lo quieres, di: historial borrar ${number} sí`,
};
