/** What is said in Spanish while a tool runs: behind the bot’s name, and as a sentence of its own. */

import type { tools as english } from './english.ts';

export const tools: typeof english = {
	search_documents: { sign: 'está buscando en los documentos…', notice: '🔎 Estoy buscando en los documentos…' },
	query_company_data: { sign: 'está consultando los datos de la empresa…', notice: '🗄️ Estoy consultando los datos de la empresa…' },
	current_time: { sign: 'está mirando la hora…', notice: '🕑 Estoy mirando la hora…' },
	read_message: {
		sign: 'está leyendo el mensaje…',
		notice: '📖 Estoy leyendo el mensaje del enlace…',
		source: (author, at) => `Mensaje de ${author}, ${at}`,
	},
};
