/** Lo que dice `npm run connectors` en español. */

import type { connectors as english } from './english.ts';

export const connectors: typeof english = {
	usage: [
		'npm run connectors -- check FICHERO [--role ROL] [--run]   qué hace la guarda con cada consulta: líneas JSON {"id","sql"} por la entrada estándar',
		'npm run connectors -- test FICHERO                         qué falla en el fichero, en la base de datos o en el usuario',
		'npm run connectors -- draft FICHERO                        escribe las vistas de la base de datos bajo lo que FICHERO ya dice, para que lo edites',
		'npm run connectors -- schema                               el esquema JSON del fichero, para editores',
	].join('\n'),
	noFile: (path) => `No se puede leer ${path}. Da la ruta del fichero de un conector.`,
	noRole: (role) => `El fichero no da nada al rol «${role}». Añádelo a \`roles\` o nombra otro.`,
	invalidFile: (path) => `${path} todavía no es un conector:`,
	problem: {
		unreadable: (line) => `línea ${line}: no es YAML que se pueda leer. Mira ahí las sangrías y las comillas; no se aceptan alias.`,
		missing: (path) => `${path}: falta. Escríbelo.`,
		'unknown-key': (path) => `${path}: aquí nada se llama así. Busca una errata o quítalo.`,
		'unknown-view': (path) => `${path}: nombra una vista que no está en \`views\`. Añade la vista o corrige el nombre.`,
		'unknown-column': (path) => `${path}: nombra una columna que su vista no tiene en este fichero. Añade la columna o corrige el nombre.`,
		'unknown-parameter': (path) => `${path}: se usa y no está declarado. Añádelo a \`parameters\` de la pregunta.`,
		'unused-parameter': (path) => `${path}: está declarado y la consulta no lo usa. Escribe allí :nombre, sin comillas, o quítalo.`,
		'uneven-columns': (path) => `${path}: tiene otro número de columnas que \`columns\`. Cada una necesita su pareja.`,
		taken: (path) => `${path}: otro fichero de la carpeta ya tiene este nombre. Elige otro.`,
		invalid: (path, expected) => `${path}: no es lo que va ahí. Se espera: ${expected}`,
	},
	failed: (reason) => `No se ha podido hacer: ${reason}`,
	connected: (views) => `La base de datos responde, y el usuario lee ${views} tablas y vistas.`,
	fine: 'El usuario lee lo que nombra el fichero y no puede hacer nada más.',
	drift: {
		'missing-view': (name) => `La vista ${name} no está, o el usuario no puede leerla. Concede SELECT o quítala del fichero.`,
		'missing-column': (name) => `La columna ${name} no está, o el usuario no puede leerla. Corrige el fichero.`,
		'other-type': (name, type) => `La columna ${name} es ${type} en la base de datos. Corrige su tipo en el fichero.`,
	},
	power: {
		superuser: (what) => `Puede hacerlo todo (${what}). Crea un usuario propio para las preguntas.`,
		'bypasses-policies': (what) => `Se salta las políticas de filas (${what}). ALTER ROLE … NOBYPASSRLS.`,
		'makes-roles': (what) => `Puede crear roles (${what}). Quítaselo.`,
		'makes-databases': (what) => `Puede crear bases de datos (${what}). ALTER ROLE … NOCREATEDB.`,
		replicates: (what) => `Puede copiar el servidor entero (${what}). ALTER ROLE … NOREPLICATION.`,
		owns: (what) => `Es dueño de ${what}, y puede cambiar o borrar lo que es suyo. Dales otro dueño.`,
		writes: (what) => `Puede escribir: ${what}. REVOKE de todo menos SELECT.`,
		creates: (what) => `Puede crear en ${what}. REVOKE CREATE, también de PUBLIC.`,
		'temporary-tables': (what) => `Puede crear tablas temporales en ${what}. REVOKE TEMPORARY ON DATABASE, también de PUBLIC.`,
		'definer-functions': (what) => `Puede llamar a funciones que corren con permisos de otros: ${what}. REVOKE EXECUTE, también de PUBLIC.`,
		'server-files': (what) => `Llega a ficheros del servidor: ${what}. Quítale ese permiso.`,
		'powerful-role': (what) => `Es miembro de ${what}. REVOKE de ese rol.`,
		'other-servers': (what) =>
			`Llega a otros servidores: ${what}. REVOKE USAGE y EXECUTE; elimina los servidores vinculados que nadie necesita.`,
		'chained-databases': (what) =>
			`Las vistas de ${what} leen otras bases de datos para quien no tiene permiso en ellas. ALTER DATABASE … SET DB_CHAINING OFF.`,
		impersonates: (what) => `Puede actuar como otros: ${what}. REVOKE IMPERSONATE.`,
		'reads-more': (what) => `Lee lo que el fichero no nombra: ${what}. REVOKE SELECT, o descríbelo en el fichero.`,
		administrates: (what) => `Tiene permisos que las preguntas no necesitan: ${what}. REVOKE de ellos.`,
		grants: (what) => `Puede pasar sus permisos a otros: ${what}. REVOKE GRANT OPTION.`,
	},
	question: (name, reason) => `La pregunta guardada ${name} se rechaza (${reason}). Corrige su consulta.`,
	sameRows: (view) =>
		`Las personas de \`identity.proof\` ven el mismo número de filas de ${view}: sus filas no dependen de quién pregunta. Mira las políticas; una vista necesita security_invoker.`,
	unencrypted: (host) => `Las preguntas y las filas viajan a ${host} sin cifrar. Quita \`tls: off\`.`,
	found: (count) => (count === 1 ? '1 cosa que arreglar.' : `${count} cosas que arreglar.`),
};
