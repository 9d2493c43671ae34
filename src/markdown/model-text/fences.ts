/**
 * Follows the fences of a text line by line. In a Markdown file that a model shows within a fence, fences nest, which Markdown itself knows
 * only of longer markers: there the outer one is to be widened.
 */

/** How a line is to be read and written. */
export interface FenceReading {
	/** Whether it is code, or opens or closes a fence. */
	isCode: boolean;
	/** As it is to be written: what closes a widened fence is as long as what opens it. */
	line: string;
}

/** Gives the open fence a marker of this length where it is written; false where it stays as it is. */
export type Widen = (length: number) => boolean;

export interface FenceReader {
	/** Takes a line that has come to its end, without the line break. `widen` is asked before the line is written. */
	take(line: string, widen: Widen): FenceReading;
	/** Whether a line that has not ended is code or text, whatever follows in it; null while that is open. */
	readBeginning(line: string): 'code' | 'text' | null;
	/** Whether the open fence may get a longer marker for others that come within it, and has none yet. */
	readonly isUnsettled: boolean;
	/** Gives it one before any other one came. */
	settle(widen: Widen): void;
}

interface Fence {
	/** A backtick or a tilde. */
	character: string;
	/** As the model wrote it. */
	length: number;
	/** As it is written. */
	writtenLength: number;
	/** What stands before the marker: marks of quotes, and blanks in place of those of list items. */
	prefix: string;
	isItem: boolean;
	/** The lengths of those that are open within it, the innermost last; null where none nest. */
	inner: number[] | null;
	/** Whether its marker cannot be changed any more. */
	isFixed: boolean;
}

const OPENING = /^(?<before>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*)(?<marker>`{3,}|~{3,})(?<info>.*)$/;
/** A line's beginning that may be an opening's, and one that is, whatever follows: behind backticks a further one would make it a code span. */
const MAY_OPEN = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*(?:(?:[-+*]|\d{1,9}[.)]?)?(?:`{1,2}|~{1,2})?|`{3,}[^`]*)$/;
const OPENS = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*~{3}/;
/** Within a file of Markdown, however far it is indented: the file has lists too. */
const INNER = /^[ \t>]*(?<marker>`{3,}|~{3,})[ \t]*(?<info>.*?)[ \t]*$/;
const MAY_BE_INNER = /^[ \t>]*(?:[`~]|$)/;
/** Languages that have fences themselves, by name or by a file's ending: `markdown`, `md title="a"`, `README.md`. */
const MARKDOWN =
	/^(?:markdown|mdown|mkdn?|md|mdx|mdc|gfm|commonmark|rmarkdown|rmd|qmd|quarto|[^\s`]{1,100}\.(?:md|mdx|markdown))(?![\w.-])/i;

export function createFenceReader(): FenceReader {
	let open: Fence | null = null;

	function begin(line: string): FenceReading {
		const { before = '', marker = '', info = '' } = OPENING.exec(line)?.groups ?? {};
		const character = marker.charAt(0);
		// Where backticks stand behind backticks it is a code span.
		if (marker === '' || (character === '`' && info.includes('`'))) return { isCode: false, line };
		const [length, prefix] = [marker.length, before.replace(/[^>\t]/g, ' ')];
		const inner = MARKDOWN.test(info.trim()) ? [] : null;
		open = { character, length, writtenLength: length, prefix, isItem: /[^ \t>]/.test(before), inner, isFixed: false };
		return { isCode: true, line };
	}

	function goOn(fence: Fence, line: string, widen: Widen): FenceReading {
		const { marker = '', info = '' } = INNER.exec(line)?.groups ?? {};
		if (marker.charAt(0) !== fence.character) return { isCode: true, line };
		if (info === '') return close(fence, line, marker);
		openInner(fence, marker, info, widen);
		return { isCode: true, line };
	}

	/** A bare marker closes the innermost fence, if it is long enough for that. */
	function close(fence: Fence, line: string, marker: string): FenceReading {
		const innermost = fence.inner?.at(-1);
		if (innermost !== undefined) {
			if (marker.length >= innermost) fence.inner?.pop();
			return { isCode: true, line };
		}
		if (marker.length < fence.length || indentOf(line) > fence.prefix.length + 3) return { isCode: true, line };
		open = null;
		const isShort = marker.length < fence.writtenLength;
		return { isCode: true, line: isShort ? line.replace(marker, fence.character.repeat(fence.writtenLength)) : line };
	}

	/** A marker with words behind it opens one. Where there is no room for that, it is a line of code, as readers have it. */
	function openInner(fence: Fence, marker: string, info: string, widen: Widen): void {
		if (fence.inner === null || (fence.character === '`' && info.includes('`'))) return;
		const hasRoom = marker.length < fence.writtenLength || widenTo(fence, marker.length + 1, widen);
		if (hasRoom) fence.inner.push(marker.length);
	}

	return {
		take(line, widen) {
			if (open !== null && hasLeft(open, line)) open = null;
			return open === null ? begin(line) : goOn(open, line, widen);
		},
		readBeginning(line) {
			if (open !== null && mayLeave(open, line)) return null;
			if (open !== null && !hasLeft(open, line)) return open.inner !== null && MAY_BE_INNER.test(line) ? null : 'code';
			if (OPENS.test(line)) return 'code';
			return MAY_OPEN.test(line) ? null : 'text';
		},
		get isUnsettled() {
			return open !== null && isUnsettled(open);
		},
		settle(widen) {
			if (open !== null && isUnsettled(open)) widenTo(open, open.length + 1, widen);
		},
	};
}

function isUnsettled({ inner, length, writtenLength, isFixed }: Fence): boolean {
	return inner !== null && !isFixed && writtenLength === length;
}

function widenTo(fence: Fence, length: number, widen: Widen): boolean {
	fence.isFixed ||= !widen(length);
	if (!fence.isFixed) fence.writtenLength = length;
	return !fence.isFixed;
}

/** A fence ends with the quote or the list item that it lies in. */
function hasLeft({ prefix, isItem }: Fence, line: string): boolean {
	if (prefix.includes('>')) return !/^[ \t]*>/.test(line);
	return isItem && /\S/.test(line) && indentOf(line) < prefix.length;
}

/** Whether the beginning of a line does not tell that yet. */
function mayLeave({ prefix, isItem }: Fence, line: string): boolean {
	if (prefix.includes('>')) return /^[ \t]*$/.test(line);
	return isItem && line.length < prefix.length && /^[ \t>]*$/.test(line);
}

function indentOf(line: string): number {
	return /^[ \t>]*/.exec(line)?.[0].length ?? 0;
}
