/** Lo que se dice a los administradores de lo que dicen en todos los canales a la vez, en español. */

import type { broadcast as english } from './english.ts';

const canales = (count: number) => (count === 1 ? '1 canal' : `${count} canales`);

export const broadcast: typeof english = {
	asked: (count) => `En tu chat personal te enseño lo que iría a ${canales(count)}. No se publica nada hasta que pulses ahí el botón.`,
	preview: (text, named, more, minutes) =>
		[
			'Publicaría esto, una vez:',
			text,
			`Iría a ${named}${more === 0 ? '' : ` y ${more} más`}. El botón vale durante ${minutes} minutos.`,
		].join('\n\n'),
	begin: (count) => `Publicar en ${canales(count)}`,
	begun: 'Se está publicando, canal por canal. Te aviso aquí cuando esté.',
	stop: 'Parar',
	stopped: 'No llega a ningún canal más.',
	ended: (posted, refused, unknown, waiting) =>
		[
			`Publicado en ${canales(posted)}.`,
			...(refused === 0 ? [] : [`En ${canales(refused)} no se pudo: ahí no me dejan hablar.`]),
			...(unknown === 0 ? [] : [`De ${canales(unknown)} no lo sé: no se envía otra vez.`]),
			...(waiting === 0 ? [] : [`Parado antes de ${canales(waiting)}.`]),
		].join(' '),
	over: 'Eso ya terminó, o el botón caducó. No se ha hecho nada.',
	notYours: 'Solo puede hacerlo el administrador que lo pidió. No se ha hecho nada, y queda anotado.',
	length: (most) => `Lo que se dice a todos tiene ${most} caracteres como mucho.`,
	inChatAlone: 'Lo que se dice a todos se enseña antes: da esta orden en el chat.',
	refused: {
		off: 'En esta instalación no se envían mensajes a todos los canales (OPENCCB_BROADCAST).',
		nowhere: 'No conozco ningún canal en el que pueda hablar.',
		unreached: 'No conozco ningún chat personal tuyo en el que enseñártelo antes: escríbeme ahí.',
	},
};
