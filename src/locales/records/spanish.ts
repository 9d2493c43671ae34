/** Lo que se dice a los administradores de los registros que se llevan como archivos, en español. */

import type { records as english } from './english.ts';

export const records: typeof english = {
	name: { audit: 'El registro', feedback: 'Los casos de respuestas mal valoradas', shown: 'Lo que la gente os enseña de sus respuestas' },
	comment: (name, rows, isCut) =>
		`${name}: ${rows === 1 ? '1 fila' : `${rows.toLocaleString('es')} filas`}, lo más nuevo primero.${isCut ? ' Hay más, anteriores, que no caben.' : ''}`,
	columns: {
		audit: ['número', 'hora', 'por', 'quién', 'orden', 'resultado', 'a quién', 'detalles'],
		feedback: ['caso', 'hora', 'estado', 'valorado por', 'preguntado por', 'tiene motivo', 'tiene', 'no tiene', 'decidido', 'decidido por'],
		shown: ['hora', 'quién', 'valoración', 'motivo', 'pregunta', 'respuesta'],
	},
	brought: 'El archivo está en tu chat personal.',
	offered: 'En tu chat personal te pregunto dónde va el archivo.',
	unreached:
		'Solo llevo archivos a chats personales, y no conozco ninguno tuyo que los admita: escríbeme antes en Slack, Discord o Teams con una cuenta enlazada a esta.',
	inChatAlone: 'Los archivos llegan a un chat personal: da esta orden en el chat.',
};
