/** What administrators are told in Spanish. */

import type { administration as english } from './english.ts';

const people = (count: number) => (count === 1 ? '1 persona' : `${count} personas`);

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
		grant: 'grant PERSONA ROL: da un rol a alguien',
		revoke: 'revoke PERSONA: le retira el rol; vuelve a seguir los grupos, o es el habitual',
		deactivate: 'deactivate PERSONA: le cierra el acceso al momento, en todas partes',
		activate: 'activate PERSONA: se lo devuelve',
		who: 'who PERSONA: cuentas, rol y límites',
		roles: 'roles: todos los roles, y quién los recibe sin que se le dé uno',
		'role-create': 'role create NOMBRE [rank NÚMERO]: crea un rol; de varios que alguien reciba cuenta el de rango más alto',
		'role-drop': 'role drop NOMBRE: quita un rol que nadie tiene',
		map: 'map PLATAFORMA:ORGANIZACIÓN:GRUPO ROL: quien está en el grupo tiene el rol',
		unmap: 'unmap PLATAFORMA:ORGANIZACIÓN:GRUPO: ya no',
		admit: 'admit PERSONA ROL, o admit guests|strangers PLATAFORMA:ORGANIZACIÓN ROL: deja entrar a gente de fuera',
		dismiss: 'dismiss PERSONA, o dismiss guests|strangers PLATAFORMA:ORGANIZACIÓN: ya no',
		limit: 'limit ROL|PERSONA LÍMITE NÚMERO|none|standard: cuánto pueden usar; las listas llevan comas',
		match: 'match PLATAFORMA:ORGANIZACIÓN DOMINIO[,DOMINIO]|off: la misma dirección verificada es la misma persona',
		jobs: 'jobs: lo que he dejado para luego, y lo que ha fallado',
		'jobs-retry': 'jobs retry ID: vuelve a intentar un trabajo que falló',
		'jobs-drop': 'jobs drop ID: da un trabajo por perdido',
		log: 'log [NÚMERO]: las últimas entradas del registro',
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
		id: { label: 'Identificador del trabajo', hint: 'Lo enseña «admin jobs».' },
	},
	unknownCommand: 'No conozco esta orden.',
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
		unknownJob: (id) => `No conozco ningún trabajo ${id} con el que se pueda hacer eso. «jobs» enseña los que hay.`,
		changedMeanwhile: 'Alguien ha cambiado lo mismo en este momento. Mira cómo está ahora y prueba otra vez.',
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
