/** What the bot says about the web, in the chat and there, in Spanish. */

import type { web as english } from './english.ts';

export const web: typeof english = {
	off: 'Aquí no hay página web: un administrador tiene que activarla.',
	link: (address, minutes) =>
		[
			`Abre esto para usarme en tu navegador: ${address}`,
			`Sirve una vez, durante ${minutes} minutos, e inicia sesión como tú. No se lo des a nadie: quien lo abra lee todo lo que tú puedes leer.`,
		].join('\n'),
	privateOnly: 'Dímelo en nuestro chat personal y te doy allí un enlace, donde nadie más puede pulsarlo.',
	confirm: (agent, address, code) =>
		[
			`Un navegador pide iniciar sesión como tú: ${agent === '' ? 'uno sin nombre' : agent}, desde ${address}.`,
			`Solo si estás delante de él, di: navegador ${code} sí`,
			'¿Alguien te envió este código? Entonces no hagas nada: leería todo lo que tú puedes leer.',
		].join('\n'),
	confirmed: 'Hecho: ese navegador ha iniciado sesión como tú. Puedes cerrarla en la página, en sus ajustes.',
	refused: {
		unknown: 'Ningún navegador muestra ahora este código. Un código vale 5 minutos; haz que la página muestre otro.',
		locked: (minutes) => `Demasiados códigos equivocados. Puedes volver a intentarlo en ${minutes} min.`,
	},
	notACode: 'Eso no es un código. Lo muestra la página; es como K7QF-2M9X. Di solo «navegador» para recibir un enlace.',
	errors: {
		INVALID: (field) => (field === null ? 'No puedo leer lo que se envió.' : `No puedo leer lo que se envió: ${field}.`),
		UNAUTHENTICATED: 'Aquí nadie ha iniciado sesión, o ya no. Dime «/ccb navegador» en el chat para recibir un enlace.',
		FORBIDDEN: 'Eso no está permitido desde aquí.',
		NOT_FOUND: 'No existe, o no es para ti.',
		CONFLICT: 'Eso no se puede hacer aquí, o no ahora.',
		TOO_LARGE: 'Eso es más de lo que acepto de una vez.',
		UNSUPPORTED_TYPE: 'Acepto JSON, y los archivos como sus bytes.',
		WRONG_HOST: 'No respondo con este nombre.',
		RATE_LIMITED: (seconds) => `Demasiadas peticiones. Vuelve a intentarlo en ${seconds} s.`,
		INTERNAL: 'Algo ha fallado por mi parte, y ha quedado registrado.',
		UNAVAILABLE: 'Ahora mismo no alcanzo lo que necesito. Vuelve a intentarlo en un momento; no se pierde nada.',
	},
	guest: 'Trabajo para las personas de la empresa, y esta cuenta es de invitado. Un administrador puede darte acceso.',
	notForTokens: 'Para eso no sirve un token. Inicia sesión en la página.',
	tokenScope: (scope) => `Este token no lo permite: le falta «${scope}». Crea otro en la página, en los ajustes.`,
	signInFirst: (minutes) =>
		`Un token se puede crear durante ${minutes} minutos después de iniciar sesión. Dime «/ccb navegador» en el chat, entra por el enlace y créalo entonces.`,
	signInToOrder: (minutes) =>
		`Lo que cambia algo se puede ordenar aquí durante ${minutes} minutos tras iniciar sesión. Dime «/ccb navegador» en el chat y entra por el enlace.`,
	mostTokens: (most) => `Tienes ${most} tokens, y no guardo más. Retira uno que no necesites y crea este después.`,
	compatible: {
		noToken: 'Esta petición no trae un token válido. Crea uno en la página, en los ajustes, y envíalo como clave de la API.',
		unsupported: (param) => `No puedo hacer lo que pide «${param}». Quítalo y envía la petición otra vez.`,
		unreadable: (param) => (param === '' ? 'No puedo leer esta petición.' : `No puedo leer «${param}».`),
		noQuestion: 'El último mensaje tiene que ser del usuario y llevar texto.',
		noModel: (model) => `No existe el modelo «${model}», o no puedes usarlo. GET /v1/models nombra los que sí.`,
		unknownAddress: 'En esta dirección no hay nada. Conozco GET /v1/models, GET /v1/models/{id} y POST /v1/chat/completions.',
	},
	openId: {
		unasked: 'Este navegador no pidió iniciar sesión así, o volvió a pedirlo entretanto. Empieza otra vez en la página.',
		'too-late': 'Eso tardó más de diez minutos. Empieza otra vez en la página.',
		denied:
			'Allí no se permitió nada, así que nadie ha iniciado sesión. Empieza otra vez en la página, o dime «/ccb navegador» en el chat.',
		'wrong-token':
			'Lo que volvió no corresponde a lo que se pidió. Nadie ha iniciado sesión; empieza otra vez en la página, y avisa a un administrador si vuelve a pasar.',
		'not-ours': 'Esta cuenta no es de las que atiendo. Inicia sesión con la que tienes en el chat de la empresa.',
	},
	passwords: {
		wrong:
			'El nombre y la contraseña no corresponden. Revisa los dos y prueba otra vez; quien olvidó la suya pide un enlace a un administrador.',
		wrongPassword: 'Esa no es tu contraseña. Revísala y prueba otra vez.',
		wrongCode: 'Ese código no vale, o ya no vale. Toma el que la aplicación muestra ahora, o un código de recuperación que no hayas usado.',
		linkGone: 'Este enlace ya se usó o ha caducado. Pide otro a un administrador.',
		unfit: {
			'too-short': ({ least }) => `Una contraseña tiene ${least} caracteres o más: unas palabras que no van juntas se recuerdan bien.`,
			'too-long': ({ most }) => `Una contraseña tiene ${most} caracteres como mucho.`,
			'too-common': () => 'Está hecha de palabras, nombres o filas de teclas que se prueban primero. Elige algo que nadie espere de ti.',
		},
	},
	linkGone: 'Este enlace ya se usó o ha caducado. Dime «/ccb navegador» en el chat para recibir otro.',
	codeGone: 'Este código ha caducado. Haz que la página muestre otro.',
	askElsewhere: 'Esta conversación está en el chat. Síguela aquí en una nueva, o pregunta allí.',
	uploadsFull: 'Hoy me has dado tantos archivos como guardo. Desaparecen después de un día.',
	uploadGone: 'Un archivo de esta pregunta ya no está: los archivos se guardan un día. Dámelo de nuevo.',
	modelRefused: 'No existe ese modelo, o no puedes usarlo.',
	removed: {
		removed: (platform) =>
			platform === null
				? 'Está eliminada, con todo lo que se dijo en ella.'
				: `Está eliminada aquí, con todo lo que se dijo en ella. Los mensajes en ${platform} siguen allí; bórralos allí si quieres que desaparezcan.`,
		hidden: 'Otras personas participan en ella, así que sigue para ellas. Ha salido de tu lista, hasta que se diga algo nuevo en ella.',
	},
	export: {
		title: 'Conversación',
		me: 'Tú',
		assistant: 'El asistente',
		sources: 'Fuentes',
		gone: '(retirado)',
	},
};
