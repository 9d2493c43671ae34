/** Text as models write it, of an exact number of tokens: paragraphs, bullets, code and tables, about 4.4 characters a token. */

/** The table's first row: where a table is cut between two messages, the second one repeats it. */
export const tableHeader = '| Item | Quantity | Price |';

const sections = [
	'The delivery of the order depends on three things that the supplier has to confirm before the end of the week.',
	'- The quantity that is really in stock today\n- The price with the discount that was agreed in spring\n- The date on which the lorry leaves the warehouse',
	'```ts\nconst total = lines.reduce((sum, line) => sum + line.quantity * line.price, 0);\nprint(total.toFixed(2));\n```',
	`${tableHeader}\n| --- | --- | --- |\n| Bolts | 1200 | 0.12 |\n| Plates | 40 | 18.50 |\n| Hinges | 300 | 1.05 |`,
	'If one of them changes, write to the buyer **first** and to the workshop afterwards, so that nobody waits for parts in vain.',
];

const tokenCharacters = 4.43;

/** Ends mid-sentence where the tokens end, as a cut answer does; never inside a block that would then read differently. */
export function makeText(tokens: number): string[] {
	const wanted = Math.round(tokens * tokenCharacters);
	let text = '';
	for (let index = 0; text.length < wanted; index++) text += `${index === 0 ? '' : '\n\n'}${sections[index % sections.length]}`;
	const body = text.slice(0, wanted).replace(/\s+$/, '.');
	return Array.from({ length: tokens }, (_, index) => body.slice(at(index), at(index + 1)));

	function at(index: number): number {
		return Math.round((index * body.length) / tokens);
	}
}
