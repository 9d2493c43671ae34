/** What is done with any text. */

/** `text` itself, or its beginning and a sign that it goes on, with no half of a character; `most` UTF-16 units at most, the sign among them. */
export function shortened(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

/** `text` itself, or its beginning and its end with a sign between them: what a name ends in tells most of it. As `shortened` otherwise. */
export function shortenedInMiddle(text: string, most: number): string {
	if (text.length <= most) return text;
	const behind = Math.floor((most - 1) / 3);
	return `${text.slice(0, most - 1 - behind).toWellFormed()}…${text.slice(text.length - behind).toWellFormed()}`;
}
