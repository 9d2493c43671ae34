/** What the doctor says in Spanish: the same shape as `words-english.ts`. */

import { certificateSentences } from './certificate-sentences.ts';
import { spanishProblem } from './problems-spanish.ts';
import type { DoctorWords } from './words.ts';

const list = (items: readonly string[]) => items.join(', ');
const tokens = (count: number) => count.toLocaleString('es', { useGrouping: 'always' });
const process = (pid: number | null, host: string) => (pid === null ? 'un proceso que está empezando' : `el proceso ${pid} en ${host}`);
/** What to do when nobody answers. Node.js' words for a certificate that it does not know all name it so. */
const wayTo = (reason: string, variable: string) =>
	/CERT|SIGNED|SIGNATURE/.test(reason)
		? 'el certificado no es de confianza: arranca con NODE_EXTRA_CA_CERTS=<archivo con el de tu proxy o empresa> en el entorno; en .env no tiene efecto'
		: `revisa el camino desde esta máquina (proxy, cortafuegos) y, si está puesta, ${variable}`;
const times = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

export const spanish: DoctorWords = {
	areas: {
		settings: 'Ajustes',
		http: 'Puerto',
		https: 'HTTPS',
		database: 'Base de datos',
		documents: 'Documentos',
		redis: 'Redis',
		ollama: 'Ollama',
		slack: 'Slack',
		teams: 'Teams',
		discord: 'Discord',
	},
	sentences: {
		settings: ({ count }) => `todos se entienden y encajan entre sí; hay ${count} puestos`,
		'setting-wrong': ({ problem }) => [
			spanishProblem(problem),
			'corrígelo en .env o en el entorno; .env.example explica cada variable (docs/ajustes.md, en español)',
		],
		'secrets-open': ({ file }) => [
			`otros usuarios de esta máquina pueden leer o cambiar ${file}, donde puede haber tokens y contraseñas`,
			`no los dejes: \`chmod 600 ${file}\``,
		],
		'no-platform': () => [
			'no hay ninguna plataforma de chat configurada',
			'`npm start` abre el playground; para el bot, pon SLACK_BOT_TOKEN, TEAMS_APP_ID o DISCORD_BOT_TOKEN',
		],

		'port-free': ({ address }) => `${address} está libre`,
		'running-ready': ({ address, parts }) => `hay un OpenCCB en marcha en ${address} y está listo (${list(parts)})`,
		'running-not-ready': ({ address }) => [
			`hay un OpenCCB en marcha en ${address} y no está listo`,
			'mira sus partes, aquí debajo, y su log',
		],
		'running-part': ({ part, state, reason }) => [
			`el que está en marcha dice de su parte ${part}: ${state}${reason && ` (${reason})`}`,
			'mira su log',
		],
		'port-taken': ({ address }) => [
			`otro programa usa ${address}`,
			'pon en PORT u OPENCCB_OPERATIONS_PORT uno que esté libre, o termina ese programa (`ss -ltnp` lo muestra)',
		],
		'port-forbidden': ({ address }) => [
			`esta cuenta no puede escuchar en ${address}`,
			'pon en PORT u OPENCCB_OPERATIONS_PORT un número mayor que 1023 y deja el 443 a un proxy',
		],
		'host-unknown': ({ address }) => [
			`esta máquina no tiene ninguna dirección para ${address}`,
			'pon en HOST u OPENCCB_OPERATIONS_HOST una de las suyas: 127.0.0.1, o 0.0.0.0 detrás de un proxy en otra máquina',
		],

		...certificateSentences.spanish,

		server: ({ place, version }) => `${place} responde, PostgreSQL ${version}`,
		'server-old': ({ place, version }) => [`${place} es PostgreSQL ${version}`, 'pasa a PostgreSQL 15 o posterior'],
		'server-unreachable': ({ place, reason }) => [
			`${place} no responde (${reason})`,
			reason.endsWith('08P01')
				? 'es un pool de conexiones que se niega: su registro dice por qué, como una base de datos o un usuario que no conoce, o un servidor que no está'
				: 'revisa servidor y puerto en DATABASE_URL, que esté en marcha y que deje entrar a esta máquina (listen_addresses, cortafuegos)',
		],
		'server-refuses-login': ({ place, reason }) => [
			`${place} rechaza las credenciales (SQLSTATE ${reason})`,
			'revisa usuario y contraseña en DATABASE_URL (los caracteres especiales, con %) y pg_hba.conf',
		],
		'server-lacks-database': ({ place }) => [`no existe la base de datos ${place}`, 'créala: `create database <nombre> owner <usuario>`'],
		pooler: () => 'hay un pool de conexiones por medio, que mantiene las sesiones enteras',
		'pooler-lends': () => [
			'DATABASE_URL lleva a un pool de conexiones que presta sesiones por transacción; OpenCCB las necesita enteras',
			'haz que trabaje por sesión (PgBouncer: `pool_mode = session` para esta base de datos), o ve al servidor mismo',
		],
		login: () => 'el usuario es dueño de la base de datos y puede migrarla',
		'login-superuser': () => [
			'el usuario de DATABASE_URL es superusuario',
			'dale a OpenCCB un usuario propio: `create role openccb login createrole password …`, y hazlo dueño de la base de datos',
		],
		'login-weak': ({ statement }) => [
			'el usuario no puede crear las tablas, o dar los roles, que OpenCCB necesita',
			`como superusuario (los roles, también como el usuario que los creó): \`${statement}\``,
		],
		'login-makes-no-roles': ({ statement }) => [
			'el usuario no puede crear los roles que piden los administradores con `admin role`; todo lo demás funciona',
			`como superusuario: \`${statement}\``,
		],
		'migrations-current': ({ count }) => `las ${count} migraciones están hechas`,
		'migrations-pending': ({ names }) => [`migraciones por hacer: ${list(names)}`, 'no hay que hacer nada: el próximo arranque las hace'],
		'migrations-newer': ({ names }) => [
			`por aquí ha pasado un OpenCCB más nuevo (${list(names)}), que deja trabajar a esta versión`,
			'mientras se cambia de versión no hay que hacer nada; si no, arranca la más nueva',
		],
		'restored-without-owners': ({ owner }) => [
			`la base de datos se restauró sin sus dueños: su clave es de ${owner}`,
			'ejecuta `npm run migrate -- --roles`, y restáurala otra vez como superusuario y con ellos, no con --no-owner',
		],
		'schema-newer': ({ version }) => [
			`la base de datos necesita OpenCCB ${version} o posterior`,
			'arranca esa versión, o restaura la copia de seguridad de antes de actualizar',
		],
		'schema-older': ({ version }) => [
			'la base de datos es demasiado antigua para que esta versión la migre',
			`arranca antes OpenCCB ${version} con ella, y después esta`,
		],
		'migrations-unreadable': ({ statement }) => [
			'el usuario no puede leer qué migraciones están hechas: las tablas son de otro usuario',
			`haz que sea su dueño, como superusuario en esta base de datos: \`${statement}\``,
		],
		pgvector: () => 'pgvector está disponible',
		'embedding-model-chosen': ({ model }) => [
			`un administrador eligió ${model} para los vectores de los documentos: OLLAMA_EMBEDDING_MODEL no cuenta`,
			'`/ccb admin models embed default` vuelve al ajuste',
		],
		'vector-index-missing': () => [
			'hay tantos pasajes que sus vectores necesitan un índice, y aún no está: hasta entonces, quien puede leer la mayoría espera más',
			'el programa lo crea solo, en segundo plano, mientras funciona un proceso con el papel `jobs`; la memoria que pide: docs/produccion.md',
		],
		'pgvector-not-created': () => [
			'el servidor tiene pgvector, pero no en esta base de datos: los documentos se encuentran por sus palabras, no por su significado',
			'un superusuario ejecuta en ella: `create extension vector`; después hay que reiniciar el programa',
		],
		'pgvector-missing': () => [
			'el servidor no tiene pgvector: los documentos se encuentran por sus palabras, no por su significado',
			'instálalo en el servidor de la base de datos (Debian: `apt install postgresql-<versión>-pgvector`); todo lo demás funciona sin él',
		],
		folder: ({ folder }) => `la base de datos integrada está en ${folder}`,
		'folder-new': ({ folder }) => `la base de datos integrada se creará en ${folder}`,
		'folder-read-only': ({ folder }) => [
			`no se puede escribir en ${folder}`,
			'da a esta cuenta permiso para escribir ahí, o pon otra carpeta en OPENCCB_DATA',
		],
		'folder-open': ({ folder }) => [
			`otros usuarios de esta máquina pueden entrar en ${folder}, donde lo que se ha dicho está sin cifrar`,
			'arranca OpenCCB, que la cierra, o ciérrala ya: `chmod 700` sobre esa carpeta',
		],
		'folder-link-open': ({ folder }) => [
			`${folder} es un enlace, y otros usuarios de esta máquina pueden entrar en la carpeta a la que lleva`,
			'cierra esa carpeta con `chmod 700`: OpenCCB no cambia nada detrás de un enlace',
		],
		'folder-foreign': ({ folder }) => [
			`${folder} es de otro usuario de esta máquina, que podría leer todo lo que hay en ella`,
			'dásela al usuario que ejecuta OpenCCB (`chown -R`), o pon otra carpeta en OPENCCB_DATA',
		],
		'folder-replaceable': ({ folder, holder }) => [
			`otros usuarios de esta máquina pueden cambiar de nombre lo que hay en ${holder} y poner otra carpeta en el lugar de ${folder}`,
			`que nadie más pueda escribir ahí (\`chmod go-w ${holder}\`, y \`chown\` si no es tuya), o pon otra carpeta en OPENCCB_DATA`,
		],
		'folder-in-use': ({ folder, pid, host }) => [
			`${process(pid, host)} está usando ${folder}`,
			'así debe ser si es el OpenCCB que está en marcha; otro más necesita DATABASE_URL o su propia OPENCCB_DATA',
		],

		'documents-folder': ({ folder }) => `los documentos están en ${folder}, donde se puede escribir`,
		'documents-read-only': ({ folder }) => [
			`no se puede escribir en ${folder}, así que no se puede guardar ningún documento`,
			'da a esta cuenta permiso para escribir ahí, o pon otra carpeta en OPENCCB_DATA, o un bucket en KNOWLEDGE_STORAGE',
		],
		bucket: ({ place }) => `los documentos están en ${place}, donde se pueden guardar, leer y quitar archivos`,
		'bucket-unreachable': ({ place, reason }) => [`${place} no responde como debe (${reason})`, wayTo(reason, 'KNOWLEDGE_S3_ENDPOINT')],
		'bucket-refuses': ({ place, reason }) => [
			`${place} se niega a guardar archivos (${reason})`,
			'revisa KNOWLEDGE_STORAGE, KNOWLEDGE_S3_KEY, KNOWLEDGE_S3_SECRET y KNOWLEDGE_S3_REGION; la clave necesita s3:ListBucket sobre el bucket, y s3:GetObject, s3:PutObject y s3:DeleteObject sobre lo que hay en él',
		],

		'no-redis': () => 'no hay ninguno configurado, y para un solo proceso está bien',
		redis: ({ place, version }) => `${place} responde, Redis ${version}, y acepta todo lo que hace falta`,
		'redis-old': ({ place, version }) => [`${place} es Redis ${version}`, 'pasa a Redis 6 o posterior'],
		'redis-unreachable': ({ place, reason }) => [
			`${place} no responde (${reason})`,
			'revisa REDIS_URL (rediss:// si quiere TLS), que esté en marcha y que deje entrar a esta máquina',
		],
		'redis-refuses-login': ({ place, reason }) => [
			`${place} rechaza las credenciales (${reason})`,
			'pon usuario y contraseña en REDIS_URL: redis://usuario:contraseña@servidor:6379 (los caracteres especiales, con %)',
		],
		'redis-refuses': ({ place, command, reason }) => [
			`${place} rechaza ${command} (${reason})`,
			reason === 'READONLY'
				? 'es una réplica: pon en REDIS_URL la dirección del primario'
				: 'da permiso al usuario: claves ~ccb:*, canales &ccb:*, comandos +@read +@write +@scripting +@pubsub +info',
		],
		'redis-version-unknown': ({ place }) => [`${place} funciona, pero no dice su versión`, 'asegúrate de que es Redis 6 o posterior'],

		ollama: ({ host, version }) => `${host} responde, versión ${version}`,
		'ollama-unreachable': ({ host, reason }) => [
			`${host} no responde (${reason})`,
			'revisa OLLAMA_HOST y que Ollama esté en marcha ahí (`ollama serve`); para otras máquinas debe escuchar con OLLAMA_HOST=0.0.0.0',
		],
		'ollama-refuses-login': ({ host }) => [
			`${host} quiere otras credenciales`,
			'ponlas en OLLAMA_HOST: http://usuario:contraseña@servidor, o http://:token@servidor para un token',
		],
		model: ({ host, model }) => `${host} tiene ${model}`,
		'model-missing': ({ host, model }) => [`${host} no tiene ${model}`, `ejecuta ahí \`ollama pull ${model}\``],
		'model-cannot-chat': ({ host, model }) => [
			`${model} no puede conversar (${host})`,
			'pon en OLLAMA_MODEL u OLLAMA_MODELS un modelo que sí pueda, como gemma4:e4b',
		],
		'model-cannot-embed': ({ host, model }) => [
			`${model} no hace vectores (${host})`,
			'pon en OLLAMA_EMBEDDING_MODEL un modelo de embeddings, como bge-m3',
		],
		'model-cloud': ({ model, variable }) => [
			`${model} funciona en la nube de Ollama: lo que la gente escribe saldría de la empresa`,
			`pon en ${variable} un modelo que funcione en vuestras máquinas`,
		],
		'model-unknown': ({ host, model }) => [
			`${host} responde, pero no dice si tiene ${model}`,
			'compruébalo ahí con `ollama list`; si hay un proxy delante, que deje pasar GET /api/tags y POST /api/show',
		],
		'model-context-short': ({ host, model, tokens: most, wantedTokens }) => [
			`${model} (${host}) está hecho para ${tokens(most)} tokens, y OLLAMA_CONTEXT_TOKENS pide ${tokens(wantedTokens)}`,
			`pon en OLLAMA_CONTEXT_TOKENS ${most} o menos, o toma otro modelo`,
		],
		'model-context-differs': ({ host, model, tokens: now, wantedTokens }) => [
			`${model} está en ${host} con ${tokens(now)} tokens de contexto, y OpenCCB pide ${tokens(wantedTokens)}`,
			'lo usa otro programa, y cada cambio carga el modelo de nuevo: que los dos pidan lo mismo (OLLAMA_CONTEXT_TOKENS)',
		],
		'model-one-at-a-time': ({ host, model, slots }) => [
			`con ${model}, Ollama responde a las preguntas de una en una (${host}), y OLLAMA_SLOTS dice ${slots}`,
			'pon en OLLAMA_SLOTS auto o 1, o toma un modelo de otra familia',
		],

		'slack-token': ({ team, bot }) => `el token es bueno: «${bot}» en «${team}»`,
		'slack-token-refused': ({ reason }) => [
			`Slack rechaza SLACK_BOT_TOKEN (${reason})`,
			'copia el Bot User OAuth Token de la página "OAuth & Permissions" de la app; al reinstalarla cambia',
		],
		'slack-token-unusable': ({ reason }) => [
			`Slack no acepta aquí SLACK_BOT_TOKEN (${reason})`,
			'comprueba que es el Bot User OAuth Token (xoxb-…) de la página "OAuth & Permissions"',
		],
		'slack-unreachable': ({ host, reason }) => [`${host} no responde (${reason})`, wayTo(reason, 'SLACK_API_URL')],
		'slack-scopes': ({ count }) => `están concedidos los ${count} permisos`,
		'slack-scopes-missing': ({ scopes }) => [
			`faltan permisos: ${list(scopes)}`,
			'pega manifests/slack.json en la página "App Manifest" de la app, o añádelos en "OAuth & Permissions", y reinstala la app',
		],
		'slack-scopes-unknown': () => [
			'Slack no ha dicho qué permisos están concedidos',
			'compara la página "OAuth & Permissions" de la app con manifests/slack.json',
		],
		'slack-groups': () => 'los roles pueden seguir a los grupos de usuarios',
		'slack-groups-untold': ({ reason }) => [
			`los roles no pueden seguir a los grupos de usuarios (${reason})`,
			reason === 'missing_scope'
				? 'si deben hacerlo, añade usergroups:read en "OAuth & Permissions" y reinstala la app'
				: 'si deben hacerlo, comprueba que el espacio de trabajo tiene grupos de usuarios y que las apps pueden leerlos',
		],
		'slack-emails': ({ isGranted }) =>
			isGranted
				? ['el bot ve las direcciones de correo', 'si no se vinculan cuentas por correo, quita users:read.email y reinstala la app']
				: ['el bot no ve las direcciones de correo', 'si se van a vincular cuentas por correo, añade users:read.email y reinstala la app'],
		'slack-socket-mode': () => 'el token de app es bueno, y Socket Mode está activado',
		'slack-app-token-refused': ({ reason }) => [
			`Slack rechaza SLACK_APP_TOKEN (${reason})`,
			'crea un token de app con el permiso connections:write (página "Basic Information") y activa Socket Mode (página "Socket Mode")',
		],
		'slack-signing-secret': () => [
			'SLACK_SIGNING_SECRET no se puede comprobar desde aquí',
			'con el bot en marcha, pulsa Retry en la Request URL de la página "Event Subscriptions": "Verified" quiere decir que dirección y secreto son buenos',
		],

		'teams-token': () => 'Entra da un token al bot',
		'teams-secret-wrong': ({ entraCode }) => [
			`TEAMS_APP_PASSWORD no es un secreto de la app (${entraCode})`,
			'crea en Entra un secreto de cliente ("Certificados y secretos") y copia su Valor, no su Id. de secreto',
		],
		'teams-secret-expired': ({ entraCode }) => [
			`TEAMS_APP_PASSWORD ha caducado (${entraCode})`,
			'crea en Entra otro secreto de cliente ("Certificados y secretos") y copia su Valor',
		],
		'teams-app-unknown': ({ entraCode }) => [
			`el inquilino no conoce la app (${entraCode})`,
			'compara TEAMS_APP_ID con "Id. de aplicación (cliente)" y TEAMS_TENANT_ID con "Id. de directorio (inquilino)" en la página de la app en Entra',
		],
		'teams-tenant-unknown': ({ entraCode }) => [
			`no existe ese inquilino (${entraCode})`,
			'copia "Id. de directorio (inquilino)" de la página de la app en Entra a TEAMS_TENANT_ID',
		],
		'teams-token-refused': ({ entraCode }) => [
			`Entra rechaza las credenciales del bot (${entraCode})`,
			'revisa TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_APP_TYPE y TEAMS_TENANT_ID; https://login.microsoftonline.com/error explica el código',
		],
		'teams-login-unreachable': ({ host, reason }) => [`${host} no da ningún token (${reason})`, wayTo(reason, 'TEAMS_LOGIN_URL')],
		'teams-managed-identity': () => 'la identidad administrada da un token al bot',
		'teams-managed-identity-missing': () => [
			'la identidad administrada no da ningún token',
			'asigna a esta máquina en Azure la identidad de TEAMS_APP_ID; fuera de Azure, usa un secreto de cliente y TEAMS_APP_TYPE=SingleTenant',
		],
		'teams-keys': () => 'las claves del Bot Connector están a mano, y valen para Teams',
		'teams-keys-unreachable': ({ host, reason }) => [
			`${host} no da las claves del Bot Connector (${reason})`,
			`${wayTo(reason, 'TEAMS_OPENID_URL')}; sin claves se rechaza cada mensaje`,
		],
		'teams-keys-unendorsed': ({ host }) => [
			`ninguna de las claves de ${host} vale para Teams`,
			'quita TEAMS_OPENID_URL, o pon la dirección de tu nube nacional',
		],
		'teams-graph-token': () => 'Entra da al bot un token para Microsoft Graph',
		'teams-graph-refused': ({ entraCode }) => [
			`Entra no da ningún token para Microsoft Graph (${entraCode})`,
			'concede a la app sus permisos de Graph, con consentimiento de administrador ("Permisos de API" en Entra), o pon TEAMS_GRAPH=off',
		],
		'teams-groups': () => 'Microsoft Graph dice quién está en cada grupo, así que los roles pueden seguir a los grupos de Entra',
		'teams-groups-hidden': () => [
			'la app no puede ver quién está en cada grupo: los roles no pueden seguir a los grupos de Entra',
			'si deben seguirlos, concede el permiso de aplicación GroupMember.Read.All, con consentimiento de administrador ("Permisos de API" en Entra); cuenta antes de una hora, o al reiniciar',
		],
		'teams-graph-unreachable': ({ host, reason }) => [`${host} no responde (${reason})`, wayTo(reason, 'TEAMS_GRAPH_URL')],
		'teams-endpoint': () => [
			'si Teams llega al bot no se ve desde aquí',
			'el punto de conexión de mensajería del Azure Bot debe ser https://<tu dirección>/teams/messages, con el canal Microsoft Teams activado',
		],
		'teams-anonymous': () => [
			'TEAMS_ANONYMOUS está activado: se aceptan mensajes sin comprobarlos',
			'déjalo solo para probar el bot en el Agents Playground; para usarlo de verdad, pon TEAMS_APP_ID y lo que va con él',
		],

		'discord-token': ({ bot }) => `el token es bueno: «${bot}»`,
		'discord-token-refused': () => [
			'Discord rechaza DISCORD_BOT_TOKEN',
			'pulsa "Reset Token" en la página "Bot" del portal de desarrolladores y copia el nuevo',
		],
		'discord-unreachable': ({ host, reason }) => [`${host} no responde (${reason})`, wayTo(reason, 'DISCORD_API_URL')],
		'discord-other-application': ({ applicationId }) => [
			`el token es de la aplicación ${applicationId}, y DISCORD_APPLICATION_ID dice otra`,
			`pon DISCORD_APPLICATION_ID=${applicationId}, o el token de la otra aplicación`,
		],
		'discord-message-content': () => 'el intent del contenido de los mensajes está activado',
		'discord-message-content-off': () => [
			'el intent del contenido de los mensajes está desactivado, y sin él Discord rechaza la conexión',
			'activa "Message Content Intent" en la página "Bot" del portal de desarrolladores',
		],
		'discord-interactions-elsewhere': () => [
			'los comandos y los botones van a una Interactions Endpoint URL, no al bot',
			'vacía ese campo en la página "General Information" del portal de desarrolladores',
		],
		'discord-public-bot': () => [
			'cualquiera puede añadir el bot a un servidor suyo (él se sale de los que no están en DISCORD_GUILDS)',
			'desactiva "Public Bot" en la página "Bot" del portal de desarrolladores',
		],
		'discord-guild': ({ guild }) => `el bot está en «${guild}» con todos los permisos que necesita`,
		'discord-guild-not-joined': ({ guildId, inviteUrl }) => [
			`el bot no está en el servidor ${guildId} de DISCORD_GUILDS`,
			`que alguien que administre ese servidor abra ${inviteUrl}`,
		],
		'discord-guild-permissions': ({ guild, permissions, inviteUrl }) => [
			`en «${guild}» al bot le falta: ${list(permissions)}`,
			`dáselo a su rol, o abre otra vez ${inviteUrl}`,
		],
		'discord-guild-unreadable': ({ guildId, reason }) => [
			`no se ha podido mirar el servidor ${guildId} (${reason})`,
			'inténtalo de nuevo dentro de un minuto',
		],
		'discord-other-guilds': ({ guilds }) => [
			`el bot está en servidores que no están en DISCORD_GUILDS: ${list(guilds)}`,
			'se sale de ellos al arrancar; para atenderlos, añade sus ids. a DISCORD_GUILDS',
		],
		'discord-session-starts': ({ remaining, total }) => `quedan ${remaining} de ${total} arranques para hoy`,
		'discord-session-starts-low': ({ remaining, hours }) => [
			`${times(remaining, 'arranque queda', 'arranques quedan')} hasta que la cuenta empiece de nuevo en ${hours} h`,
			'averigua en el log por qué el bot se conecta tantas veces, antes de que no quede ninguno',
		],
		'discord-session-starts-spent': ({ hours }) => [
			'no queda ningún arranque: Discord ya no deja que el bot se conecte',
			`espera ${hours} h, y averigua en el log por qué se conectó tantas veces`,
		],

		'check-too-slow': ({ seconds }) => [`no se ha visto nada en ${seconds} s`, 'revisa el camino desde esta máquina e inténtalo de nuevo'],
		'check-failed': ({ reason }) => [`no se ha podido mirar (${reason})`, 'inténtalo de nuevo; si sigue así, comunícalo con esta línea'],
	},
	summary: ({ bad, warnings }) => {
		const look = times(warnings, 'merece un vistazo', 'merecen un vistazo');
		if (bad > 0) return `${times(bad, 'cosa está mal', 'cosas están mal')}${warnings > 0 ? `, ${look}` : ''}.`;
		return warnings > 0 ? `Nada está mal; ${look}.` : 'Todo está bien.';
	},
	usage: 'Uso: npm run doctor -- [--language es|en]',
	failed: (reason) => `El propio doctor ha fallado (${reason}). Comunícalo con esta línea, por favor.`,
};
