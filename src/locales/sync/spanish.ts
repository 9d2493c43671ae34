/** Lo que dice `npm run ingest` en español. La ruta del archivo va delante de lo que ha sido de él, y dos puntos. */

import type { sync as english } from './english.ts';

export const sync: typeof english = {
	usage: [
		'npm run ingest -- CARPETA|s3://BUCKET/PREFIJO --company|--channel PLATAFORMA:INQUILINO:CANAL [--dry-run]',
		'npm run ingest -- --dry-run [--national-ids] ARCHIVO…',
	].join('\n'),
	outcome: {
		new: 'nuevo',
		changed: 'cambiado',
		unchanged: 'igual que antes',
		gone: 'ya no está, retirado',
		'too-large': 'pasado por alto, mayor de 50 MB',
		later: 'no tomado: ha cambiado mientras tanto, o no se puede leer. Prueba más tarde',
		link: 'pasado por alto, un enlace a otra parte',
		unreadable: 'pasado por alto, no se puede leer',
		special: 'pasado por alto, no es un archivo',
		'same-name': 'pasado por alto, otro tiene el mismo nombre',
	},
	inUse:
		'El programa en marcha está usando la base de datos integrada. Páralo antes, o deja que lo haga él solo con el ajuste KNOWLEDGE_SYNC.',
	failed: (reason) => `No se ha tomado todo: ${reason}`,
};
