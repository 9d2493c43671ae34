/** What the doctor says in English. */

import { certificateSentences } from './certificate-sentences.ts';
import type { DoctorWords } from './words.ts';

const list = (items: readonly string[]) => items.join(', ');
const tokens = (count: number) => count.toLocaleString('en');
const process = (pid: number | null, host: string) => (pid === null ? 'a process that is just starting' : `process ${pid} on ${host}`);
/** What to do when nobody answers. Node.js' words for a certificate that it does not know all name it so. */
const wayTo = (reason: string, variable: string) =>
	/CERT|SIGNED|SIGNATURE/.test(reason)
		? 'the certificate is not trusted: start with NODE_EXTRA_CA_CERTS=<file with the one of your proxy or company> in the environment; in .env it has no effect'
		: `check the way from this machine to it (proxy, firewall), and ${variable} if it is set`;
const times = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

export const english: DoctorWords = {
	areas: {
		settings: 'Settings',
		http: 'Port',
		https: 'HTTPS',
		database: 'Database',
		documents: 'Documents',
		redis: 'Redis',
		ollama: 'Ollama',
		slack: 'Slack',
		teams: 'Teams',
		discord: 'Discord',
	},
	sentences: {
		settings: ({ count }) => `all can be read and fit together, ${count} of them are set`,
		'setting-wrong': ({ problem }) => [problem, 'correct it in .env or in the environment; .env.example explains every variable'],
		'secrets-open': ({ file }) => [
			`other users of this machine can read or change ${file}, where tokens and passwords may stand`,
			`keep them out: \`chmod 600 ${file}\``,
		],
		'no-platform': () => [
			'no chat platform is configured',
			'`npm start` opens the playground; for the bot set SLACK_BOT_TOKEN, TEAMS_APP_ID or DISCORD_BOT_TOKEN',
		],

		'port-free': ({ address }) => `${address} is free`,
		'running-ready': ({ address, parts }) => `an OpenCCB runs at ${address} and is ready (${list(parts)})`,
		'running-not-ready': ({ address }) => [`an OpenCCB runs at ${address} and is not ready`, `see its parts below, and its log`],
		'running-part': ({ part, state, reason }) => [
			`the one that runs says of its ${part}: ${state}${reason && ` (${reason})`}`,
			'see its log',
		],
		'port-taken': ({ address }) => [
			`${address} is in use by another program`,
			'set PORT or OPENCCB_OPERATIONS_PORT to a free one, or end that program (`ss -ltnp` shows it)',
		],
		'port-forbidden': ({ address }) => [
			`this account may not listen on ${address}`,
			'set PORT or OPENCCB_OPERATIONS_PORT to a number above 1023, and let a proxy take 443',
		],
		'host-unknown': ({ address }) => [
			`this machine has no address for ${address}`,
			'set HOST or OPENCCB_OPERATIONS_HOST to one of its own: 127.0.0.1, or 0.0.0.0 behind a proxy on another machine',
		],

		...certificateSentences.english,

		server: ({ place, version }) => `${place} answers, PostgreSQL ${version}`,
		'server-old': ({ place, version }) => [`${place} is PostgreSQL ${version}`, 'move to PostgreSQL 15 or newer'],
		'server-unreachable': ({ place, reason }) => [
			`${place} does not answer (${reason})`,
			reason.endsWith('08P01')
				? 'it is a connection pooler that refuses: its log says why, such as a database or user that it does not know, or a server that is away'
				: 'check host and port in DATABASE_URL, that the server runs, and that it lets this machine in (listen_addresses, firewall)',
		],
		'server-refuses-login': ({ place, reason }) => [
			`${place} refuses the login (SQLSTATE ${reason})`,
			'check user and password in DATABASE_URL (special characters percent-encoded), and pg_hba.conf',
		],
		'server-lacks-database': ({ place }) => [`there is no database ${place}`, 'create it: `create database <name> owner <login>`'],
		pooler: () => 'there is a connection pooler on the way, which keeps sessions whole',
		'pooler-lends': () => [
			'DATABASE_URL leads to a connection pooler that lends sessions for a transaction; OpenCCB needs whole ones',
			'let it work in session mode (PgBouncer: `pool_mode = session` for this database), or go to the server itself',
		],
		login: () => 'the login owns the database and may migrate it',
		'login-superuser': () => [
			'the login of DATABASE_URL is a superuser',
			'give OpenCCB a login of its own: `create role openccb login createrole password …`, and make it the owner of the database',
		],
		'login-weak': ({ statement }) => [
			'the login may not make the tables, or give the roles, that OpenCCB needs',
			`as a superuser (roles, also as the login that made them): \`${statement}\``,
		],
		'login-makes-no-roles': ({ statement }) => [
			'the login may not make the roles that administrators ask for with `admin role`; all else works',
			`as a superuser: \`${statement}\``,
		],
		'migrations-current': ({ count }) => `all ${count} migrations have run`,
		'migrations-pending': ({ names }) => [`migrations still to run: ${list(names)}`, 'nothing to do: the next start runs them'],
		'migrations-newer': ({ names }) => [
			`a newer OpenCCB has been here (${list(names)}), and lets this version work on`,
			'nothing to do while versions are being replaced; else start the newer one',
		],
		'restored-without-owners': ({ owner }) => [
			`the database was restored without its owners: its key belongs to ${owner}`,
			'run `npm run migrate -- --roles`, then restore it again as a superuser and with them, not with --no-owner',
		],
		'schema-newer': ({ version }) => [
			`the database needs OpenCCB ${version} or newer`,
			'start that version, or restore the backup from before the update',
		],
		'schema-older': ({ version }) => [
			'the database is too old to be migrated by this version',
			`start OpenCCB ${version} on it first, then this one`,
		],
		'migrations-unreadable': ({ statement }) => [
			'the login may not read which migrations have run: the tables are another login’s',
			`let it own them, as a superuser in this database: \`${statement}\``,
		],
		pgvector: () => 'pgvector is there',
		'embedding-model-chosen': ({ model }) => [
			`an administrator chose ${model} for the vectors of documents: OLLAMA_EMBEDDING_MODEL does not count`,
			'`/ccb admin models embed default` goes back to the setting',
		],
		'vector-index-missing': () => [
			'there are so many passages that their vectors need an index, which is not there yet: until it is, people who may read most of them wait longer',
			'the program makes it by itself, in the background, while a process with the role `jobs` runs; memory for it: docs/production.md',
		],
		'pgvector-not-created': () => [
			'the server has pgvector, but not in this database: documents are found by their words, not by their meaning',
			'a superuser runs in it: `create extension vector`; then start the program again',
		],
		'pgvector-missing': () => [
			'the server has no pgvector: documents can be found by their words, not by their meaning',
			'install it on the database server (Debian: `apt install postgresql-<version>-pgvector`); all else works without',
		],
		folder: ({ folder }) => `the embedded database is in ${folder}`,
		'folder-new': ({ folder }) => `the embedded database will be made in ${folder}`,
		'folder-read-only': ({ folder }) => [
			`${folder} cannot be written`,
			'give this account the right to write there, or set OPENCCB_DATA to another folder',
		],
		'folder-open': ({ folder }) => [
			`other users of this machine can enter ${folder}, where what people said lies unencrypted`,
			'start OpenCCB, which closes it, or close it now: `chmod 700` on that folder',
		],
		'folder-link-open': ({ folder }) => [
			`${folder} is a link, and other users of this machine can enter the folder that it leads to`,
			'close that folder with `chmod 700`: OpenCCB changes nothing behind a link',
		],
		'folder-foreign': ({ folder }) => [
			`${folder} belongs to another user of this machine, who could read everything in it`,
			'give it to the user that runs OpenCCB (`chown -R`), or set OPENCCB_DATA to another folder',
		],
		'folder-replaceable': ({ folder, holder }) => [
			`other users of this machine can rename what lies in ${holder}, and put another folder in the place of ${folder}`,
			`let nobody else write there (\`chmod go-w ${holder}\`, and \`chown\` where it is not yours), or set OPENCCB_DATA to another folder`,
		],
		'folder-in-use': ({ folder, pid, host }) => [
			`${folder} is in use by ${process(pid, host)}`,
			'as it should be if that is the OpenCCB that runs; a second one needs DATABASE_URL or an OPENCCB_DATA of its own',
		],

		'documents-folder': ({ folder }) => `documents lie in ${folder}, which can be written`,
		'documents-read-only': ({ folder }) => [
			`${folder} cannot be written, so no document can be kept`,
			'give this account the right to write there, or set OPENCCB_DATA to another folder, or KNOWLEDGE_STORAGE to a bucket',
		],
		bucket: ({ place }) => `documents lie in ${place}, where files can be put, read and removed`,
		'bucket-unreachable': ({ place, reason }) => [
			`${place} does not answer as it should (${reason})`,
			wayTo(reason, 'KNOWLEDGE_S3_ENDPOINT'),
		],
		'bucket-refuses': ({ place, reason }) => [
			`${place} refuses to keep files (${reason})`,
			'check KNOWLEDGE_STORAGE, KNOWLEDGE_S3_KEY, KNOWLEDGE_S3_SECRET and KNOWLEDGE_S3_REGION; the key needs s3:ListBucket for the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject for what is in it',
		],

		'no-redis': () => 'none is configured, which is right for a single process',
		redis: ({ place, version }) => `${place} answers, Redis ${version}, and takes every command that is needed`,
		'redis-old': ({ place, version }) => [`${place} is Redis ${version}`, 'move to Redis 6 or newer'],
		'redis-unreachable': ({ place, reason }) => [
			`${place} does not answer (${reason})`,
			'check REDIS_URL (rediss:// where it wants TLS), and that the server runs and lets this machine in',
		],
		'redis-refuses-login': ({ place, reason }) => [
			`${place} refuses the login (${reason})`,
			'put user and password into REDIS_URL: redis://user:password@host:6379 (special characters percent-encoded)',
		],
		'redis-refuses': ({ place, command, reason }) => [
			`${place} refuses ${command} (${reason})`,
			reason === 'READONLY'
				? 'that is a replica: put the address of the primary into REDIS_URL'
				: 'allow the login: keys ~ccb:*, channels &ccb:*, commands +@read +@write +@scripting +@pubsub +info',
		],
		'redis-version-unknown': ({ place }) => [`${place} works, but does not tell its version`, 'see to it that it is Redis 6 or newer'],

		ollama: ({ host, version }) => `${host} answers, version ${version}`,
		'ollama-unreachable': ({ host, reason }) => [
			`${host} does not answer (${reason})`,
			'check OLLAMA_HOST and that Ollama runs there (`ollama serve`); for other machines it must listen with OLLAMA_HOST=0.0.0.0',
		],
		'ollama-refuses-login': ({ host }) => [
			`${host} wants other credentials`,
			'put them into OLLAMA_HOST: http://user:password@host, or http://:token@host for a bearer token',
		],
		model: ({ host, model }) => `${host} has ${model}`,
		'model-missing': ({ host, model }) => [`${host} does not have ${model}`, `run \`ollama pull ${model}\` there`],
		'model-cannot-chat': ({ host, model }) => [
			`${model} on ${host} cannot chat`,
			'name a model that can in OLLAMA_MODEL or OLLAMA_MODELS, such as gemma4:e4b',
		],
		'model-cannot-embed': ({ host, model }) => [
			`${model} on ${host} makes no vectors`,
			'set OLLAMA_EMBEDDING_MODEL to an embedding model, such as bge-m3',
		],
		'model-cloud': ({ model, variable }) => [
			`${model} runs in Ollama’s cloud: what people write would leave the company`,
			`set ${variable} to a model that runs on your own machines`,
		],
		'model-unknown': ({ host, model }) => [
			`${host} answers, but does not say whether it has ${model}`,
			`see to it there with \`ollama list\`; a proxy in front should let GET /api/tags and POST /api/show through`,
		],
		'model-context-short': ({ host, model, tokens: most, wantedTokens }) => [
			`${model} on ${host} was made for ${tokens(most)} tokens, and OLLAMA_CONTEXT_TOKENS asks for ${tokens(wantedTokens)}`,
			`set OLLAMA_CONTEXT_TOKENS to ${most} or less, or take another model`,
		],
		'model-context-differs': ({ host, model, tokens: now, wantedTokens }) => [
			`${model} runs on ${host} with ${tokens(now)} tokens of context, and OpenCCB asks for ${tokens(wantedTokens)}`,
			`another program uses it: each change loads the model anew. Let both ask for the same (OLLAMA_CONTEXT_TOKENS)`,
		],
		'model-one-at-a-time': ({ host, model, slots }) => [
			`Ollama answers one question at a time with ${model} on ${host}, and OLLAMA_SLOTS says ${slots}`,
			'set OLLAMA_SLOTS to auto or 1, or take a model of another family',
		],

		'slack-token': ({ team, bot }) => `the token is good: “${bot}” in “${team}”`,
		'slack-token-refused': ({ reason }) => [
			`Slack refuses SLACK_BOT_TOKEN (${reason})`,
			'copy the Bot User OAuth Token from the app’s page "OAuth & Permissions"; after a reinstallation it is a new one',
		],
		'slack-token-unusable': ({ reason }) => [
			`Slack does not accept SLACK_BOT_TOKEN here (${reason})`,
			'see to it that it is the Bot User OAuth Token (xoxb-…) of the page "OAuth & Permissions"',
		],
		'slack-unreachable': ({ host, reason }) => [`${host} does not answer (${reason})`, wayTo(reason, 'SLACK_API_URL')],
		'slack-scopes': ({ count }) => `all ${count} scopes are granted`,
		'slack-scopes-missing': ({ scopes }) => [
			`scopes are missing: ${list(scopes)}`,
			'paste manifests/slack.json into the app’s page "App Manifest", or add them under "OAuth & Permissions", then reinstall the app',
		],
		'slack-scopes-unknown': () => [
			'Slack did not say which scopes are granted',
			'compare the app’s page "OAuth & Permissions" with manifests/slack.json',
		],
		'slack-groups': () => 'roles can follow user groups',
		'slack-groups-untold': ({ reason }) => [
			`roles cannot follow user groups (${reason})`,
			reason === 'missing_scope'
				? 'if they should, add usergroups:read under "OAuth & Permissions", and reinstall the app'
				: 'if they should, see to it that the workspace has user groups and that apps may read them',
		],
		'slack-emails': ({ isGranted }) =>
			isGranted
				? ['the bot sees e-mail addresses', 'if accounts are not linked by e-mail, take users:read.email away and reinstall the app']
				: ['the bot sees no e-mail addresses', 'if accounts are to be linked by e-mail, add users:read.email and reinstall the app'],
		'slack-socket-mode': () => 'the app-level token is good, and Socket Mode is on',
		'slack-app-token-refused': ({ reason }) => [
			`Slack refuses SLACK_APP_TOKEN (${reason})`,
			'create an app-level token with the scope connections:write (page "Basic Information") and switch Socket Mode on (page "Socket Mode")',
		],
		'slack-signing-secret': () => [
			'SLACK_SIGNING_SECRET cannot be checked from here',
			'with the bot running, press Retry at the Request URL of the app’s page "Event Subscriptions": "Verified" means that address and secret are right',
		],

		'teams-token': () => 'Entra gives the bot a token',
		'teams-secret-wrong': ({ entraCode }) => [
			`TEAMS_APP_PASSWORD is not a secret of the app (${entraCode})`,
			'make a new client secret in Entra ("Certificates & secrets") and copy its Value, not its Secret ID',
		],
		'teams-secret-expired': ({ entraCode }) => [
			`TEAMS_APP_PASSWORD has expired (${entraCode})`,
			'make a new client secret in Entra ("Certificates & secrets") and copy its Value',
		],
		'teams-app-unknown': ({ entraCode }) => [
			`the tenant does not know the app (${entraCode})`,
			'compare TEAMS_APP_ID with "Application (client) ID" and TEAMS_TENANT_ID with "Directory (tenant) ID" of the app’s page in Entra',
		],
		'teams-tenant-unknown': ({ entraCode }) => [
			`there is no such tenant (${entraCode})`,
			'copy "Directory (tenant) ID" from the app’s page in Entra into TEAMS_TENANT_ID',
		],
		'teams-token-refused': ({ entraCode }) => [
			`Entra refuses the bot’s credentials (${entraCode})`,
			`check TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_APP_TYPE and TEAMS_TENANT_ID; https://login.microsoftonline.com/error explains the code`,
		],
		'teams-login-unreachable': ({ host, reason }) => [`${host} gives no token (${reason})`, wayTo(reason, 'TEAMS_LOGIN_URL')],
		'teams-managed-identity': () => 'the managed identity gives the bot a token',
		'teams-managed-identity-missing': () => [
			'the managed identity gives no token',
			'assign the identity of TEAMS_APP_ID to this machine in Azure; outside Azure use a client secret and TEAMS_APP_TYPE=SingleTenant',
		],
		'teams-keys': () => 'the keys of the Bot Connector can be had, and speak for Teams',
		'teams-keys-unreachable': ({ host, reason }) => [
			`${host} does not give the keys of the Bot Connector (${reason})`,
			`${wayTo(reason, 'TEAMS_OPENID_URL')}; without keys every message is refused`,
		],
		'teams-keys-unendorsed': ({ host }) => [
			`none of the keys at ${host} is endorsed for Teams`,
			'leave TEAMS_OPENID_URL unset, or set it to the address of your national cloud',
		],
		'teams-graph-token': () => 'Entra gives the bot a token for Microsoft Graph',
		'teams-graph-refused': ({ entraCode }) => [
			`Entra gives no token for Microsoft Graph (${entraCode})`,
			'grant the app its Graph permissions with admin consent in Entra ("API permissions"), or set TEAMS_GRAPH=off',
		],
		'teams-groups': () => 'Microsoft Graph tells who is in which group, so that roles can follow groups of Entra',
		'teams-groups-hidden': () => [
			'the app may not see who is in which group: roles cannot follow groups of Entra',
			'grant the application permission GroupMember.Read.All with admin consent in Entra ("API permissions"), if they are to; it counts within an hour, or after a restart',
		],
		'teams-graph-unreachable': ({ host, reason }) => [`${host} does not answer (${reason})`, wayTo(reason, 'TEAMS_GRAPH_URL')],
		'teams-endpoint': () => [
			'whether Teams reaches the bot cannot be seen from here',
			'the messaging endpoint of the Azure Bot must be https://<your address>/teams/messages, and the channel Microsoft Teams switched on',
		],
		'teams-anonymous': () => [
			'TEAMS_ANONYMOUS is on: messages are taken without any check',
			'keep it for trying the bot in the Agents Playground; for real use set TEAMS_APP_ID and what goes with it',
		],

		'discord-token': ({ bot }) => `the token is good: “${bot}”`,
		'discord-token-refused': () => [
			'Discord refuses DISCORD_BOT_TOKEN',
			'press "Reset Token" on the page "Bot" of the developer portal and copy the new one',
		],
		'discord-unreachable': ({ host, reason }) => [`${host} does not answer (${reason})`, wayTo(reason, 'DISCORD_API_URL')],
		'discord-other-application': ({ applicationId }) => [
			`the token belongs to the application ${applicationId}, and DISCORD_APPLICATION_ID says another one`,
			`set DISCORD_APPLICATION_ID=${applicationId}, or take the token of the other application`,
		],
		'discord-message-content': () => 'the message content intent is on',
		'discord-message-content-off': () => [
			'the message content intent is off, and Discord refuses the connection without it',
			'switch "Message Content Intent" on, on the page "Bot" of the developer portal',
		],
		'discord-interactions-elsewhere': () => [
			'commands and buttons go to an Interactions Endpoint URL, not to the bot',
			'empty that field on the page "General Information" of the developer portal',
		],
		'discord-public-bot': () => [
			'anybody can add the bot to a server of theirs (it leaves those that are not in DISCORD_GUILDS)',
			'switch "Public Bot" off, on the page "Bot" of the developer portal',
		],
		'discord-guild': ({ guild }) => `the bot is in “${guild}” with all permissions that it needs`,
		'discord-guild-not-joined': ({ guildId, inviteUrl }) => [
			`the bot is not in the server ${guildId} of DISCORD_GUILDS`,
			`let somebody who manages that server open ${inviteUrl}`,
		],
		'discord-guild-permissions': ({ guild, permissions, inviteUrl }) => [
			`in “${guild}” the bot lacks: ${list(permissions)}`,
			`give them to its role, or open ${inviteUrl} once more`,
		],
		'discord-guild-unreadable': ({ guildId, reason }) => [
			`the server ${guildId} could not be looked at (${reason})`,
			'try again in a minute',
		],
		'discord-other-guilds': ({ guilds }) => [
			`the bot is in servers that are not in DISCORD_GUILDS: ${list(guilds)}`,
			'it leaves them when it starts; add their ids to DISCORD_GUILDS to serve them',
		],
		'discord-session-starts': ({ remaining, total }) => `${remaining} of ${total} starts are left for today`,
		'discord-session-starts-low': ({ remaining, hours }) => [
			`only ${times(remaining, 'start is', 'starts are')} left until the count begins anew in ${hours} h`,
			'find out from the log why the bot connects so often, before none is left',
		],
		'discord-session-starts-spent': ({ hours }) => [
			'no start is left: Discord lets the bot connect no more',
			`wait ${hours} h, and find out from the log why it connected so often`,
		],

		'check-too-slow': ({ seconds }) => [`nothing to be seen within ${seconds} s`, 'check the way from this machine to it, then try again'],
		'check-failed': ({ reason }) => [`could not be looked at (${reason})`, 'try again; if it stays so, report it with this line'],
	},
	summary: ({ bad, warnings }) => {
		const look = times(warnings, 'thing deserves a look', 'things deserve a look');
		if (bad > 0) return `${times(bad, 'thing is', 'things are')} wrong${warnings > 0 ? `, ${look}` : ''}.`;
		return warnings > 0 ? `Nothing is wrong; ${look}.` : 'All is well.';
	},
	usage: 'Usage: npm run doctor -- [--language es|en]',
	failed: (reason) => `The doctor itself failed (${reason}). Please report it with this line.`,
};
