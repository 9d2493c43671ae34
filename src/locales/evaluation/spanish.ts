/** Lo que dice `npm run eval` en español. Delante de lo que resultó va el número o el identificador del caso, y dos puntos. */

import type { evaluation as english } from './english.ts';

export const evaluation: typeof english = {
	usage:
		'npm run eval -- [--set CARPETA] [--role ROL] [--against EJECUCIÓN] [--out ARCHIVO] [--retrieval]\n--retrieval no pregunta a ningún modelo; --against enseña lo que pasaba en una ejecución anterior y ahora falla. Ningún rol de administradores o invitados.',
	passed: 'bien',
	failed: (checks) => `FALLA: ${checks}`,
	check: {
		retrieval: 'el documento esperado no está entre los cinco primeros',
		abstention: 'no debería haber encontrado nada',
		answered: 'no llegó ninguna respuesta',
		citations: 'sus marcas de fuentes no se sostienen, o faltan',
		words: 'le falta una palabra que debe tener, o tiene una que no debe tener',
	},
	error: (code) => `no llegó ninguna respuesta (${code})`,
	noCases: 'No hay ningún caso: acepta uno con «admin feedback».',
	noModel: (reason) => `Ningún modelo responde (${reason}): se evalúa solo lo que se encuentra.`,
	withoutVectors: (count) => `${count} preguntas se buscaron solo por sus palabras, porque el modelo no hizo un vector a tiempo.`,
	summary: (passed, total) => `${passed} de ${total} bien.`,
	written: (file) => `La ejecución está en ${file}.`,
	changed: (name, before, now) => `${name}: antes ${before}, ahora ${now}`,
	failures: 'Falla:',
	moreFailures: (count) => `y ${count} más`,
	regressions: 'Antes bien y ahora falla:',
	improvements: 'Antes fallaba y ahora bien:',
	same: 'Nada de lo que estaba bien falla ahora.',
	gone: (count) => `Casos que ya no están: ${count}`,
	added: (count) => `Casos nuevos: ${count}`,
	none: 'ninguno',
	news: 'Las respuestas pueden haber cambiado, así que he vuelto a preguntar los casos aceptados:',
	begun: 'Vuelvo a preguntar los casos aceptados y te cuento en nuestro chat personal qué resultó.',
	inChatAlone: 'Es el programa en marcha quien pregunta a los modelos: da esta orden en el chat. En la máquina está «npm run eval».',
	inUse:
		'El programa en marcha usa la base de datos integrada, y solo un proceso puede tenerla. Para el programa antes, o deja que ambos usen un servidor PostgreSQL con DATABASE_URL.',
	failedRun: (reason) => `La evaluación no se llevó a cabo: ${reason}`,
	sql: {
		right: 'bien',
		wrong: 'MAL: otras filas que las de la consulta verificada',
		refused: 'rechazada, y debía responderse',
		told: 'MAL: respondida, y debía rechazarse',
		failed: (code) => `fallida (${code})`,
		summary: (language, counts) =>
			`${language}: ${counts.right} bien, ${counts.wrong} mal, ${counts.refused} rechazadas, ${counts.failed} fallidas`,
		noModel: (reason) => `No responde ningún modelo (${reason}). Arranca Ollama o nómbralo con OLLAMA_HOST.`,
	},
};
