/** Lo que el bot dice en español. What the bot says in Spanish: the same shape as `english.ts`, checked by the compiler and by a test. */

import { administration } from './administration/spanish.ts';
import { alerts } from './alerts/spanish.ts';
import { channel } from './channel/spanish.ts';
import { companyData } from './company-data/spanish.ts';
import { connectors } from './connectors/spanish.ts';
import { digest } from './digest/spanish.ts';
import { docs } from './docs/spanish.ts';
import { documents } from './documents/spanish.ts';
import type { Words } from './english.ts';
import { evaluation } from './evaluation/spanish.ts';
import { files } from './files/spanish.ts';
import { history } from './history/spanish.ts';
import { language } from './language/spanish.ts';
import { limits } from './limits/spanish.ts';
import { link } from './link/spanish.ts';
import { migration } from './migration/spanish.ts';
import { model } from './model/spanish.ts';
import { myData } from './my-data/spanish.ts';
import { queue } from './queue/spanish.ts';
import { recap } from './recap/spanish.ts';
import { sources } from './sources/spanish.ts';
import { sql } from './sql/spanish.ts';
import { sync } from './sync/spanish.ts';
import { tools } from './tools/spanish.ts';
import { web } from './web/spanish.ts';
import { why } from './why/spanish.ts';

const seconds = (value: number) => (value < 60 ? `${value} s` : `${Math.round(value / 60)} min`);
const count = (value: number) => value.toLocaleString('es', { useGrouping: 'always' });

