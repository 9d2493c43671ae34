/** What the bot says about the language in which it speaks to somebody, in Spanish. */

import type { language as english } from './english.ts';

export const language: typeof english = {
	current: {
		en: 'Te hablo en inglés, porque así lo elegiste.',
		es: 'Te hablo en español, porque así lo elegiste.',
		auto: 'Te hablo en el idioma de tu chat.',
	},
	how: 'Di «idioma español», «idioma inglés», o «idioma automático» para el de tu chat. Vale en todas las plataformas y en la web.',
	chosen: {
		en: 'Hecho: desde ahora te hablo en inglés, en todas las plataformas y en la web.',
		es: 'Hecho: desde ahora te hablo en español, en todas las plataformas y en la web.',
		auto: 'Hecho: desde ahora te hablo en el idioma de tu chat.',
	},
};
