/** Ordinary answers, Spanish and English, block by block: nothing in them may be changed. */

export const ordinaryMarkdown: string[] = [
	'Hello! You have 25 days of holiday per year, and 3 of them carry over.',
	'¡Hola! Tienes 25 días de vacaciones al año; ¿quieres que te explique cómo pedirlos?',
	'# Resumen\n',
	'Una línea con **negrita**, *cursiva*, ~~tachado~~ y `código`.\nOtra línea con una ñ, un 50 % y 3 < 4 && 5 > 4.',
	'See [the handbook](https://intranet.example.com/handbook) and [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110 "HTTP").',
	'Read [Node.js](https://nodejs.org), [README.md](https://github.com/a/b) and [Promise.all](https://developer.mozilla.org/x).',
	'[https://example.com/a](https://example.com/a), [example.com](https://www.example.com/), [write](mailto:ana@example.com)',
	'Escribe a ana@example.com o abre <https://example.com/a?b=c&d=e>.',
	'1. Abre **Ajustes**.\n2. Elige `Idioma`.\n   - Español\n   - Inglés\n3. Guarda.',
	'- [ ] pending\n- [x] done\n  - nested with [1] and [^2]',
	'| Plan | Precio |\n| :--- | ---: |\n| Básico | 10 € |\n| `a \\| b` | [x](https://example.com) |',
	'> La cita dice: «no todo lo que brilla es oro».\n>\n> — Anónimo',
	'```html\n<!DOCTYPE html>\n<a href="x">[y](z)</a> <!-- note -->\n```',
	'Use `arr[0](x)`, `List<String>`, `@decorator` and ``a ` b``.',
	'A footnote[1], an array a[i], a range [0, 1), f(x)[y] and "quotes" (with parentheses).',
	'Path C:\\temp\\new and escaped \\*stars\\* and \\[brackets\\].',
	'Math: $a_1 < b_2$, 2 * 3 * 4, x &amp; y, AT&T, R&D, a<b, <br>.',
	'Wait!! What?! OK...\n\tTabbed line',
	'Emoji 👩‍👩‍👧‍👦 and 日本語のテキスト。次の文。',
	'***',
];