export const spanish: Words = {
	activity: {
		thinking: 'está pensando…',
		resuming: 'se interrumpió y está empezando de nuevo…',
		queued: (position, estimateSeconds) =>
			estimateSeconds === null
				? `está esperando un modelo libre: puesto ${position}`
				: `está esperando un modelo libre: puesto ${position}, unos ${seconds(estimateSeconds)}`,
		loading: (waited) => `está esperando a que se cargue el modelo (lleva ${seconds(waited)}); «para» acaba con la espera`,
		away: (waited) => `está esperando a la máquina del modelo, callada desde hace ${seconds(waited)}; «para» acaba con la espera`,
		silent: (waited) => `está esperando al modelo, ocupado o callado desde hace ${seconds(waited)}; «para» acaba con la espera`,
		paused: (waited) => `está esperando al modelo, parado desde hace ${seconds(waited)}; «para» acaba con la espera`,
	},
	button: {
		stop: 'Parar',
		retry: 'Reintentar',
		helpful: 'Buena respuesta',
		unhelpful: 'Mala respuesta',
	},
	notice: {
		queued: (position, estimateSeconds) =>
			estimateSeconds === null
				? `⏳ Estoy esperando un modelo libre: puesto ${position}.`
				: `⏳ Estoy esperando un modelo libre: puesto ${position}, unos ${seconds(estimateSeconds)}.`,
		working: '💭 Ya es mi turno, estoy pensando…',
		loading: (waited) => `⏳ El modelo se está cargando en memoria, lo que puede tardar minutos: lleva ${seconds(waited)}.`,
		away: (waited) => `⏳ La máquina del modelo no contesta desde hace ${seconds(waited)}. Sigo esperándola.`,
		silent: (waited) => `⏳ El modelo no dice nada desde hace ${seconds(waited)}: está leyendo u ocupado con otros. Sigo esperándolo.`,
		paused: (waited) => `⏳ El modelo se ha parado hace ${seconds(waited)}. Sigo esperándolo.`,
		thinking: '💭 Estoy pensando. Mi respuesta estará aquí.',
		stopped: '⏹️ Parado.',
		interrupted: '⚠️ El modelo se cortó aquí. Pulsa «Reintentar» para tener una respuesta nueva.',
		lengthLimit: '✂️ Una respuesta no puede ser más larga. Pídeme que siga.',
		filesDirectly: '📎 En este sitio no llego a los archivos. Envíamelos en un chat personal.',
	},
	citation: {
		unsupported: '(sin respaldo en la fuente)',
	},
	failure: {
		modelUnavailable: 'Ahora mismo no llego al modelo de lenguaje. No se pierde nada tuyo: pulsa «Reintentar» en un momento.',
		modelMissing: (model) => `El modelo «${model}» no está instalado. Un administrador puede instalarlo con: ollama pull ${model}`,
		modelUnfit: (model) =>
			`El modelo «${model}» no es de los que escriben respuestas, así que da igual la pregunta. Un administrador puede elegir otro (OLLAMA_MODEL).`,
		modelBlind: (model) => `El modelo «${model}» no ve imágenes. Pregunta sin ellas, con palabras.`,
		promptTooLong: 'Esta conversación es demasiado larga para el modelo de lenguaje. Empieza otra con «nuevo» o pide algo más corto.',
		modelRejected: 'El modelo de lenguaje no ha admitido esta pregunta, y ha quedado registrado para los administradores.',
		timeout: 'El modelo de lenguaje ha tardado demasiado. Pulsa «Reintentar» o pide algo más corto.',
		queueFull: 'Ya hay demasiadas preguntas esperando. Vuelve a intentarlo en unos minutos, por favor.',
		emptyAnswer: 'El modelo de lenguaje ha dado una respuesta vacía. Pulsa «Reintentar» o plantea la pregunta de otra manera.',
		internal: 'Algo ha fallado por mi parte y ha quedado registrado. Pulsa «Reintentar».',
		unanswered: 'Algo ha fallado por mi parte y ha quedado registrado. No tengo respuesta para ti: vuelve a preguntar, por favor.',
	},
	undelivered: {
		mayNotPost:
			'No puedo publicar en este canal, así que allí no puedo responderte. Pregúntame por mensaje directo o pide a quienes lo gestionan que me dejen publicar.',
		mayPostNoMore: '⚠️ Ya no puedo publicar aquí, así que falta el resto de esta respuesta.',
		blocked: '⚠️ Las reglas de este servidor han bloqueado mi respuesta.',
		restBlocked: '⚠️ Las reglas de este servidor han bloqueado el resto de esta respuesta.',
		notAccepted: '⚠️ Aquí no se ha aceptado mi respuesta y nadie me ha dicho por qué. Ha quedado registrado.',
		restNotAccepted: '⚠️ Aquí no se ha aceptado el resto de esta respuesta y nadie me ha dicho por qué. Ha quedado registrado.',
		lost: 'No he podido averiguar si mi respuesta ha llegado. Si no la ves, vuelve a preguntar, por favor.',
	},
	refusal: {
		guest: 'Lo siento, solo respondo a miembros de esta empresa. Pregunta a la persona que te invitó, por favor.',
		deactivated: 'Lo siento, esta cuenta está desactivada y no puedo responder.',
		tooLong: (characters, limit) =>
			`Tu mensaje tiene ${count(characters)} caracteres y puedo leer unos ${count(limit)} de este tipo de una vez. Envía uno más corto o divídelo, por favor.`,
		administratorsOnly: (account) =>
			`Eso solo lo pueden hacer los administradores de este bot. Cualquiera de ellos puede darte ese rol; tu cuenta aquí es ${account}.`,
		notYours: 'Solo la persona que preguntó puede usar este botón.',
		askedAgain: 'Ya lo he vuelto a preguntar. La respuesta más nueva tiene su propio botón.',
		questionGone: 'La pregunta se borró, así que no puedo repetirla.',
		answerGone: 'Ya no tengo esta respuesta, así que sus botones no hacen nada. Vuelve a preguntar, por favor.',
		answerOver: 'Ya no hay nada que parar: esta respuesta ha terminado.',
		buttonExpired: 'Este botón tiene más de un día, así que no se ha hecho nada. Vuelve a preguntar.',
		formNotYours: 'Solo puede enviar este formulario la persona a la que se lo mostré. No se ha hecho nada, y ha quedado anotado.',
		formExpired: 'Este formulario tiene más de un día, así que no se ha hecho nada. Usa otra vez el comando para tener uno nuevo.',
	},
	administration,
	channel,
	docs,
	files,
	history,
	limits,
	model,
	myData,
	queue,
	recap,
	documents,
	sources,
	sql,
	sync,
	alerts,
	digest,
	evaluation,
	migration,
	connectors,
	companyData,
	tools,
	web,
	why,
	language,
	link,
	feedback: {
		thanks: 'Gracias, anotado. Puedes cambiar de opinión cuando quieras.',
	},
	app: {
		summary: 'Asistente privado que responde con modelos en nuestras propias máquinas.',
		about: 'Pregunta lo que quieras: un modelo en las máquinas de la empresa escribe la respuesta, y la ves aparecer mientras la escribe.',
		commands: 'Comandos de OpenCCB',
		askAboutMessage: 'Preguntar a OpenCCB',
		takeFiles: 'Añadir a documentos',
		takeFilesAbout: 'Lee los archivos de este mensaje, para que todos los de aquí puedan preguntar por ellos.',
	},
	command: {
		help: {
			talking: [
				'Mencióname en un canal o escríbeme directamente, y respondo ahí.',
				'En una conversación en la que participo no hace falta volver a mencionarme, si la plataforma me deja oírla.',
				'Di «para» o pulsa Parar, y paro al momento.',
			].join('\n'),
			commands: 'Comandos, desde el menú de comandos o mencionándome con la palabra:',
		},
		about: {
			help: 'cómo hablar conmigo',
			new: 'olvidar lo dicho aquí y empezar de cero',
			stop: 'parar mis respuestas para ti en este sitio',
			status: 'cómo estoy',
			quota: 'lo que puedes usar y cuánto te queda',
			model: 'ver qué modelo responde y elegir otro',
			channel: 'qué vale en este canal, como a qué respondo, cuándo, y qué archivos leo',
			shh: 'guardar silencio en este hilo hasta que se me mencione',
			docs: 'ver los documentos que puedes leer, y olvidar los que compartiste',
			sources: 'en qué se basa mi última respuesta aquí',
			why: 'qué pasó con tu último mensaje de aquí, y por qué',
			summarize: 'resumir este hilo, o lo último que se dijo en este canal, solo para ti',
			catchup: 'lo que te has perdido en este canal, solo para ti',
			history: 'ver, abrir, renombrar y borrar tus conversaciones conmigo',
			'my-data': 'llevarte o borrar todo lo que guardo de ti',
			lang: 'elegir el idioma en que te hablo',
			web: 'usarme en tu navegador',
			sql: 'preguntar a las bases de datos de la empresa y ver cuáles hay',
			link: 'vincular tus cuentas de varias plataformas',
			unlink: 'sacar esta cuenta del vínculo',
			queue: 'ver, pausar o vaciar la cola de los modelos',
			admin: 'personas, roles y límites',
			audit: 'leer lo que alguien me dijo, dejando constancia',
		},
		arguments: {
			model: {
				model: { name: 'modelo', about: 'cuál; nada para ver los que hay' },
				scope: { name: 'alcance', about: 'para esta conversación, para mí o para todo lo que se pregunta aquí' },
			},
			channel: {
				what: { name: 'qué', about: 'qué se decide; ver o nada para ver qué vale' },
				value: { name: 'valor', about: 'activar, desactivar, predeterminado, o lo que le corresponda' },
				count: { name: 'cuánto', about: 'para caducidad y conservación días, para presupuesto tokens al día' },
				hours: { name: 'horas', about: 'para silencio: de cuándo a cuándo, como 22:00-07:00' },
				zone: { name: 'zona', about: 'para silencio: la zona horaria, como Europe/Madrid' },
				since: { name: 'desde', about: 'el primer día al que llega anteriores, como 2026-01-31' },
				scope: { name: 'alcance', about: 'general, para todos los canales de aquí' },
				model: { name: 'modelo', about: 'para modelo: su nombre' },
			},
			docs: {
				action: { name: 'acción', about: 'lista, ver, incorporar, descartar, olvidar; para administradores publicar o retirar' },
				days: { name: 'días', about: 'para publicar: a los cuántos días se marca como antiguo' },
				which: { name: 'cuál', about: 'su número o su nombre' },
			},
			summarize: { what: { name: 'qué', about: 'hilo, canal o el enlace a un mensaje de allí; nada para donde estás' } },
			catchup: { since: { name: 'desde', about: 'desde cuándo, como 8 horas, 3 días, ayer o 2026-11-30; nada para un día' } },
			history: {
				action: { name: 'acción', about: 'lista, abrir, renombrar o borrar; nada para la lista' },
				number: { name: 'número', about: 'su número en la lista' },
				rest: { name: 'resto', about: 'para renombrar, el título nuevo; para borrar, «sí»' },
			},
			'my-data': { action: { name: 'acción', about: 'exportar o borrar; nada para ver qué hacen' } },
			sql: {
				action: {
					name: 'acción',
					about: 'lista, guardadas, preguntar, porqué, registro; administradores: añadir, probar, aprobar, revocar',
				},
				which: { name: 'cuál', about: 'una base de datos o una pregunta guardada; para registro, de quién' },
				more: { name: 'más', about: 'para preguntar, los valores, como ciudad=Valencia; para probar o registro, el motivo' },
			},
			lang: { language: { name: 'idioma', about: 'inglés, español o automático; nada para ver cuál es' } },
			link: { code: { name: 'código', about: 'el código que te di en la otra plataforma; nada para pedir uno' } },
			web: {
				code: { name: 'código', about: 'el código que muestra tu navegador; nada para pedir un enlace' },
				sure: { name: 'seguro', about: 'sí, cuando hayas leído qué navegador es' },
			},
			queue: { action: { name: 'acción', about: 'ver, pausar, reanudar o vaciar' } },
			admin: { order: { name: 'orden', about: 'qué hacer; nada para ver todo lo que se puede hacer' } },
			audit: {
				who: { name: 'quién', about: 'los mensajes de quién: una cuenta o un nombre' },
				count: { name: 'cuántos', about: 'cuántos de los últimos' },
				why: { name: 'motivo', about: 'el motivo, con dos palabras o más; queda guardado' },
			},
		},
		form: { submit: 'Adelante', cancel: 'Cancelar', needed: 'Esto hace falta.' },
		cut: (shown, all) => `(Aquí caben ${shown} de ${all}.)`,
		directOnly: 'Pídemelo en nuestro chat personal, donde nadie más pueda leer la respuesta.',
		asked: 'Respondo debajo de este mensaje.',
		misread: (examples) => `No entiendo eso. Se puede decir así: ${examples}`,
		nothingBehind: (name) => `«${name}» no lleva nada detrás, así que no se ha hecho nada. Si es lo que quieres, di solo «${name}».`,
		unknown: (name) => `No conozco el comando «${name}».`,
		meant: (name, usage) => `¿Querías decir «${name}»? Se dice así: ${usage}. «ayuda» muestra todos los que hay.`,
		fresh: 'Hecho. Con tu próximo mensaje aquí empiezo de cero.',
		stopped: (replies) => (replies === 1 ? 'He parado una respuesta.' : `He parado ${replies} respuestas.`),
		nothingToStop: 'No estoy escribiendo nada para ti aquí.',
		status: (facts) =>
			`Modelo ${facts.model} en ${facts.hostsUp} de ${facts.hosts} servidores. Escribiendo ${facts.writing} respuestas, ${facts.waiting} en espera.`,
		statusProblem: (problem) => `⚠️ ${problem}`,
		statusFine: '✅ Todo funciona.',
		version: (version, commit) => `OpenCCB ${version}, en el commit ${commit}`,
		cacheAway: 'La caché compartida no responde: por ahora voy más despacio.',
	},
	greeting: 'Hola, soy OpenCCB. Pregúntame lo que quieras: responde un modelo en las máquinas de la propia empresa. Por ejemplo:',
	prompts: [
		{ title: '¿Qué sabes hacer?', message: '¿En qué me puedes ayudar?' },
		{
			title: 'Escribir un correo',
			message: 'Ayúdame a escribir un correo breve y amable a un proveedor para pedirle una fecha de entrega.',
		},
		{ title: 'Explicar fácil', message: 'Explica en tres frases qué es una orden de compra.' },
		{ title: 'Preparar una reunión', message: 'Prepara el orden del día de una reunión de arranque de proyecto de 30 minutos.' },
	],
};
