/** Parses a file in this process, and says what it became in few words. */

import type { DocumentBlock } from '#src/knowledge/blocks.ts';
import { parseFile } from '#src/knowledge/parse/parse-file.ts';
import { Rejection } from '#src/knowledge/parse/rejection.ts';

/** A line for each block: `# heading`, the text, `` `code` ``, `[header] row; row`; with `page: ` before it where there is one. */
export async function parsed(name: string, content: Uint8Array | string): Promise<string[]> {
	const { blocks } = await parseFile(name, typeof content === 'string' ? Buffer.from(content) : content);
	return blocks.map((block) => (block.page === null ? written(block) : `${block.page}: ${written(block)}`));
}

function written(block: DocumentBlock): string {
	if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${block.text}`;
	if (block.kind === 'table') return `[${block.header.join(', ')}] ${block.rows.map((row) => row.join(', ')).join('; ')}`;
	return block.kind === 'code' ? `\`${block.text}\`` : block.text;
}

/** Why the file is refused; null when it is read. */
export async function refusal(name: string, content: Uint8Array | string): Promise<string | null> {
	try {
		await parsed(name, content);
		return null;
	} catch (error) {
		if (error instanceof Rejection) return error.reason;
		throw error;
	}
}
