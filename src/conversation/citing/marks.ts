/** Marks of sources as models write them: `[1]`, and many that they know from elsewhere. Pure. */

/** Marks with nothing but blanks, commas or an `and` between them. */
export interface MarkGroup {
	/** Behind the last one. */
	end: number;
	numbers: number[];
}

/** More sources at once support nothing in particular; so long a group is not waited for. */
const mostMarks = 12;
/** A range of more sources than an answer has is none. */
const longestRange = 20;

const source = '(?:fuentes?|sources?|citas?|cite|ref)';
const numbers = '\\d{1,3}(?: ?(?:[,;–-]|y|and) ?\\d{1,3}){0,7}';
/** `[1]`, `[1, 2]`, `[1-3]`, `[^1]`, `[^1^]`, `[Source 1]`; `[[1]]`; `【1】`, `【1†source】`; `(fuente 1)`. */
const mark = new RegExp(
	[
		`\\[\\^?(?:${source}:? ?)?#?(${numbers})\\^?\\]`,
		`\\[\\[(${numbers})\\]\\]`,
		`【(?:${source}:? ?)?(${numbers})(?:[:†][^】\\s]{0,30})?】`,
		`\\(${source}:? ?\\[?(${numbers})\\]?\\)`,
	].join('|'),
	'iy',
);
/** What may become one. */
const markBeginning =
	/(?:\[\[?\^?|【|\()(?:[a-z]{1,7}:? ?\[?)?#?(?:\d{1,3}(?: ?(?:[,;–-]|y|an?d?) ?(?:\d{1,3})?){0,7} ?)?\^?\]?(?:[:†][^】\s]{0,30})?$/iy;
/** Of a link that has a mark for its label. */
const address = /\(https?:\/\/[^\s()]{1,300}\)/y;
const addressBeginning = /\((?:h[^\s()]{0,310})?$/y;
const separators = [/[ \t]{1,2}(?:y|e|and)[ \t]{1,2}/y, /[ \t]{0,2}[,;&]?[ \t]{0,2}/y];
const separatorBeginning = /[ \t]{0,2}(?:[,;&]|y|e|an?d?)?[ \t]{0,2}$/y;

/**
 * The marks that begin at a position, as many as belong together.
 * @param isEnd no more text comes.
 * @returns null for none, `wait` as long as that is open.
 */
export function readMarks(text: string, at: number, isEnd: boolean): MarkGroup | 'wait' | null {
	const group: MarkGroup = { end: at, numbers: [] };
	for (let [position, count] = [at, 0]; count < mostMarks; count++) {
		const one = readMark(text, position, isEnd);
		if (one === 'wait') return 'wait';
		if (one === null) break;
		group.numbers.push(...one.numbers);
		group.end = one.end;
		if (!isEnd && matchAt(separatorBeginning, text, one.end) !== null) return 'wait';
		position = one.end + separatorLength(text, one.end);
	}
	return group.numbers.length === 0 ? null : group;
}

function readMark(text: string, at: number, isEnd: boolean): MarkGroup | 'wait' | null {
	const found = matchAt(mark, text, at);
	if (found === null) return !isEnd && matchAt(markBeginning, text, at) !== null ? 'wait' : null;
	const marked = numbersOf(found.slice(1).find((one) => one !== undefined) ?? '');
	if (marked === null) return null;
	const end = at + found[0].length;
	if (!isEnd && matchAt(addressBeginning, text, end) !== null) return 'wait';
	return { end: end + (matchAt(address, text, end)?.[0].length ?? 0), numbers: marked };
}

function separatorLength(text: string, at: number): number {
	for (const separator of separators) {
		const found = matchAt(separator, text, at);
		if (found !== null) return found[0].length;
	}
	return 0;
}

/** Null where they are no sources: these count from 1, and ranges go up. */
function numbersOf(written: string): number[] | null {
	const all: number[] = [];
	for (const part of written.split(/[,;]|y|and/i)) {
		const [first = 0, last = first] = part.split(/[–-]/).map(Number);
		if (first < 1 || last < first || last - first > longestRange) return null;
		for (let one = first; one <= last; one++) all.push(one);
	}
	return all;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}
