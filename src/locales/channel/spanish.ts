/** Lo que se dice de lo que vale en un canal, en español. */

import type { channel as english } from './english.ts';

export const channel: typeof english = {
	knowledge: {
		only: 'Mis respuestas aquí salen solo de documentos; donde no dicen nada, lo digo.',
		prefer: 'Mis respuestas aquí miran primero los documentos, y siguen con lo que sé donde no dicen nada.',
		off: 'Mis respuestas aquí no usan documentos.',
	},
	how: '«canal incorporar activar|desactivar|preguntar» dice si se leen los archivos que se comparten aquí, «canal conocimiento solo|preferir|desactivar» cómo usan las respuestas los documentos. «predeterminado» retira una decisión. «canal incorporar anteriores» lee también lo que se compartió aquí antes, «canal incorporar anteriores 2026-01-31» lo que se compartió desde ese día, y «canal incorporar parar» lo termina.',
};
