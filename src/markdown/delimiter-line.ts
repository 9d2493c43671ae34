/** Finds lines that some reader may take for the second one of a table: bars then cut the line above before anything else is read. Pure. */

/** Such a line, and one with the marks of containers before it. */
const DELIMITER_LINE = /^(?=[^\n]*-)[ \t>|:*+\-\d.)]*$/gm;
const BEGINNING = /^[ \t>|:*+\-\d.)]*$/;

/** The first lines of what may be a table, in a text whose last line may not have ended. */
export interface TableStart {
	/** Where its first line begins. */
	start: number;
	/** Behind its second line; infinite while that has not ended. */
	end: number;
}

/** Where the first line begins that some reader may take for a row; the text's length when there is none. */
export function findFirstRow(text: string): number {
	const delimiters = firstDelimiterLine(text);
	return delimiters < 0 ? text.length : lineAbove(text, delimiters);
}

/** Whether a line that has ended is such a line. */
export function isDelimiterLine(line: string): boolean {
	return firstDelimiterLine(line) === 0;
}

/** What may be a table for some reader, in a paragraph that may go on: the first that is there, and the one that the last line may yet make. */
export function findTableStarts(text: string): TableStart[] {
	const lastLine = text.lastIndexOf('\n') + 1;
	const delimiters = firstDelimiterLine(text.slice(0, lastLine));
	const starts: TableStart[] = [];
	if (delimiters > 0) starts.push({ start: lineAbove(text, delimiters), end: text.indexOf('\n', delimiters) });
	if (lastLine > 0 && BEGINNING.test(text.slice(lastLine)))
		starts.push({ start: lineAbove(text, lastLine), end: Number.POSITIVE_INFINITY });
	return starts;
}

/** -1 for none. */
function firstDelimiterLine(text: string): number {
	DELIMITER_LINE.lastIndex = 0;
	return DELIMITER_LINE.exec(text)?.index ?? -1;
}

function lineAbove(text: string, line: number): number {
	return line < 2 ? 0 : text.lastIndexOf('\n', line - 2) + 1;
}
