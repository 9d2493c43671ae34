/** What is done with any text. */

/** `text` itself, or its beginning and a sign that it goes on, with no half of a character; `most` UTF-16 units at most, the sign among them. */
export function shortened(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}
