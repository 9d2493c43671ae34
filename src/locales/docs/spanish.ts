/** Lo que se dice de los documentos que la gente lista, mira, olvida y publica, en español. Los nombres llegan como texto que se puede mostrar. */

import type { docs as english } from './english.ts';

const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count.toLocaleString('es')} ${many}`);

const size = (bytes: number) =>
	bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toLocaleString('es', { maximumFractionDigits: 1 })} MB`;

export const docs: typeof english = {
	heading: {
		here: 'Documentos que se han compartido aquí, primero los más recientes:',
		everywhere: 'Documentos en los que pueden basarse mis respuestas para ti aquí, primero los más recientes:',
	},
	none: {
		here: 'Aquí no hay ningún documento que puedas leer. Comparte aquí un archivo y lo leo, donde eso esté activado.',
		everywhere: 'No hay ningún documento que puedas leer. Envíame aquí un archivo y lo leo solo para ti.',
	},
	how: '«documentos ver NÚMERO» dice más de uno, «documentos olvidar NÚMERO» quita uno que compartiste tú.',
	which: 'Di cuál, por su número o su nombre: documentos ver 4821903, o documentos ver «plan.pdf».',
	notThere: (typed) => `No conozco ningún documento «${typed}» con el que puedas hacer eso. «documentos» muestra los que puedes leer.`,
	several: 'Puede tratarse de varios. Di el número del que quieres decir:',
	nameless: '(sin nombre)',
	row: {
		number: 'Número',
		place: 'Dónde',
		sharedBy: 'Compartido por',
		date: 'Fecha',
		stale: 'Antiguo tras',
		state: 'Estado',
		link: 'Enlace',
	},
	place: { here: 'aquí', direct: 'tu chat personal conmigo', group: 'un chat de grupo', channel: 'un canal', company: 'toda la empresa' },
	alsoCompany: 'publicado para toda la empresa',
	asked: 'a la espera de lo que digas: «documentos incorporar» o «documentos descartar», dicho donde lo compartiste',
	unread: 'no leído',
	older: 'versión anterior, no se busca en ella',
	forgotten: (name) => `He olvidado «${name}» allí.`,
	liesElsewhere: 'El mismo contenido está también en otro sitio, así que sus pasajes se quedan para quienes pueden leer allí.',
	gone: (passages, vectors, bytes) =>
		`No estaba en ningún otro sitio. Desde ahora nadie lo encuentra, y se está borrando todo: ${counted(passages, 'pasaje', 'pasajes')}, ${counted(vectors, 'vector', 'vectores')} y el propio archivo (${size(bytes)}).`,
	quoted: (answers, summaries) =>
		`Se borra lo que yo guardaba de las respuestas que se basaron en él: ${counted(answers, 'respuesta', 'respuestas')}${summaries === 0 ? '' : `, ${counted(summaries, 'resumen de conversación', 'resúmenes de conversaciones')}`}, y lo que dije allí después. Lo que está en el chat sigue allí hasta que alguien lo borre.`,
	neverQuoted: 'Ninguna respuesta mía se basó en él.',
	comesAgain: 'Viene de una carpeta o de un bucket. Mientras siga allí, vuelve la próxima vez que se recorra.',
	onlyAdministrators: 'Solo los administradores de este bot publican documentos para toda la empresa, o los retiran.',
	published: (name, staleAfterDays) =>
		`Desde ahora toda la empresa puede preguntarme por «${name}». Cuando se borre de donde se compartió, o haya allí una versión más nueva, eso termina.${staleAfterDays === null ? '' : ` Se marca como antiguo tras ${counted(staleAfterDays, 'día', 'días')}.`}`,
	staleAfter: (days) => counted(days, 'día', 'días'),
	notPublished: (name) => `«${name}» no se puede publicar: ya está publicado, no es la versión más reciente o no está leído.`,
	withdrawn: (name) => `«${name}» ya no es para toda la empresa, solo para quienes leen donde se compartió.`,
	takenBack: (name, number) =>
		`«${name}», que estaba publicado para toda la empresa, tiene una versión más nueva donde se compartió. Nadie la ha revisado, así que ninguna de las dos es ya para toda la empresa. Para publicar la nueva, escríbeme allí: documentos publicar ${number}.`,
	wasNotPublished: (name) => `«${name}» no estaba publicado desde ningún canal.`,
};
