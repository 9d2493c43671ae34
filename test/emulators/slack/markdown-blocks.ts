/** What Slack makes of Markdown: "passing a single block may result in multiple blocks after translation" (page "Markdown block"). */

import { parse, postprocess, preprocess } from 'micromark';
import { gfm } from 'micromark-extension-gfm';

export interface Translation {
	/** Headings, paragraphs, lists, quotes, code, dividers and tables become a block each; what each becomes is the emulator's reading of it. */
	blocks: number;
	tables: { rows: number; columns: number }[];
}

/** Between blocks, and what shows nothing. */
const noBlocks: ReadonlySet<string> = new Set(['lineEnding', 'lineEndingBlank', 'linePrefix', 'definition']);

export function translateMarkdown(text: string): Translation {
	const events = postprocess(
		parse({ extensions: [gfm()] })
			.document()
			.write(preprocess()(text, undefined, true)),
	);
	const translation: Translation = { blocks: 0, tables: [] };
	let depth = 0;
	for (const [kind, { type }] of events) {
		if (kind === 'exit') {
			depth--;
			continue;
		}
		if (depth === 0 && !noBlocks.has(type)) translation.blocks++;
		if (String(type) === 'table') translation.tables.push({ rows: 0, columns: 0 });
		count(translation.tables.at(-1), String(type));
		depth++;
	}
	return translation;
}

function count(table: Translation['tables'][number] | undefined, type: string): void {
	if (table === undefined) return;
	if (type === 'tableRow') table.rows++;
	if (type === 'tableHeader') table.columns++;
}
