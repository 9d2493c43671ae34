/** What each setting means, in Spanish; the compiler sees to it that none is missing. */

import type { Settings } from '#src/config.ts';

export const spanishMeanings: Record<keyof Settings, string> = {
	HOST: 'Dirección en la que escucha. Detrás de un proxy en otra máquina o en un contenedor: 0.0.0.0',
	PORT: 'Puerto en el que escucha; 0 toma cualquiera libre',
	SLACK_BOT_TOKEN: 'Bot User OAuth Token de la app de Slack; activa Slack',
	SLACK_SIGNING_SECRET: 'Signing Secret de la app de Slack; necesario para eventos por HTTP en /slack/events',
	SLACK_APP_TOKEN: 'Token de app con connections:write; activa Socket Mode, que no necesita dirección pública',
	SLACK_API_URL: 'Dirección base de la Web API de Slack; termina en /api/',
	SLACK_STREAMING:
		'Cómo aparecen las respuestas: `native`, con los streams propios de Slack donde se permiten, o `edit`, solo con mensajes y ediciones',
	OLLAMA_HOST: 'Dirección de Ollama, o varias separadas por comas',
	OLLAMA_MODEL: 'El modelo que responde; se instala con `ollama pull`',
	OLLAMA_EMBEDDING_MODEL: 'El modelo que hace los vectores para buscar en documentos',
	OLLAMA_SLOTS: 'Respuestas que un servidor Ollama escribe a la vez; `auto` lo aprende. Si se fija, igual a su OLLAMA_NUM_PARALLEL',
	OLLAMA_CONTEXT_TOKENS: 'Longitud del contexto en tokens, la misma en cada llamada',
	OLLAMA_ANSWER_TOKENS: 'Respuesta más larga en tokens; como mucho la mitad del contexto',
	OLLAMA_FIRST_TOKEN_SECONDS: 'Cuánto esperar el primer token de una respuesta',
	OLLAMA_SILENCE_SECONDS: 'Cuánto puede callar un modelo dentro de una respuesta',
	OLLAMA_TOTAL_SECONDS: 'Cuánto puede durar una respuesta en total',
	OLLAMA_QUEUE_SECONDS: 'Cuánto puede esperar una pregunta por un sitio libre',
	DATABASE_URL: 'PostgreSQL 15 o posterior; sin ella, la base de datos integrada en OPENCCB_DATA',
	REDIS_URL: 'Redis 6 o posterior; solo hace falta cuando varios procesos comparten el trabajo',
	OPENCCB_DATA: 'Carpeta de la base de datos integrada',
	OPENCCB_LANGUAGE: 'Idioma para quien no lo tiene indicado en su plataforma',
	LOG_LEVEL: 'Líneas de log menos graves que se escriben',
};
