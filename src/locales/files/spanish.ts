/** Lo que se dice de los archivos que la gente comparte, en español. Delante va el nombre del archivo y dos puntos. */

import type { files as english } from './english.ts';

const passages = (count: number) => (count === 1 ? '1 pasaje' : `${count.toLocaleString('es')} pasajes`);

const counted = (count: number) => (count === 1 ? '1 archivo' : `${count} archivos`);

const summary = ({ found, taken, refused }: { found: number; taken: number; refused: number }) =>
	`${counted(found)} en total, ${taken} nuevos, ${refused} no incorporados${refused === 0 ? '' : ' (demasiado grandes, fuera de mi alcance o de personas cuyos archivos no incorporo)'}.`;

export const files: typeof english = {
	ask: (names) =>
		`Has compartido ${names} aquí. Dime aquí «documentos incorporar» si puedo leerlo, para que todos los de aquí puedan preguntarme por ello, o «documentos descartar» si no.`,
	askedAbout: (count) => `Te he preguntado por ${counted(count)}: di «documentos incorporar» o «documentos descartar».`,
	taken: (count) => (count === 0 ? 'Aquí no hay ningún archivo por el que te haya preguntado.' : `Estoy leyendo ${counted(count)}.`),
	left: (count) => (count === 0 ? 'Aquí no hay ningún archivo por el que te haya preguntado.' : `Dejo ${counted(count)} como está.`),
	offer: {
		nothing: 'En este mensaje no hay ningún archivo que yo pueda leer.',
		known: (count) => (count === 1 ? 'Ese archivo ya lo tengo.' : `De este mensaje ya tengo ${counted(count)}.`),
		elsewhere: 'Solo incorporo archivos de donde tú y yo participamos. Añádeme aquí antes, o envíame tú el archivo.',
		off: 'Los archivos que se comparten aquí no se leen. Eso solo lo cambian los administradores de este bot, con «canal incorporar».',
		'sharer-decides': 'Aquí decide sobre un archivo quien lo compartió: pídele que elija esto en el menú de su mensaje.',
	},
	backfill: {
		begun: 'Estoy repasando lo que se compartió aquí antes. Una línea aquí dice por dónde voy; «canal incorporar parar» lo termina.',
		running: 'Ya estoy repasando lo que se compartió aquí antes. «canal incorporar parar» lo termina.',
		unlisted:
			'No puedo ver lo que se compartió aquí antes: la plataforma no me lo dice. En los canales de Teams hace falta el ajuste TEAMS_GRAPH.',
		unread: 'Los archivos que se comparten aquí no se leen, o no sin preguntar. Di antes «canal incorporar activar».',
		stopped: 'He parado. Lo que he incorporado hasta ahora se queda.',
		notRunning: 'Aquí no estoy repasando nada.',
		line: {
			running: ({ found, taken }) =>
				`🗂️ Estoy repasando lo que se compartió aquí antes: ${counted(found)} hasta ahora, ${taken} de ellos nuevos.`,
			done: (counts) => `🗂️ He repasado lo que se compartió aquí antes: ${summary(counts)}`,
			stopped: (counts) => `🗂️ He dejado de repasar lo que se compartió aquí antes: ${summary(counts)}`,
			lost: (counts) => `🗂️ Ya no puedo repasar este sitio, así que he parado: ${summary(counts)}`,
			failed: (counts) =>
				`🗂️ Algo ha fallado por mi lado, y ha quedado registrado: ${summary(counts)} Di «canal incorporar anteriores» más tarde; lo que ya está no se incorpora dos veces.`,
		},
	},
	here: {
		on: 'Los archivos que se comparten aquí se leen, para que todos los de aquí puedan preguntarme por ellos.',
		off: 'Los archivos que se comparten aquí no se leen.',
		ask: 'De los archivos que se comparten aquí pregunto a quien los comparte, y leo los que puedo.',
	},
	personalAlways: 'En nuestro chat personal leo todos los archivos que me envías, y nadie más los encuentra.',
	administratorsDecide: 'Eso solo lo deciden los administradores de este bot, para todos los que leen aquí.',
	waiting: 'recibido, lo leo enseguida',
	reading: 'lo estoy leyendo',
	indexing: (count) => `lo estoy indexando, ${passages(count)} hasta ahora`,
	indexed: (count) => `indexado: ${passages(count)}`,
	partly: (count) => `indexado hasta donde se puede leer: ${passages(count)}`,
	unread: {
		password: 'no leído, porque pide una contraseña. Guarda una copia sin ella y comparte esa.',
		corrupt: 'no leído, porque está dañado o no es lo que dice su nombre. Ábrelo, guárdalo otra vez y compártelo.',
		'too-large': 'no leído, porque es demasiado grande. Compártelo por partes o sin sus imágenes.',
		timeout: 'no leído, porque tardaba demasiado. Compártelo por partes o guárdalo como PDF.',
		'no-text': 'no leído, porque no contiene texto, como un escaneo o una foto. Guárdalo con texto reconocido (OCR) y compártelo.',
		empty: 'no leído, porque está vacío. Revísalo y compártelo otra vez.',
		'type-mismatch': 'no leído, porque es otra cosa de lo que dice su nombre. Dale la extensión correcta y compártelo otra vez.',
		unsupported: 'no leído, porque no conozco este tipo de archivo. Guárdalo como PDF, Word, Excel o texto y compártelo.',
		quarantine: 'apartado, porque parece contener una contraseña, una clave o un número de tarjeta. Quítalo y compártelo otra vez.',
		gone: 'no leído, porque ya no llego a él. Compártelo otra vez si aún hace falta.',
		'upload-size': 'no leído, porque es mayor que los archivos que puedes darme. «cuota» dice hasta qué tamaño.',
		'upload-count': 'no leído, porque ya me has dado todos los archivos que puedes en un día. «cuota» dice cuándo podrás de nuevo.',
		unavailable: 'no leído, porque algo ha fallado por mi lado, y ha quedado registrado. Compártelo otra vez más tarde.',
		'too-many': 'no leído, porque había demasiados archivos con la pregunta. Pregúntame por él en otro mensaje.',
		'too-many-pictures': 'no mirada, porque había demasiadas imágenes con la pregunta. Pregúntame por ella en otro mensaje.',
		'picture-size': 'no mirada, porque la imagen es demasiado grande. Comparte una copia más pequeña.',
	},
	sign: (count) => (count === 1 ? 'está leyendo el archivo…' : 'está leyendo los archivos…'),
	nameless: 'archivo',
	together: (names, more) => `${names}${more === 0 ? '' : ` y ${more} más`}, en cada caso`,
	damaged: 'leído hasta donde se podía: hay partes dañadas, o demasiadas.',
	inParts: 'demasiado largo para leerlo entero, así que he leído lo que mejor encaja con la pregunta.',
	unseen: (model, seeing) =>
		`🖼️ ${model} no ve imágenes, así que esta respuesta se da sin ellas.${seeing === null ? '' : ` Elige «modelo ${seeing}» y pregunta otra vez.`}`,
	onlyUnseen: (model, seeing) =>
		`🖼️ ${model} no ve imágenes. ${seeing === null ? 'Dime con palabras qué quieres saber.' : `Elige «modelo ${seeing}» y compártela otra vez.`}`,
};
