/** Which passwords are taken: long ones of any signs, and none that is made of what everybody tries first. Pure. */

/** As OWASP's ASVS 5.0 has it (6.2.1, 6.2.9): 15 without a second factor, and at least 64 have to be possible. */
export const passwordLength = { least: 15, most: 128 } as const;

export type PasswordProblem = 'too-short' | 'too-long' | 'too-common';

/** So much has to be left that is none of it. */
const leastUnexpected = 8;

/** Of published lists of passwords, and of the languages of this project: what most of the frequent ones are made of, whole or in parts. */
const common = [
	...['password', 'passwort', 'contraseña', 'contrasena', 'clave', 'secret', 'secreto', 'welcome', 'bienvenido', 'letmein', 'changeme'],
	...[
		'trustno',
		'iloveyou',
		'teamo',
		'tequiero',
		'princess',
		'princesa',
		'sunshine',
		'football',
		'futbol',
		'baseball',
		'basketball',
		'monkey',
	],
	...[
		'dragon',
		'master',
		'shadow',
		'superman',
		'batman',
		'pokemon',
		'naruto',
		'starwars',
		'michael',
		'jordan',
		'ashley',
		'charlie',
		'jessica',
	],
	...[
		'daniel',
		'andrea',
		'alejandro',
		'carlos',
		'maria',
		'jose',
		'antonio',
		'admin',
		'administrator',
		'administrador',
		'root',
		'user',
		'usuario',
	],
	...['login', 'test', 'prueba', 'guest', 'invitado', 'default', 'temporal', 'company', 'empresa', 'hello', 'hola', 'freedom', 'whatever'],
	...[
		'computer',
		'internet',
		'google',
		'facebook',
		'chocolate',
		'cheese',
		'flower',
		'summer',
		'winter',
		'spring',
		'autumn',
		'verano',
		'invierno',
	],
	...['primavera', 'otoño', 'barcelona', 'madrid', 'realmadrid', 'liverpool', 'chelsea', 'arsenal', 'lovely', 'forever', 'angel', 'jesus'],
	...[
		'january',
		'february',
		'march',
		'april',
		'june',
		'july',
		'august',
		'september',
		'october',
		'november',
		'december',
		'enero',
		'febrero',
	],
	...['marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre', 'monday', 'friday', 'lunes'],
	...['openccb', 'ollama', 'slack', 'teams', 'discord', 'qazwsx', 'edc', 'rfv', 'zaq', 'xsw'],
];

/** As they lie on keyboards and in alphabets, forwards and backwards. */
const rows = [
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890',
	'qwertyuiop',
	'asdfghjklñ',
	'zxcvbnm',
	'qwertzuiop',
	'yxcvbnm',
	'azertyuiop',
	'1qaz2wsx3edc4rfv5tgb',
];
const leastOfRow = 3;

/** @param own What others know of them: their name, what they are called. */
export function problemOfPassword(password: string, own: readonly string[]): PasswordProblem | null {
	const { length } = [...password];
	if (length < passwordLength.least) return 'too-short';
	if (length > passwordLength.most) return 'too-long';
	return unexpectedIn(password, own) < leastUnexpected ? 'too-common' : null;
}

/** How many signs are neither part of what everybody tries, nor a repetition of what stood before them. */
function unexpectedIn(password: string, own: readonly string[]): number {
	const plain = withoutDisguise(password.toLowerCase());
	const known = [...own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((word) => word.length > 2), ...common];
	const withoutWords = known.toSorted((one, other) => other.length - one.length).reduce((text, word) => text.replaceAll(word, ' '), plain);
	const left = withoutRows(withoutWords).replaceAll(/(?:19|20)\d\d/g, ' ');
	return withoutRepetition(left.replaceAll(/[\s\p{P}\p{S}]+/gu, '')).length;
}

/** As people disguise letters. A digit among digits stays one. */
function withoutDisguise(text: string): string {
	const letters: Readonly<Record<string, string>> = { '@': 'a', '4': 'a', '3': 'e', '1': 'i', '0': 'o', $: 's', '5': 's', '7': 't' };
	return text.replaceAll(/(?<!\d)[@$431057](?!\d)/g, (sign) => letters[sign] ?? sign);
}

function withoutRows(text: string): string {
	const both = rows.flatMap((row) => [row, [...row].reverse().join('')]);
	let left = '';
	for (let from = 0; from < text.length; ) {
		const reach = Math.max(...both.map((row) => reachIn(text, from, row)));
		left += reach >= leastOfRow ? ' ' : (text[from] ?? '');
		from += reach >= leastOfRow ? reach : 1;
	}
	return left;
}

/** How many signs from here on follow each other there too. */
function reachIn(text: string, from: number, row: string): number {
	let reach = 1;
	while (from + reach < text.length && row.includes(text.slice(from, from + reach + 1))) reach += 1;
	return row.includes(text[from] ?? ' ') ? reach : 0;
}

/** `abcabcabc` is as good as `abc`, and `aaaa` as `a`. */
function withoutRepetition(text: string): string {
	return text.replaceAll(/(.{1,16}?)\1+/gsu, '$1');
}
