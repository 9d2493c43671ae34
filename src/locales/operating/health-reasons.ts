/**
 * What is wrong with a part of the program, in Spanish. `/readyz` and the log say it in English, with what platforms and databases call it themselves;
 * here each such sentence has its own, and what nobody foresaw stays as it is. `test/locales/health-reasons.test.ts` reads the sources for new ones.
 */

const spanish: readonly (readonly [english: RegExp, sentence: string])[] = [
	[/the database is being opened/g, 'se está abriendo la base de datos'],
	[/the database is not available: /g, 'la base de datos no está disponible: '],
	[/no answer within (\d+) ms/g, 'no responde en $1 ms'],
	[/connection lost or timed out/g, 'conexión perdida o sin respuesta a tiempo'],
	[/the database refuses the login of DATABASE_URL/g, 'la base de datos rechaza el usuario de DATABASE_URL'],
	[
		/Redis does not answer: limits count per process and are halved\. Check REDIS_URL/g,
		'Redis no responde: los límites cuentan por proceso y son la mitad. Revisa REDIS_URL',
	],
	[/the model hosts have not been asked yet/g, 'todavía no se ha preguntado a los servidores de modelos'],
	[
		/the page of the web was not built; `node scripts\/build-page\.mjs` does it/g,
		'la página de la web no está construida; lo hace `node scripts/build-page.mjs`',
	],
	[
		/no answer \(([^)]*)\): is Ollama running there, and the address right\?/g,
		'no responde ($1): ¿funciona Ollama ahí, y es correcta la dirección?',
	],
	[/the model is missing: run `([^`]*)` there/g, 'falta el modelo: ejecuta `$1` ahí'],
	[
		/(\S+) cannot write answers: set OLLAMA_MODEL to a model that can/g,
		'$1 no sabe escribir respuestas: pon en OLLAMA_MODEL un modelo que sepa',
	],
	[/(\S+) cannot write answers: take it out of OLLAMA_MODELS/g, '$1 no sabe escribir respuestas: quítalo de OLLAMA_MODELS'],
	[
		/(\S+) makes no vectors: set OLLAMA_EMBEDDING_MODEL to a model that does/g,
		'$1 no hace vectores: pon en OLLAMA_EMBEDDING_MODEL un modelo que los haga',
	],
	[/waiting for Slack to answer auth\.test/g, 'a la espera de que Slack responda a auth.test'],
	[
		/no Socket Mode connection: check SLACK_APP_TOKEN and that Socket Mode is switched on in the app/g,
		'sin conexión de Socket Mode: revisa SLACK_APP_TOKEN y que Socket Mode esté activado en la aplicación',
	],
	[
		/Slack refused SLACK_BOT_TOKEN \(([^)]*)\): copy the Bot User OAuth Token from the app's "OAuth & Permissions" page/g,
		'Slack rechazó SLACK_BOT_TOKEN ($1): copia el Bot User OAuth Token de la página «OAuth & Permissions» de la aplicación',
	],
	[/: check (\w+) and the way to it/g, ': revisa $1 y el camino hasta allí'],
	[/waiting for a token of the bot/g, 'a la espera de un token del bot'],
	[/Entra refused the bot's credentials \(([^)]*)\): check (.*) and (\w+)/g, 'Entra rechazó las credenciales del bot ($1): revisa $2 y $3'],
	[/waiting for a session of the gateway/g, 'a la espera de una sesión de la pasarela'],
	[/waiting for Discord to say who we are/g, 'a la espera de que Discord diga quiénes somos'],
	[/waiting to know which process holds the gateway/g, 'a la espera de saber qué proceso tiene la pasarela'],
	[/no connection to the gateway of Discord: check the way to it/g, 'sin conexión con la pasarela de Discord: revisa el camino hasta allí'],
	[/the gateway of Discord cannot be opened: /g, 'no se puede abrir la pasarela de Discord: '],
	[/the gateway closed the connection for good \((\d+)\)/g, 'la pasarela cerró la conexión del todo ($1)'],
	[
		/Discord refused DISCORD_BOT_TOKEN: press "Reset Token" on the page "Bot" of the application in the developer portal, and take the new one/g,
		'Discord rechazó DISCORD_BOT_TOKEN: pulsa «Reset Token» en la página «Bot» de la aplicación, en el portal de desarrollo, y usa el nuevo',
	],
	[
		/Discord does not know one of the intents that were asked for: this version of OpenCCB is too old or too new for it/g,
		'Discord no conoce uno de los «intents» pedidos: esta versión de OpenCCB es demasiado antigua o demasiado nueva',
	],
	[
		/the application may not read messages: switch on "Message Content Intent" on the page "Bot" of the developer portal/g,
		'la aplicación no puede leer mensajes: activa «Message Content Intent» en la página «Bot» del portal de desarrollo',
	],
];

export function spanishHealthReason(reason: string): string {
	return spanish.reduce((text, [english, sentence]) => text.replace(english, sentence), reason);
}
