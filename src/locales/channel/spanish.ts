/** Lo que se dice de lo que vale en un canal, en español. */

import type { channel as english } from './english.ts';

export const channel: typeof english = {
	knowledge: {
		only: 'Mis respuestas aquí salen solo de documentos; donde no dicen nada, lo digo.',
		prefer: 'Mis respuestas aquí miran primero los documentos, y siguen con lo que sé donde no dicen nada.',
		off: 'Mis respuestas aquí no usan documentos.',
	},
	stale: (days) =>
		days === null
			? 'Aquí ninguna fuente se marca como antigua por su edad.'
			: `Lo que citan mis respuestas aquí se marca como antiguo a ${days === 1 ? 'partir de 1 día' : `los ${days.toLocaleString('es')} días`}.`,
	how: '«canal incorporar activar|desactivar|preguntar» dice si se leen los archivos que se comparten aquí, «canal conocimiento solo|preferir|desactivar» cómo usan las respuestas los documentos, «canal resumen activar|aquí|desactivar» si te cuento a ti, o aquí, una vez por semana lo que no supe responder bien. «predeterminado» retira una decisión. «canal incorporar anteriores» lee también lo que se compartió aquí antes, «canal incorporar anteriores 2026-01-31» lo que se compartió desde ese día, y «canal incorporar parar» lo termina. «canal caducidad DÍAS» dice a los cuántos días una fuente se marca como antigua.',
};
