/** Long texts in stretches: what is done to a text of twenty million characters at once takes many times its memory. Pure. */

/** Some twenty pages without a blank line. */
const mostCharacters = 50_000;
const stretch = new RegExp(`[\\s\\S]{1,${mostCharacters}}(?=\\s|$)|[\\s\\S]{1,${mostCharacters}}`, 'gu');

/** Divided at blanks, where there are any. */
export function* stretchesOf(text: string): Generator<string> {
	if (text.length <= mostCharacters) yield text;
	else for (const [found] of text.matchAll(stretch)) yield found;
}
