/** Lo que dice `npm run migrate` en español. */

import type { migration as english } from './english.ts';

export const migration: typeof english = {
	usage:
		'npm run migrate -- [--dry-run | --roles] [--wait SEGUNDOS]\n--dry-run enseña lo que se haría; --roles hace solo los roles, antes de restaurar una copia de seguridad; --wait dice cuánto se intenta mientras la base de datos no está o está en uso, 60 s por defecto.',
	applied: (names) => `Hecho: ${names}.`,
	current: 'No hay nada que hacer: la base de datos está al día.',
	pending: (names) => `Se haría: ${names}.`,
	newer: (names) => `Por aquí ha pasado una versión más nueva (${names}), que deja trabajar a esta.`,
	roles: 'Hecho: los roles están. Ahora se puede restaurar una copia de seguridad.',
	needs: (statement) => `Todavía no se puede. Quien tenga más permisos en el servidor de bases de datos ejecuta: ${statement}`,
	embedded: 'Sin DATABASE_URL no hay nada que hacer: cada arranque migra la base de datos integrada.',
	waiting: (reason) => `Todavía no; se intenta de nuevo: ${reason}`,
	notNow: (reason) => `No se ha hecho, y nada ha quedado a medias. Inténtalo más tarde: ${reason}`,
	failed: (reason) => `No se ha hecho, y nada ha quedado a medias: ${reason}`,
};
