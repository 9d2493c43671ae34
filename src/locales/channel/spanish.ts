/** Lo que se dice de lo que vale en un canal, en español. */

import type { channel as english } from './english.ts';

export const channel: typeof english = {
	refused: {
		off: 'En este canal estoy desactivado. Escríbeme directamente y te respondo; un administrador me puede activar aquí con «canal modo predeterminado».',
		quiet: (from, to, zone) =>
			`Aquí no respondo nada de ${from} a ${to} (${zone}). Vuelve a preguntarme después, o escríbeme directamente.`,
	},
	knowledge: {
		only: 'Mis respuestas aquí salen solo de documentos; donde no dicen nada, lo digo.',
		prefer: 'Mis respuestas aquí miran primero los documentos, y siguen con lo que sé donde no dicen nada.',
		off: 'Mis respuestas aquí no usan documentos.',
	},
	stale: (days) =>
		days === null
			? 'Aquí ninguna fuente se marca como antigua por su edad.'
			: `Lo que citan mis respuestas aquí se marca como antiguo a ${days === 1 ? 'partir de 1 día' : `los ${days.toLocaleString('es')} días`}.`,
	mode: {
		off: 'Aquí no respondo nada.',
		mention: 'Aquí respondo a lo que me menciona.',
		threads: 'Aquí respondo a lo que me menciona, y a lo que se dice en los hilos en los que participo.',
		all: 'Aquí respondo a todo lo que no se dice a nadie en particular, hasta donde la plataforma me deja oír.',
	},
	language: { en: 'Lo que digo aquí por mi cuenta está en inglés.', es: 'Lo que digo aquí por mi cuenta está en español.' },
	quiet: (from, to, zone) => `De ${from} a ${to} (${zone ?? 'nuestra zona horaria'}) no respondo nada aquí.`,
	budget: (tokens) => `Quienes preguntan aquí pueden gastar entre todos ${tokens.toLocaleString('es')} tokens al día.`,
	keepDays: (days) =>
		`Lo que se habla aquí conmigo lo guardo ${days === 1 ? '1 día' : `${days.toLocaleString('es')} días`}; después se borra.`,
	everywhere: (sentence) => `${sentence} (Como en toda esta organización.)`,
	notPersonal: 'En nuestro chat personal nadie más lee, así que eso solo se decide para los canales, o con «general» para todos ellos.',
	muted: {
		done: 'Guardo silencio en este hilo hasta que alguien me vuelva a mencionar.',
		personal: 'Aquí estamos a solas: no digo nada si no me escribes.',
		notThread:
			'Dilo en el hilo en el que debo guardar silencio. Para un canal entero, los administradores dicen «canal modo mención» o «canal modo desactivar».',
	},
	how: '«canal ver» dice qué vale aquí; los administradores lo cambian. «canal modo desactivar|mención|hilos|todo» dice a qué respondo, «canal modelo NOMBRE» con qué modelo, «canal idioma inglés|español» en qué idioma hablo por mi cuenta, «canal silencio 22:00-07:00» cuándo guardo silencio, «canal presupuesto TOKENS» cuánto pueden gastar entre todos en un día, «canal conservación DÍAS» cuánto guardo lo que se habla conmigo. Con «general» detrás, eso vale para todos los canales de aquí. «canal incorporar activar|desactivar|preguntar» dice si se leen los archivos que se comparten aquí, «canal conocimiento solo|preferir|desactivar» cómo usan las respuestas los documentos, «canal resumen activar|aquí|desactivar» si te cuento a ti, o aquí, una vez por semana lo que no supe responder bien. «predeterminado» retira una decisión. «canal incorporar anteriores» lee también lo que se compartió aquí antes, «canal incorporar anteriores 2026-01-31» lo que se compartió desde ese día, y «canal incorporar parar» lo termina. «canal caducidad DÍAS» dice a los cuántos días una fuente se marca como antigua.',
};
