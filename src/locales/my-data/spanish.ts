/** Lo que se dice de todo lo que se guarda de una persona, en español. */

import type { myData as english } from './english.ts';

export const myData: typeof english = {
	what: [
		'«mis-datos exportar» te da todo lo que guardo de ti, en un archivo, aquí donde nadie más lo ve.',
		'«mis-datos borrar» lo borra: lo que preguntaste y lo que respondí, los archivos que compartiste, tus valoraciones, títulos y sesiones. Antes te pregunto.',
	].join('\n'),
	exporting: 'Estoy reuniendo todo lo que guardo de ti. Llegará aquí en un archivo dentro de un momento.',
	offering: 'Estoy reuniendo todo lo que guardo de ti. Dentro de un momento te pregunto aquí en qué lugar de tus archivos lo quieres.',
	noFiles:
		'Esta plataforma no acepta archivos míos. Dime «mis-datos exportar» en Slack o Discord con una cuenta vinculada, o pídelo a un administrador.',
	about: 'Todo lo que OpenCCB guarda de ti, por tablas. Las horas son UTC.',
	part: (part, parts) => (parts === 1 ? 'Todo lo que guardo de ti.' : `Todo lo que guardo de ti, parte ${part} de ${parts}.`),
	notExported: 'No he podido traerte el archivo con todo lo que guardo de ti. Pídelo otra vez, o avisa a un administrador.',
	deleting: 'Lee el mensaje con el botón: no se borra nada antes de que lo pulses.',
	sure: (minutes) =>
		[
			'⚠️ Esto borra todo lo que guardo de ti, de todas tus cuentas vinculadas, y nadie lo puede recuperar: tus preguntas y mis respuestas, tus conversaciones, los archivos que compartiste y lo que se publicó de ellos, tus valoraciones, títulos, elecciones y sesiones en la web.',
			'Lo que está en el propio chat se queda ahí, y lo que dijeron otras personas también. Queda una entrada vacía, para que los bloqueos y los límites sigan valiendo.',
			`El botón funciona una vez, durante ${minutes} minutos.`,
		].join('\n'),
	button: 'Borrarlo todo',
	begun: 'Se está borrando. Te aviso aquí cuando termine.',
	erased: '✅ Todo lo que guardaba de ti está borrado. Lo que me digas desde ahora es nuevo.',
	notErased:
		'⚠️ No se ha podido borrar todo lo que guardo de ti. Ha quedado registrado; avisa a un administrador, o di otra vez «mis-datos borrar».',
	fileRefused: {
		unknown: 'Ya no sé nada de este archivo. Di otra vez «mis-datos exportar».',
		'not-yours': 'Solo puede llevarse este archivo la persona a la que se lo ofrecí. No se ha hecho nada, y ha quedado anotado.',
		used: 'Ya te llevaste este archivo. Di «mis-datos exportar» para tener otro.',
		expired: 'Esta oferta ha caducado, así que no se ha hecho nada. Di otra vez «mis-datos exportar».',
	},
	refused: {
		unknown: 'Ya no sé nada de este botón. Di otra vez «mis-datos borrar».',
		'not-yours': 'Solo puede confirmarlo la persona a la que pregunté. No se ha hecho nada, y ha quedado anotado.',
		used: 'Eso ya lo confirmaste. No se ha hecho nada más.',
		expired: 'Este botón ha caducado, así que no se ha hecho nada. Di otra vez «mis-datos borrar».',
	},
};
