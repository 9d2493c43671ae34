/** What the bot says about linking accounts, in Spanish. */

import type { link as english } from './english.ts';

export const link: typeof english = {
	code: (code, minutes) =>
		[
			`Tu código: ${code}`,
			`Antes de ${minutes} minutos, escríbeme en la otra plataforma: vincular ${code}. O «vincular código», y te lo pido. Sirve una sola vez.`,
			'Desde entonces las dos cuentas eres tú: una cuota, un rol, y lo que me dijiste con la otra pasa aquí.',
			'No escribas nunca un código que te haya dado otra persona.',
		].join('\n'),
	entry: {
		about: 'Escribe el código que te di en otra plataforma. Para obtener uno, dime «vincular» en nuestro chat personal.',
		code: { label: 'Código', hint: 'ocho letras y cifras, como K7QF-2M9X' },
	},
	privateOnly: 'Dímelo en nuestro chat personal y te doy allí un código, donde nadie más pueda leerlo.',
	linked: (name) => `Listo: esta cuenta queda vinculada con ${name}. Si no eres tú, di «desvincular» enseguida y avisa a un administrador.`,
	unlinked: (accounts) =>
		accounts === 1
			? 'Listo: las cuentas vuelven a estar separadas, cada una con lo que se dijo en ella.'
			: `Listo: ${accounts} cuentas vuelven a estar separadas, cada una con lo que se dijo en ella.`,
	notLinked: 'Esta cuenta no está vinculada con ninguna otra. Di «vincular» para obtener un código.',
	notACode: 'Eso no es un código. Di «vincular» en tu otra plataforma para obtener uno; se parece a K7QF-2M9X.',
	refused: {
		unknown: 'No conozco este código. Revísalo, o di «vincular» en la otra plataforma para obtener uno nuevo.',
		expired: 'Este código ha caducado. Di «vincular» en la otra plataforma para obtener uno nuevo.',
		used: 'Este código ya se usó. Di «vincular» en la otra plataforma para obtener uno nuevo.',
		own: 'Esta es la cuenta para la que se hizo el código. Escríbelo con tu cuenta de otra plataforma.',
		'other-person': 'Este código lo hizo otra persona del mismo espacio de trabajo, así que no vincula nada. Ya no sirve.',
		'more-rights': 'Esta cuenta tiene más permisos que la otra. Di «vincular» aquí y escribe el código allí.',
		'two-roles': 'Un administrador dio a la otra cuenta un rol más alto que a esta. Pregúntale cuál de los dos debe valer.',
		locked: (minutes) => `Demasiados códigos equivocados. Puedes volver a intentarlo dentro de ${minutes} min.`,
	},
};
