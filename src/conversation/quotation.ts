/** Words of people as material for the model: nothing in them can end the quotation or pass for somebody else's line. */

/**
 * `name: text` on one line, continuation lines indented. The `<` of anything that looks like the tag is replaced by a
 * look-alike, so that only our own tags are tags.
 */
export function quoteLine(name: string, text: string, tag: string): string {
	const line = `${name.replace(/\s+/g, ' ')}: ${text.trim().replace(/\r?\n/g, '\n  ')}`;
	return line.replace(new RegExp(`<(?=[\\s/]*${tag})`, 'gi'), '‹');
}
