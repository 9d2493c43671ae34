/** Limits in Spanish: the same shape as `english.ts`. */

import { count as countIn, duration, mebibytes } from './amounts.ts';
import type { limits as english } from './english.ts';

const count = (value: number) => countIn(value, 'es');
const askAdministrator = 'Esperar no sirve de nada; un administrador lo puede cambiar.';
const questions = (value: number) => `${count(value)} ${value === 1 ? 'pregunta' : 'preguntas'}`;
const tokens = (value: number) => `${count(value)} ${value === 1 ? 'token' : 'tokens'}`;

export const limits: typeof english = {
	refusal: {
		requestsPerMinute: (allowed, backInMs) =>
			backInMs === null
				? `⏳ Tu límite es de ${questions(allowed)} por minuto. ${askAdministrator}`
				: `⏳ Tu límite es de ${questions(allowed)} por minuto y no te queda ninguna. Vuelve a preguntarme dentro de ${duration(backInMs)}.`,
		tokensPerDay: (allowed, backInMs) =>
			backInMs === null
				? `⏳ Tu límite es de ${tokens(allowed)} al día. ${askAdministrator}`
				: `⏳ Tu límite es de ${tokens(allowed)} al día y no te queda ninguno. Los tendrás todos de nuevo dentro de ${duration(backInMs)}.`,
		channelTokensPerDay: (allowed, backInMs) =>
			`⏳ Lo que se puede gastar aquí en un día, ${tokens(allowed)} entre todos, está gastado. Vuelve a preguntarme dentro de ${duration(backInMs)}, o escríbeme directamente.`,
		messageCharacters: (size, allowed) =>
			`Tu mensaje tiene ${count(size)} caracteres y tu límite es de ${count(allowed)}. Envía uno más corto o divídelo, por favor.`,
		repliesInFlight: (allowed) =>
			`⏳ Tu límite es de ${count(allowed)} ${allowed === 1 ? 'respuesta' : 'respuestas'} a la vez y no te queda ninguna. Vuelve a preguntarme cuando acabe una o la hayas parado.`,
		models: (wanted, allowed) =>
			allowed === ''
				? `No puedes usar el modelo «${wanted}». Un administrador lo puede cambiar.`
				: `No puedes usar el modelo «${wanted}»; los tuyos son: ${allowed}. Un administrador lo puede cambiar.`,
	},
	quota: {
		role: (name) => `Tu rol: ${name}`,
		requestsPerMinute: 'Preguntas por minuto',
		tokensPerDay: 'Tokens al día',
		uploadsPerDay: 'Archivos al día',
		repliesInFlight: 'Respuestas a la vez',
		messageCharacters: 'Caracteres por mensaje',
		uploadBytes: 'Tamaño de un archivo',
		models: 'Modelos',
		tools: 'Herramientas',
		untouched: (allowed) => `te quedan ${count(allowed)}, sin usar`,
		used: (used, allowed, backInMs) =>
			`has usado ${count(used)} de ${count(allowed)}, quedan ${count(Math.max(0, allowed - used))}; todo de nuevo dentro de ${duration(backInMs)}`,
		unlimited: (used) => `llevas ${count(used)}, sin límite`,
		atMost: (allowed) => `hasta ${count(allowed)}`,
		fileSize: (allowed) => `hasta ${mebibytes(allowed, 'es', 'limit')}`,
		noLimit: 'sin límite',
		notAllowed: 'sin permiso',
	},
};
