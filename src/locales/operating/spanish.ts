/** Lo que se dice a los administradores de los modelos, del uso y de lo que va mal, en español. */

import type { operating as english } from './english.ts';
import { spanishHealthReason } from './health-reasons.ts';

const count = (value: number) => value.toLocaleString('es');
const gigabytes = (bytes: number) => `${(bytes / 1e9).toLocaleString('es', { maximumFractionDigits: 1 })} GB`;

export const operating: typeof english = {
	models: {
		none: 'Ahí no hay ningún modelo instalado.',
		away: (reason) => `no dice lo que tiene (${reason})`,
		installed: (sizeBytes, loaded) => {
			if (loaded === null) return gigabytes(sizeBytes);
			const share = `${Math.round(loaded.gpuShare * 100)} % en la tarjeta gráfica`;
			const context = loaded.contextTokens === null ? '' : `, contexto ${count(loaded.contextTokens)}`;
			return `${gigabytes(sizeBytes)}, en memoria, ${share}${context}`;
		},
		pulling: (model) =>
			`Estoy instalando ${model} en los servidores de modelos. Un mensaje en tu chat personal dice por dónde voy; «models» muestra lo que hay.`,
		joined: (model) => `${model} ya se está instalando. Te aviso a ti también cuando esté.`,
		progress: (model, host, step, share) => `⏳ ${model} en ${host}: ${step}${share === null ? '' : `, ${Math.floor(share * 100)} %`}`,
		pulled: (model, hosts) => `✅ ${model} está instalado en ${hosts}. Se puede usar en cuanto lo nombre OLLAMA_MODEL u OLLAMA_MODELS.`,
		failed: (model, reason) =>
			`⚠️ No se pudo instalar ${model} (${reason}). Lo descargado se queda en el servidor; «models pull» sigue desde ahí.`,
		unloaded: (model, hosts) => `${model} está fuera de la memoria de ${hosts}. La próxima pregunta lo trae de vuelta.`,
		standard: {
			chosen: (model) => `Donde nadie eligió otro modelo responde ${model}: lo eligió un administrador.`,
			ofSettings: (model) => `Donde nadie eligió otro modelo responde ${model}, como dicen los ajustes (OLLAMA_MODEL).`,
			lost: 'Un administrador eligió otro, que los ajustes ya no nombran.',
			others: '«models default NOMBRE» toma otro de OLLAMA_MODELS, «models default -» vuelve a OLLAMA_MODEL.',
			now: (model) => `Donde nadie eligió otro modelo responde ${model} desde ahora. A quien no puede usarlo le responde uno de los suyos.`,
			back: (model) => `Donde nadie eligió otro modelo responde otra vez ${model}, como dicen los ajustes.`,
			refused: {
				unknown: (model, configured) =>
					`Ningún ajuste nombra ${model}: se pueden usar ${configured}. Añádelo a OLLAMA_MODELS y arráncame de nuevo.`,
				missing: (model) => `Ningún servidor de modelos que conteste tiene ${model}: «models pull ${model}» lo instala.`,
				unfit: (model) => `${model} no escribe respuestas: elige un modelo que las escriba.`,
			},
		},
		refused: {
			off: 'En esta instalación no se instalan modelos desde el chat (OLLAMA_PULL).',
			cloud: (model) => `${model} funciona en la nube de Ollama, y de aquí nada sale de la empresa: no lo instalo.`,
			notLoaded: (model) => `${model} no está en la memoria de ningún servidor.`,
			inChatAlone: 'Quien habla con los servidores de modelos es el programa en marcha: da esta orden en el chat.',
		},
	},
	usage: {
		heading: (days, by) => `${days === 1 ? 'El último día' : `Los últimos ${days} días`}, ${by}:`,
		by: { person: 'por persona', model: 'por modelo', platform: 'por plataforma', day: 'por día' },
		columns: { name: 'de quién', answers: 'respuestas', tokens: 'tokens', share: 'parte' },
		none: 'En ese tiempo nadie me preguntó nada.',
	},
	health: {
		fine: '✅ Todo funciona.',
		state: { up: 'funciona', degraded: 'funciona, pero no como debe', down: 'no funciona', starting: 'está arrancando' },
		reason: spanishHealthReason,
		part: (state, reason) => (reason === undefined ? state : `${state}: ${reason}`),
		failedJobs: (jobs) => `${jobs === 1 ? '1 tarea falló' : `${jobs} tareas fallaron`} del todo: «jobs» lo enseña.`,
		inChatAlone: 'Lo que le pasa al programa en marcha lo dice él mismo: da esta orden en el chat, o mira /readyz.',
	},
	found: {
		nothing: (wanted) => `Ninguna de las últimas entradas del registro tiene «${wanted}».`,
		heading: (wanted) => `Entradas del registro con «${wanted}»:`,
	},
};
