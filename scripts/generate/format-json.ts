/** JSON as the formatter of this project leaves it: lists without objects stand in one line where there is room. */

/** The formatter's line width, in biome.json; a tab counts as two there. */
const lineWidth = 140;
const tabWidth = 2;

export function formatJson(value: object): string {
	const spread = JSON.stringify(value, null, '\t');
	// A list whose items are all numbers or text without brackets; a comma may follow it.
	const flatList = /^(\t*)(.*)\[\n([^[\]{}]+)\n\t*\](,?)$/gm;
	const joined = spread.replace(flatList, (whole, indent: string, key: string, items: string, comma: string) => {
		const line = `${key}[${items.trim().replace(/\n\t*/g, ' ')}]${comma}`;
		return indent.length * tabWidth + line.length <= lineWidth ? `${indent}${line}` : whole;
	});
	return `${joined}\n`;
}
