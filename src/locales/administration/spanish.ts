/** What administrators are told in Spanish. */

import { digest } from '../digest/spanish.ts';
import { evaluation } from '../evaluation/spanish.ts';
import { feedback } from '../feedback/spanish.ts';
import { count, duration } from '../limits/amounts.ts';
import type { administration as english } from './english.ts';

const people = (number: number) => (number === 1 ? '1 persona' : `${number} personas`);

export const administration: typeof english = {
	help: {
		heading: 'Lo que pueden hacer los administradores:',
		legend: (limits) =>
			[
				'PERSONA es una cuenta como slack:T0123:U0123, o un nombre; entre comillas si siguen otras palabras.',
				`LÍMITE es uno de ${limits}.`,
			].join('\n'),
	},
	usage: {
		help: 'help: esta lista',
		grant: 'grant PERSONA ROL: da un rol',
		revoke: 'revoke PERSONA: se lo retira',
		deactivate: 'deactivate PERSONA: le cierra el acceso en todas partes',
		activate: 'activate PERSONA: se lo devuelve',
		who: 'who PERSONA: cuentas, rol y límites',
		roles: 'roles: todos, y quién los recibe',
		'role-create': 'role create NOMBRE [rank NÚMERO]: crea un rol; cuenta el rango más alto',
		'role-drop': 'role drop NOMBRE: quita un rol que nadie tiene',
		map: 'map PLATAFORMA:ORGANIZACIÓN:GRUPO ROL: quien está en el grupo tiene el rol',
		unmap: 'unmap PLATAFORMA:ORGANIZACIÓN:GRUPO: ya no',
		admit: 'admit PERSONA ROL, o admit guests|strangers PLATAFORMA:ORGANIZACIÓN ROL: deja entrar',
		dismiss: 'dismiss PERSONA, o dismiss guests|strangers PLATAFORMA:ORGANIZACIÓN: ya no',
		'account-add': 'account add NOMBRE [NOMBRE COMPLETO]: una cuenta con contraseña; da un enlace para elegirla',
		'account-reset': 'account reset NOMBRE: da un enlace para elegir otra contraseña',
		'account-factor': 'account factor NOMBRE: quita un segundo factor perdido',
		limit: 'limit ROL|PERSONA LÍMITE NÚMERO|none|standard: cuánto pueden usar; listas con comas',
		match: 'match PLATAFORMA:ORGANIZACIÓN DOMINIO[,DOMINIO]|off: misma dirección, misma persona',
		jobs: 'jobs: lo que he dejado para luego, y lo que ha fallado',
		'jobs-retry': 'jobs retry ID: vuelve a intentar uno que falló',
		'jobs-drop': 'jobs drop ID: lo da por perdido',
		ingest: 'ingest [status]: archivos que están entrando, y los atascados',
		'ingest-retry': 'ingest retry NÚMERO|all: vuelve a intentar lo que falló',
		'ingest-quarantine': 'ingest quarantine: archivos que parecen contener secretos',
		'ingest-release': 'ingest release NÚMERO: saca un archivo de ella, tenga lo que tenga',
		'ingest-delete': 'ingest delete NÚMERO: borra uno para siempre',
		'models-embed': 'models embed [NOMBRE|default|cancel|switch]: el modelo de los vectores, y cambiarlo',
		feedback: 'feedback: respuestas con 👎, y los casos que salieron',
		'feedback-show': 'feedback show NÚMERO: una de ellas; queda registrado',
		'feedback-shown': 'feedback shown: lo que la gente os muestra',
		'feedback-accept': 'feedback accept NÚMERO [DOCUMENTO…] [with|without "PALABRAS"] [nothing]: para `npm run eval`',
		'feedback-reject': 'feedback reject NÚMERO: la descarta',
		'digest-now': 'digest now: publica ya los resúmenes',
		evaluate: 'evaluate: vuelve a preguntar los casos aceptados',
		log: 'log [NÚMERO]: últimas entradas del registro',
	},
	fields: {
		person: { label: 'Persona', hint: 'Una cuenta como slack:T0123:U0123, o un nombre.' },
		role: { label: 'Rol', hint: '«admin roles» enseña los que hay.' },
		rank: { label: 'Rango', hint: 'Un número del 1 al 999; de varios roles que alguien reciba cuenta el más alto.' },
		group: { label: 'Grupo', hint: 'Algo como slack:T0123:S0123.' },
		whom: { label: 'A quién', hint: 'Una cuenta o un nombre, o «guests» o «strangers» y una organización, como guests slack:T0123.' },
		target: { label: 'El límite de quién', hint: 'Un rol, una cuenta como slack:T0123:U0123, o un nombre.' },
		limit: { label: 'Qué límite', hint: 'Lo que se cuenta o se mide.' },
		value: { label: 'Cuánto', hint: 'Un número, o nombres con comas para models y tools, o none, o standard.' },
		tenant: { label: 'Espacio de trabajo, organización o servidor', hint: 'Algo como slack:T0123.' },
		domains: { label: 'Dominios', hint: 'Algo como example.com, example.org; o bien off.' },
		file: { label: 'Número del archivo', hint: 'Lo enseñan «admin ingest» y «admin ingest quarantine».' },
		model: { label: 'Modelo', hint: 'Algo como bge-m3; tiene que estar instalado.' },
		case: { label: 'Número del caso', hint: 'Lo enseña «admin feedback».' },
		documents: {
			label: 'Documentos',
			hint: 'Números de documentos de toda la empresa que se deberían encontrar, como los enseña «documentos».',
		},
		with: { label: 'Tiene', hint: 'Palabras que tiene una respuesta correcta.' },
		without: { label: 'No tiene', hint: 'Palabras que no tiene una respuesta correcta.' },
		name: { label: 'Nombre para iniciar sesión', hint: 'Letras minúsculas, cifras, puntos y guiones, como lucia.gil.' },
		fullName: { label: 'Nombre completo', hint: 'Como la conocen sus compañeros.' },
		id: { label: 'Identificador del trabajo', hint: 'Lo enseña «admin jobs».' },
	},
	unknownCommand: 'No conozco esta orden.',
	meant: (usage) => `¿Querías decir esta? ${usage}`,
	misread: (usage) => `No entiendo esta orden. Se escribe así:\n${usage}`,
	limitNames: (limits) => `Los límites son ${limits}.`,
	limitValues: 'Un límite es un número entero hasta 1000000000, o nombres separados por comas para models y tools, o none, o standard.',
	domains: 'Un dominio es algo como example.com; si hay varios, van separados por comas.',

	done: {
		granted: (person, role) => `${person} tiene desde ahora el rol ${role}.`,
		revoked: (person) => `${person} ya no tiene un rol propio: sigue los grupos de la plataforma, o es el habitual.`,
		deactivated: (person) => `${person} ya no tiene acceso, con ninguna de sus cuentas.`,
		activated: (person) => `${person} vuelve a tener acceso.`,
		roleCreated: (role, rank) => `Ya existe el rol ${role}, de rango ${rank}. Quien lo tenga puede lo mismo que los empleados.`,
		roleDropped: (role) => `El rol ${role} ya no existe.`,
		mapped: (group, role) => `Quien está en ${group} tiene el rol ${role}, si no se le ha dado otro.`,
		unmapped: (group) => `${group} ya no da ningún rol.`,
		admitted: (person, role) => `${person} puede usarme como ${role}, aunque sea de fuera de la empresa.`,
		dismissed: (person) => `${person} ya no puede entrar mientras sea de fuera de la empresa.`,
		guestsAdmitted: (tenant, role) => `Los invitados de ${tenant} pueden usarme como ${role}.`,
		guestsDismissed: (tenant) => `Los invitados de ${tenant} ya no pueden entrar, salvo los que hayas admitido por su nombre.`,
		strangersAdmitted: (tenant, role) => `La gente de otras empresas que encuentre en ${tenant} puede usarme como ${role}.`,
		strangersDismissed: (tenant) =>
			`La gente de otras empresas ya no puede entrar en ${tenant}, salvo la que hayas admitido por su nombre.`,
		limited: (target, limit, value) => `${target}: desde ahora ${limit} es ${value}.`,
		matched: (tenant, domains) =>
			`Quien tiene una dirección verificada de ${domains} en ${tenant} cuenta como la misma persona que quien la tiene en otra organización con la misma regla.`,
		unmatched: (tenant) => `En ${tenant} las direcciones no dicen nada de quién es alguien. Los vínculos que ya existen se quedan.`,
		entered: (reference) => `Nunca he visto a ${reference}: si es un error, deshazlo.`,
	},

	refused: {
		roleName:
			'El nombre de un rol lleva letras minúsculas de la a a la z sin tildes, cifras y guiones bajos, empieza por una letra y tiene como mucho 59 caracteres.',
		unknownRole: (role, roles) => `No existe el rol ${role}. Existen: ${roles}.`,
		roleExists: (role) => `El rol ${role} ya existe.`,
		roleBuiltIn: (role) => `El rol ${role} existe siempre.`,
		roleTaken: (role) => `La base de datos tiene un rol propio llamado ${role}, con permisos que no puedo dar. Elige otro nombre.`,
		noCreateRole: 'La cuenta de la base de datos no puede crear roles: necesita CREATEROLE, y `npm run doctor` dice qué más.',
		roleInUse: (role, count, rules) =>
			`El rol ${role} está en uso: lo tienen ${people(count)} y lo dan ${rules} grupos u organizaciones. «roles» dice cuáles.`,
		rank: 'El rango es un número del 1 al 999: guest es 0, employee 100, admin 1000.',
		unknownPerson: (name) =>
			`No conozco a nadie que se llame ${name}. A quien no he visto aún se le nombra por su cuenta, como slack:T0123:U0123.`,
		unknownAccount: (reference) => `No he visto nunca a ${reference}.`,
		severalPeople: (name, candidates) => `Hay varias personas que se llaman ${name}:\n${candidates}\nDi a qué cuenta te refieres.`,
		unknownPlatform: (platform, platforms) => `No conozco la plataforma ${platform}. Conozco ${platforms}.`,
		outsider: (person) => `${person} es de fuera de la empresa: un rol solo cuenta para los de dentro. Déjale entrar con: admit`,
		adminFromOutside: 'Nadie de fuera de la empresa puede ser administrador.',
		guestAdmitted: 'El rol guest no permite nada. Déjale entrar con otro.',
		lastAdmin: 'Así no quedaría ningún administrador. Nombra antes a otra persona.',
		listed: (person) => `${person} es administrador por el ajuste OPENCCB_ADMINS. Solo puede cambiarlo quien me tiene instalado.`,
		nothingThere: 'No había nada que quitar.',
		unknownFile: 'No conozco ningún archivo con el que se pueda hacer eso. «ingest» e «ingest quarantine» enseñan los que hay.',
		unknownJob: (id) => `No conozco ningún trabajo ${id} con el que se pueda hacer eso. «jobs» enseña los que hay.`,
		changedMeanwhile: 'Alguien ha cambiado lo mismo en este momento. Mira cómo está ahora y prueba otra vez.',
	},

	account: {
		name: 'Un nombre para iniciar sesión tiene de 2 a 64 letras minúsculas, cifras, puntos, guiones y guiones bajos, y empieza por una letra o una cifra.',
		off: 'Aquí nadie inicia sesión con contraseña: OPENCCB_SIGN_IN_PASSWORDS=on y OPENCCB_PUBLIC_URL lo activan.',
		added: (reference) =>
			`Ahora hay una cuenta ${reference}. Para darle derechos de administrador: grant ${reference} admin; cuentan cuando tenga un segundo factor.`,
		link: (address, minutes) =>
			`Da este enlace a su dueño y a nadie más: quien lo abre elige la contraseña. Sirve una vez, durante ${minutes} minutos.\n${address}`,
		taken: (name) => `Ya hay una cuenta ${name}. Para otro enlace: account reset ${name}`,
		unknown: (name) => `No conozco ninguna cuenta ${name} con contraseña.`,
		noFactor: (name) => `No hay ninguna cuenta ${name} con segundo factor.`,
		factorDropped: (name) => `${name} ya no tiene segundo factor, ni derechos de administrador hasta que tenga uno nuevo.`,
	},

	person: {
		accounts: (accounts) => `Cuentas: ${accounts}`,
		closed: 'cerrada en la plataforma',
		guest: 'invitado',
		external: 'de otra empresa',
		letIn: (role) => `admitido como ${role}`,
		notLetIn: 'no admitido',
		deactivated: (date) => `Sin acceso desde ${date}.`,
		closedSomewhere: 'Sin acceso: una de sus cuentas está cerrada.',
		listed: 'Rol: admin, por el ajuste OPENCCB_ADMINS.',
		granted: (role) => `Rol: ${role}, dado por un administrador.`,
		byGroups: 'Rol: sigue los grupos de la plataforma; sin ninguno de ellos es employee.',
		usual: 'Rol: employee, como todo el mundo.',
		outside: 'Rol: guest. Es de fuera de la empresa, mira las cuentas.',
		limits: (limits) => `Límites propios: ${limits}`,
		noLimits: 'Sin límites propios.',
	},

	roles: {
		columns: ['rol', 'rango', 'dado a', 'límites'],
		people,
		mappings: 'Grupos que dan un rol:',
		tenants: 'Gente de fuera, y reconocimiento por dirección:',
		guests: (tenant, role) => `invitados de ${tenant}: ${role}`,
		strangers: (tenant, role) => `gente de otras empresas en ${tenant}: ${role}`,
		matching: (tenant, domains) => `direcciones en ${tenant}: ${domains}`,
	},

	jobs: {
		none: 'Nada espera, nada se está haciendo y nada ha fallado.',
		failed: 'Fallaron del todo; se guardan 90 días:',
		unfinished: 'Dejado para luego:',
		waiting: (name, since) => `${name}: espera desde ${since}`,
		running: (name, since) => `${name}: en marcha desde ${since}`,
		failedAt: (name, at, tries) => `${name}: falló a las ${at}, ${tries === 1 ? 'en un intento' : `en ${tries} intentos`}`,
		error: (code) => `con el error ${code}`,
		noError: 'porque murió su proceso',
		retried: (name) => `El trabajo ${name} se intenta otra vez.`,
		waitsAlready: (name) => `Ya espera un trabajo ${name} para lo mismo: el que falló desaparece, y lo hace ese.`,
		dropped: (name) => `El trabajo ${name} se da por perdido. Lo que ya hizo queda hecho.`,
	},

	ingest: {
		state: {
			asked: 'a la espera de quien los compartió',
			waiting: 'en espera',
			reading: 'leyéndose',
			ready: 'indexados',
			unread: 'ilegibles',
			failed: 'fallidos',
			quarantined: 'en cuarentena',
		},
		checked: 'siguen donde se compartieron',
		checks: (found, unknown, unasked) => `${found} según la plataforma, ${unknown} nadie lo puede decir, ${unasked} aún sin preguntar`,
		failed: 'Fallaron, y se pueden volver a intentar:',
		unread: 'Ilegibles:',
		quarantine: 'Apartados porque parecen contener una contraseña, una clave o un número de tarjeta:',
		noQuarantine: 'No hay nada en cuarentena.',
		personal: '(en un chat personal)',
		reason: {
			password: 'pide una contraseña',
			corrupt: 'dañado',
			'too-large': 'demasiado grande',
			timeout: 'tardaba demasiado',
			'no-text': 'sin texto',
			empty: 'vacío',
			'type-mismatch': 'otra cosa de lo que dice su nombre',
			unsupported: 'tipo de archivo desconocido',
			quarantine: 'parece contener un secreto',
			gone: 'ya no se puede obtener',
			'upload-size': 'mayor de lo que puede compartir quien lo envió',
			'upload-count': 'más de lo que puede compartir en un día quien lo envió',
			unavailable: 'algo falló por nuestro lado',
		},
		retried: (count) => (count === 1 ? 'Se vuelve a intentar 1 archivo.' : `Se vuelven a intentar ${count} archivos.`),
		released: 'El archivo ha salido de la cuarentena y se está leyendo. Quien lee donde se compartió puede preguntarme por él.',
		deleted: 'El archivo está borrado, con sus bytes.',
		inChatAlone: 'Lo que lee archivos es parte del programa en marcha: da esta orden en el chat.',
	},

	vectors: {
		searched: 'Los documentos se buscan con',
		byWords: 'solo sus palabras, hasta que un modelo haya hecho vectores de todos los pasajes',
		decidedBy: 'Lo decide',
		bySetting: (model) =>
			model === null ? 'nadie: OLLAMA_EMBEDDING_MODEL no nombra ningún modelo' : `el ajuste OLLAMA_EMBEDDING_MODEL: ${model}`,
		byAdministrator: (model, setting) =>
			`un administrador, que eligió ${model}; el ajuste OLLAMA_EMBEDDING_MODEL (${setting ?? 'ninguno'}) no cuenta`,
		beingMade: 'Mientras tanto se preparan',
		progress: (model, made, total) => `${model}: ${count(made, 'es')} de ${count(total, 'es')} pasajes`,
		withTime: (progress, leftMs) => `${progress}, quedan unos ${duration(leftMs)}`,
		problem: 'Lo que lo impide',
		since: (at, reason) => `${reason} (${at}); lo vuelvo a intentar por mi cuenta`,
		reasons: {
			'no-host': 'no contesta ningún servidor que tenga el modelo',
			'connection-failed': 'el servidor no contesta',
			'model-missing': 'ningún servidor tiene el modelo: ejecuta `ollama pull` con su nombre',
			'model-changed': 'el modelo fue sustituido en su servidor',
			'cannot-embed': 'el modelo no hace vectores',
			'bad-vector': 'no da un vector utilizable de algunos pasajes',
			'too-long': 'algunos pasajes son demasiado largos para él',
		},
		otherReason: (reason) => `un error (${reason})`,
		replaced: (model) =>
			`${model} ya es otro, que no casa con los vectores antiguos: hasta que estén los nuevos, los documentos se encuentran solo por sus palabras.`,
		gaps: (passages) =>
			`El modelo nuevo no da ningún vector de ${passages === 1 ? '1 pasaje' : `${count(passages, 'es')} pasajes`}, así que sigo con el antiguo. «models embed switch» toma el nuevo de todos modos: esos pasajes se encuentran entonces por sus palabras. «models embed cancel» lo deja.`,
		done: {
			begun: (model) =>
				`${model} hace desde ahora los vectores de todos los documentos, en segundo plano. Hasta entonces busco con los antiguos, y después con los suyos. «models embed» dice cuánto lleva.`,
			running: (model) => `${model} ya está en ello. «models embed» dice cuánto lleva.`,
			kept: (model) => `Los documentos se buscan con ${model}, y así sigue.`,
			cancelled: (model) => `${model} queda descartado, y se borra lo que había hecho.`,
			takesGaps: (model) => `Tomo ${model} en cuanto haya probado todos los pasajes, también donde no haga vector.`,
		},
		refused: {
			missing: (model) => `Ningún servidor tiene el modelo ${model}. Ejecuta \`ollama pull ${model}\` en uno y repite la orden.`,
			unfit: (model) => `${model} no hace vectores. Elige un modelo de embeddings, como bge-m3.`,
			cloud: (model) =>
				`${model} se ejecuta en la nube de Ollama, adonde irían tus documentos. Elige uno que funcione en tus propias máquinas.`,
			away: (model) =>
				`Ningún servidor ha hecho un vector con ${model}: alguno no está, o aún lo carga en memoria. «estado» dice cómo están; prueba otra vez dentro de un minuto.`,
			noSetting: 'El ajuste OLLAMA_EMBEDDING_MODEL no nombra ningún modelo: no hay a cuál volver.',
			nothingBegun: 'No se está cambiando a otro modelo.',
			replaced: 'Los servidores tienen ahora otro modelo con ese mismo nombre: ya no hay uno antiguo con el que seguir. Elige otro modelo.',
			noPgvector: 'La base de datos no guarda vectores, porque no tiene pgvector. `npm run doctor` dice qué hacer.',
			inChatAlone: 'Lo que hace vectores es parte del programa en marcha: da esta orden en el chat.',
		},
	},

	feedback,

	digest,
	evaluation,

	log: {
		empty: 'Todavía no hay nada anotado.',
		console: 'la consola',
		program: 'el propio bot',
		somebody: 'alguien',
		refused: 'RECHAZADO',
	},

	audit: {
		off: 'En esta instalación está desactivado leer lo que otros me han dicho.',
		usage:
			'Di de quién son los mensajes, si quieres cuántos (50 como mucho), y por qué: auditar slack:T0123:U0123 20 queja del 3 de mayo. Los nombres van entre comillas.',
		reason: 'Di por qué, en dos palabras o más: el motivo queda anotado.',
		heading: (person, count) => `Lo último que ${person} y yo nos hemos dicho (${count}); queda anotado que lo has leído:`,
		nothing: (person) => `${person} y yo no nos hemos dicho nada. La petición queda anotada.`,
		direct: 'chat personal',
		group: 'grupo',
		channel: 'canal',
		bot: 'el bot',
		deleted: '(borrado)',
		noText: '(sin texto)',
	},

	console: {
		usage: 'npm run admin -- ORDEN, por ejemplo: npm run admin -- grant slack:T0123:U0123 admin',
		inUse: 'El programa en marcha está usando la base de datos integrada. Da la orden en el chat con /ccb admin, o para antes el programa.',
		failed: (reason) => `La orden no se ha cumplido: ${reason}`,
	},
};
