/** A place in a text that is still coming, as those see it who write something else there. Types, and how lines begin. Pure. */

export interface TextPlace {
	/** What has come from here on. */
	rest: string;
	/** What stands before it on its line, as it was written. */
	line: string;
	/** Whether the line above belongs to the same paragraph. */
	isAfterText: boolean;
	/** Whether nothing more will come. */
	isEnd: boolean;
}

/** What is written in place of `length` characters. */
export interface Replacement {
	length: number;
	text: string;
}

/** Replaces what begins at a place; null for nothing, `wait` when more must come before that is known. */
export type ReadAt = (place: TextPlace) => Replacement | 'wait' | null;

const MARKS = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*/;

/** The marks of quotes and list items that a line begins with, and blanks between them. */
export function lineMarks(line: string): string {
	return MARKS.exec(line)?.[0] ?? '';
}

/** What a further line of the same item or quote begins with. */
export function withoutMarks(line: string): string {
	return lineMarks(line).replace(/[^>\t]/g, ' ');
}
