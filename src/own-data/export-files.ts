/** All that is held of a person, as JSON files that a platform takes. Pure. */

import type { Words } from '../locales/locales.ts';
import type { OutgoingFile } from '../platform/chat-platform.ts';
import type { OwnRows } from './own-statements.ts';

export interface ExportOptions {
	words: Words['myData'];
	day: Date;
	/** Of one file. */
	mostBytes: number;
}

interface Part {
	rows: Record<string, OwnRows>;
	bytes: number;
}

/** What the head of a file takes, and the marks between its rows. */
const headBytes = 8_192;
/** Indentation, key of the table, comma. */
const rowBytes = 64;

/** At least one; each is whole JSON by itself. */
export function filesOf(held: readonly [table: string, rows: OwnRows][], { words, day, mostBytes }: ExportOptions): OutgoingFile[] {
	const parts: Part[] = [{ rows: {}, bytes: headBytes }];
	for (const [table, rows] of held) {
		for (const row of rows) {
			const bytes = Buffer.byteLength(JSON.stringify(row)) * 2 + rowBytes;
			const last = parts.at(-1);
			const part = last === undefined || (last.bytes + bytes > mostBytes && last.bytes > headBytes) ? { rows: {}, bytes: headBytes } : last;
			if (part !== last) parts.push(part);
			const told = part.rows[table] ?? [];
			part.rows[table] = told;
			told.push(row);
			part.bytes += bytes;
		}
	}
	const date = day.toISOString().slice(0, 10);
	return parts.map(({ rows }, index) => {
		const head = { about: words.about, exportedAt: day.toISOString(), part: index + 1, parts: parts.length };
		const suffix = parts.length === 1 ? '' : `-${index + 1}`;
		const bytes = Buffer.from(JSON.stringify({ ...head, held: rows }, null, '\t'));
		return { name: `openccb-my-data-${date}${suffix}.json`, mediaType: 'application/json', bytes };
	});
}
