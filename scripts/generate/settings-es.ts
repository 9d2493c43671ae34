/** What each setting means, in Spanish; the compiler sees to it that none is missing. */

import type { settingVariables } from '#src/settings/settings.ts';

export const spanishMeanings: Record<keyof typeof settingVariables, string> = {
	HOST: 'Dirección en la que escucha. Detrás de un proxy en otra máquina o en un contenedor: 0.0.0.0',
	PORT: 'Puerto en el que escucha; 0 toma cualquiera libre',
	OPENCCB_DOMAIN: 'Nombre por el que las plataformas llegan al programa. El proxy saca su certificado, y `npm run doctor` lo mira',
	SLACK_BOT_TOKEN: 'Bot User OAuth Token de la app de Slack; activa Slack',
	SLACK_SIGNING_SECRET: 'Signing Secret de la app de Slack; necesario para eventos por HTTP en /slack/events',
	SLACK_APP_TOKEN: 'Token de app con connections:write; activa Socket Mode, que no necesita dirección pública',
	SLACK_API_URL: 'Dirección base de la Web API de Slack; termina en /api/',
	SLACK_STREAMING:
		'Cómo aparecen las respuestas: `native`, con los streams propios de Slack donde se permiten, o `edit`, solo con mensajes y ediciones',
	TEAMS_APP_ID: 'Id. de aplicación (cliente) del bot; activa Teams',
	TEAMS_APP_PASSWORD: 'Secreto de cliente del bot; ninguno con identidad administrada',
	TEAMS_APP_TYPE: 'Cómo está registrado el bot en Azure; los nuevos son SingleTenant o UserAssignedMSI',
	TEAMS_TENANT_ID: 'El inquilino de Entra a cuyas personas se atiende; a nadie más',
	TEAMS_OPENID_URL: 'Dónde publica sus claves el Bot Connector; otra en nubes nacionales',
	TEAMS_LOGIN_URL: 'Dónde pide el bot sus tokens',
	TEAMS_SERVICE_HOSTS: 'Servidores del Bot Connector, separados por comas; ningún otro recibe el token del bot',
	TEAMS_GRAPH:
		'Si a Microsoft Graph se le pide lo dicho en hilos, los archivos de chats de grupo y canales, y los grupos que siguen los roles; requiere permisos',
	TEAMS_GRAPH_URL: 'Dirección de Microsoft Graph',
	TEAMS_FILE_HOSTS: 'Servidores de los que se descargan archivos de Teams, separados por comas',
	TEAMS_ANONYMOUS: 'Acepta mensajes sin comprobarlos, solo en esta máquina: para probar el bot en el Agents Playground de Microsoft',
	DISCORD_BOT_TOKEN: 'Token del bot de Discord; activa Discord',
	DISCORD_APPLICATION_ID: 'Id. de la aplicación de Discord',
	DISCORD_GUILDS: 'Ids. de los servidores de Discord que se atienden, separados por comas; de cualquier otro se sale',
	DISCORD_API_URL: 'Dirección base de la API REST de Discord; la del gateway es la que ella responde',
	DISCORD_FILE_HOSTS: 'Servidores de los que se descargan archivos de Discord, separados por comas',
	OPENCCB_PUBLIC_URL: 'Dirección en la que la gente abre la web, como https://bot.example.com; activa la web',
	OPENCCB_TRUSTED_PROXIES: 'Direcciones o redes de los proxies que hay delante, separadas por comas, cuyo X-Forwarded-For se cree',
	OPENCCB_WEB_IDLE_HOURS: 'Tras cuántas horas sin uso un navegador tiene que iniciar sesión de nuevo',
	OPENCCB_WEB_SESSION_DAYS: 'Tras cuántos días tiene que hacerlo en cualquier caso',
	OPENCCB_SIGN_IN_PASSWORDS: 'Si se puede iniciar sesión en la web con un nombre y una contraseña (on u off): para quien no tiene chat',
	OPENCCB_SIGN_IN_SLACK_ID: 'Client ID de la app de Slack; deja iniciar sesión en la web con Slack',
	OPENCCB_SIGN_IN_SLACK_SECRET: 'Client Secret de la app de Slack',
	OPENCCB_SIGN_IN_SLACK_TEAM: 'Id. del espacio de Slack cuyas personas pueden iniciar sesión; nadie más puede',
	OPENCCB_SIGN_IN_ENTRA_ID: 'Id. de aplicación (cliente) de una app en Entra; deja iniciar sesión en la web con la cuenta de Microsoft',
	OPENCCB_SIGN_IN_ENTRA_SECRET: 'Secreto de cliente de esa app',
	OPENCCB_SIGN_IN_ENTRA_TENANT: 'El inquilino de Entra cuyas personas pueden iniciar sesión, como TEAMS_TENANT_ID; nadie más puede',
	OPENCCB_SIGN_IN_DISCORD_ID:
		'Id. de la aplicación de Discord; deja a los miembros de los servidores atendidos iniciar sesión en la web con Discord',
	OPENCCB_SIGN_IN_DISCORD_SECRET: 'Client Secret de la app de Discord',
	OPENCCB_SIGN_IN_OPENID_ISSUER:
		'Emisor de un proveedor OpenID de la empresa (Keycloak, Authentik, Google); deja iniciar sesión en la web con sus cuentas',
	OPENCCB_SIGN_IN_OPENID_ID: 'Client ID con el que conoce a este programa',
	OPENCCB_SIGN_IN_OPENID_SECRET: 'Client Secret de ese cliente',
	OPENCCB_SIGN_IN_OPENID_TITLE: 'Cómo lo llama la gente: «Iniciar sesión con …»',
	OPENCCB_SIGN_IN_OPENID_SCOPE: 'Permisos que se le piden, separados por espacios',
	OPENCCB_SIGN_IN_OPENID_ACCOUNT: 'Cuál de sus datos es la cuenta: uno que no da nunca a nadie más',
	OPENCCB_SIGN_IN_OPENID_GROUPS: 'Cuál de sus datos lleva los grupos',
	OPENCCB_SIGN_IN_OPENID_REQUIRED: 'Datos sin cuyo valor nadie entra, separados por punto y coma: hd=example.com (Google lo necesita)',
	OPENCCB_SIGN_IN_OPENID_ROLES:
		'Qué rol da cada grupo, separados por punto y coma: staff => employee; it-team => lead. Quien no está en ninguno ya no entra',
	OPENCCB_SIGN_IN_OPENID_ADMINS: 'Si uno de esos roles puede ser admin (on u off)',
	OLLAMA_HOST: 'Dirección de Ollama, o varias separadas por comas',
	OLLAMA_MODEL: 'El modelo que responde; se instala con `ollama pull`',
	OLLAMA_MODELS: 'Más modelos que la gente puede elegir, con opciones propias: qwen3:8b, gemma4:26b context=32768 answer=8192 think=low',
	OLLAMA_EMBEDDING_MODEL: 'El modelo que hace los vectores para buscar en documentos, si un administrador no eligió otro',
	OLLAMA_SLOTS: 'Respuestas que un servidor Ollama escribe a la vez; `auto` lo aprende. Si se fija, igual a su OLLAMA_NUM_PARALLEL',
	OLLAMA_CONTEXT_TOKENS: 'Longitud del contexto en tokens, la misma en cada llamada',
	OLLAMA_ANSWER_TOKENS: 'Respuesta más larga en tokens; como mucho la mitad del contexto',
	OLLAMA_FIRST_TOKEN_SECONDS: 'Cuánto esperar el primer token de una respuesta, desde que le toca',
	OLLAMA_SILENCE_SECONDS: 'Cuánto puede callar un modelo dentro de una respuesta',
	OLLAMA_TOTAL_SECONDS: 'Cuánto puede durar una respuesta en total',
	OLLAMA_PULL: 'Si los administradores pueden instalar modelos en los servidores desde el chat: off donde otros se ocupan de ellos',
	OLLAMA_QUEUE_SECONDS: 'Cuánto puede esperar una pregunta por un sitio libre',
	DATABASE_URL: 'PostgreSQL 15 o posterior; sin ella, la base de datos integrada en OPENCCB_DATA',
	OPENCCB_DATA: 'Carpeta de la base de datos integrada y de los documentos',
	KNOWLEDGE_STORAGE: 'Bucket para los documentos, como s3://bucket/prefijo; sin él, la carpeta documents en OPENCCB_DATA',
	KNOWLEDGE_S3_ENDPOINT: 'Dirección del servicio donde están los buckets; sin ella, la de Amazon en la región',
	KNOWLEDGE_S3_REGION: 'Región de los buckets; casi todos los servicios que no son el de Amazon aceptan cualquiera',
	KNOWLEDGE_S3_KEY: 'Id. de la clave de acceso (access key id) a los buckets',
	KNOWLEDGE_S3_SECRET: 'Clave de acceso secreta (secret access key) a los buckets',
	KNOWLEDGE_S3_PATH_STYLE: 'Si el bucket va en la ruta de la dirección (on) o delante del servidor (off), como quieren algunos servicios',
	REDIS_URL: 'Redis 6 o posterior; solo hace falta cuando varios procesos comparten el trabajo',
	OPENCCB_OPERATIONS_HOST: 'Dirección de /healthz, /readyz y /metrics, que no son para fuera. En un contenedor con red privada: 0.0.0.0',
	OPENCCB_OPERATIONS_PORT: 'Puerto de /healthz, /readyz y /metrics; 0 toma cualquiera libre',
	OPENCCB_ALERTS_CHANNEL:
		'Canal en el que se cuentan los avisos de la monitorización, como plataforma:inquilino:canal, por ejemplo slack:T0123ABCD:C0123ABCD; activa POST /alerts',
	OPENCCB_ALERTS_TOKEN: 'Token que envía Alertmanager con los avisos, al puerto de operaciones',
	OPENCCB_ALERTS_SILENCE_MINUTES: 'Tras cuántos minutos sin señales de vida de la monitorización se cuenta en el canal; 0 para nunca',
	OTEL_EXPORTER_OTLP_ENDPOINT:
		'Colector de OpenTelemetry al que se cuenta, por OTLP/HTTP, en qué se va el tiempo de cada respuesta, sin nada de lo dicho; a nadie si falta',
	OPENCCB_LANGUAGE: 'Idioma para quien no lo tiene indicado en su plataforma',
	OPENCCB_TIME_ZONE: 'Zona horaria de quien no la tiene indicada en su plataforma, p. ej. Europe/Madrid; sin ella, la de la máquina',
	OPENCCB_ADMINS: 'Administradores, separados por comas, como plataforma:inquilino:cuenta, p. ej. slack:T0123ABCD:U0123ABCD',
	OPENCCB_AUDIT:
		'Si los administradores pueden leer lo que alguien dijo al bot, dando un motivo que queda guardado; off lo prohíbe en la base de datos',
	OPENCCB_BROADCAST: 'Si los administradores pueden decir algo en todos los canales a la vez, con `admin broadcast`',
	OPENCCB_REQUESTS_PER_MINUTE: 'Preguntas que una persona puede hacer en un minuto; none es sin límite',
	OPENCCB_TOKENS_PER_DAY: 'Tokens, leídos y escritos, que pueden costar en 24 horas las respuestas a una persona; none es sin límite',
	OPENCCB_REPLIES_IN_FLIGHT: 'Respuestas a una persona que pueden estar en marcha a la vez, contando las que esperan; none es sin límite',
	KNOWLEDGE_ANSWERS:
		'Cómo usan las respuestas los documentos, donde nadie lo decidió para el canal: solo ellos (only), primero ellos (prefer) o nada (off)',
	KNOWLEDGE_CHANNELS:
		'Si los archivos que se comparten en canales se incorporan como documentos, donde nadie lo decidió para el canal: on (sí), off (no) o ask (se pregunta a quien comparte uno); en los chats personales siempre',
	KNOWLEDGE_REWRITE:
		'Si antes se pregunta al modelo qué quiere decir una pregunta que se apoya en la anterior (on u off): se encuentra más, y la respuesta empieza hasta dos segundos más tarde',
	KNOWLEDGE_SYNC:
		'Carpetas y buckets de los que se toman documentos sin más, separados por punto y coma: /srv/manual => company; s3://bucket/prefijo => slack:T0123:C0123',
	KNOWLEDGE_SYNC_MINUTES: 'Minutos entre dos recorridos de KNOWLEDGE_SYNC',
	CONNECTORS:
		'Carpeta con un fichero YAML por cada base de datos a la que se puede preguntar; sin ella, a ninguna. Véase docs/conectores.md',
	LINK_HOSTS:
		'Servidores a los que pueden enlazar las respuestas, separados por comas, como wiki.example.com o *.example.com, o * para todos; además de los que haya nombrado quien pregunta y los de las fuentes',
	OPENCCB_ROLES:
		'Qué hace este proceso, separado por comas: chat (escucha a las plataformas y responde), jobs (trabajo que puede esperar), all, todo, o none (solo se le pregunta cómo está, antes de que ocupe el lugar de otro)',
	OPENCCB_LEASE_SECONDS: 'Cuánto puede callar un proceso antes de que otro siga con lo que hacía; lo mismo en todos los procesos',
	OPENCCB_DRAIN_SECONDS:
		'Cuánto sigue el programa como antes cuando se le pide parar, mientras /healthz/intake ya falla; más de lo que tarda un balanceador en notarlo, y 0 donde nadie pregunta',
	OPENCCB_GRACE_SECONDS:
		'Cuánto pueden seguir después las respuestas; quien para el programa espera 8 s más que la suma de ambas antes de matarlo',
	OPENCCB_COMMIT:
		'El commit del que se construyó, para el log, /metrics y `estado`; las imágenes lo fijan, y sin él se mira la copia de trabajo',
	LOG_LEVEL: 'Líneas de log menos graves que se escriben',
};
