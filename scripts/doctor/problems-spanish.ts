/** What is wrong with a setting, in Spanish: `src/settings` says it in English, and names the variable first. Pure. */

/** The English sentence after the variable, or the whole of one that begins otherwise; `$1` and so on stand for what the parentheses matched. */
const translations: readonly [pattern: RegExp, spanish: string][] = [
	[/must be a whole number/, 'debe ser un número entero'],
	[/must be a whole number from 1, or none/, 'debe ser un número entero desde 1, o none'],
	[/Too big: expected number to be <=(\d+)/, 'debe ser $1 como mucho'],
	[/Too small: expected number to be >=(\d+)/, 'debe ser $1 como poco'],
	[/Too small: .*/, 'no puede estar vacío'],
	[/Invalid option: expected one of (.+)/, 'debe ser uno de $1'],
	[/Invalid input/, 'debe ser auto o un número entero entre 1 y 512'],
	[/must be one or several addresses like (\S+)/, 'debe ser una o varias direcciones como $1'],
	[/must be an address like (\S+)/, 'debe ser una dirección como $1'],
	[/must be an address without a path, like (\S+)/, 'debe ser una dirección sin ruta, como $1'],
	[
		/must begin with https:\/\/, unless it names this machine: browsers keep no session on plain http/,
		'debe empezar por https://, salvo que nombre esta máquina: los navegadores no guardan sesiones con http sin cifrar',
	],
	[/must be addresses or networks such as (\S+) or (\S+)/, 'deben ser direcciones o redes como $1 o $2'],
	[/must be a name such as (\S+), without https:\/\//, 'debe ser un nombre como $1, sin https://'],
	[/must be a bucket like (\S+)/, 'debe ser un bucket como $1'],
	[/must be a region such as (\S+)/, 'debe ser una región como $1'],
	[/must begin with (\S+)/, 'debe empezar por $1'],
	[/must be models such as (.+)/, 'deben ser modelos como $1'],
	[/names a model twice/, 'nombra dos veces un modelo'],
	[/gives a model an answer of more than half of its context/, 'da a un modelo una respuesta de más de la mitad de su contexto'],
	[/must be a commit such as (\S+)/, 'debe ser un commit como $1'],
	[/must be hosts such as (\S+) or (\S+)/, 'deben ser servidores como $1 o $2'],
	[
		/must be a number of 17 to 20 digits, as Discord shows it in developer mode/,
		'debe ser un número de 17 a 20 cifras, como lo muestra Discord en modo desarrollador',
	],
	[/must be the application \(client\) id, a UUID/, 'debe ser el id. de aplicación (cliente), un UUID'],
	[/must be the directory \(tenant\) id, a UUID/, 'debe ser el id. de directorio (inquilino), un UUID'],
	[
		/must be a claim that stays with one account for ever, such as (\S+): no name and no address/,
		'debe ser un dato que sea siempre de la misma cuenta, como $1: ni un nombre ni una dirección',
	],
	[/must be claims such as (\S+), separated by semicolons/, 'deben ser datos como $1, separados por punto y coma'],
	[/must be groups and roles such as (.+)/, 'deben ser grupos y roles como $1'],
	[/must be an address such as (\S+)/, 'debe ser una dirección como $1'],
	[/must contain (\S+)/, 'debe contener $1'],
	[/makes administrators and needs (\S+) beside it/, 'hace administradores y necesita a su lado $1'],
	[/vouches for anybody and needs (\S+) beside it/, 'responde por cualquiera y necesita a su lado $1'],
	[/is shared by all tenants: name the one of the company, or use (\S+)/, 'es de todos los inquilinos: nombra el de la empresa, o usa $1'],
	[/must be chat, jobs, all or none/, 'debe ser chat, jobs, all o none'],
	[
		/must be all without (\S+): no other process can use the embedded database/,
		'debe ser all sin $1: ningún otro proceso puede usar la base de datos incrustada',
	],
	[/is missing/, 'falta'],
	[/does not go with UserAssignedMSI/, 'no va con UserAssignedMSI'],
	[/must be at most half of (\S+)/, 'debe ser como mucho la mitad de $1'],
	[/needs (\S+) \(events over HTTP\) or (\S+) \(Socket Mode\) beside it/, 'necesita a su lado $1 (eventos por HTTP) o $2 (Socket Mode)'],
	[/needs (\S+) beside it, so that no stranger.s server is served/, 'necesita a su lado $1, para no atender a servidores ajenos'],
	[/needs (\S+) beside it/, 'necesita a su lado $1'],
	[
		/works only where HOST is this machine alone: without a check anybody could talk to the bot/,
		'funciona solo si HOST es esta máquina: sin comprobación, cualquiera podría hablar con el bot',
	],
	[/does not go with (\S+): keep one of the two/, 'no va con $1: deja una de las dos'],
	[/names an empty file/, 'nombra un archivo vacío'],
	[/names a file of several lines/, 'nombra un archivo de varias líneas'],
	[/names a file that is not there/, 'nombra un archivo que no existe'],
	[/names a file that this account may not read/, 'nombra un archivo que esta cuenta no puede leer'],
	[/names a folder/, 'nombra una carpeta'],
	[/names a file that cannot be read \((\S+)\)/, 'nombra un archivo que no se puede leer ($1)'],
	[/is for a bot without (\S+) and (\S+)/, 'es para un bot sin $1 ni $2'],
];

/** @param problem As `inspectSettings` gives it; what is not known stays in English. */
export function spanishProblem(problem: string): string {
	const [, variable = '', said = ''] = /^([A-Z0-9_]+(?:\.\d+)?) (.*)$/.exec(problem) ?? [];
	for (const [pattern, spanish] of translations) {
		const found = new RegExp(`^(?:${pattern.source})$`).exec(said);
		if (found !== null) return `${variable} ${spanish.replace(/\$(\d)/g, (_, index) => found[Number(index)] ?? '')}`;
	}
	return problem;
}
