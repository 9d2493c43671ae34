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
	/** Before it is written, the fence that is open must get a marker of this length. */
	widenTo?: number;
}

export interface FenceReader {
	/** Takes a line that has come to its end, without the line break. */
	take(line: string): FenceReading;
	/** Whether the next line is code, or closes it. */
	readonly isOpen: boolean;
	/** Whether a line that has not ended is to wait for its end, because it may open or close a fence within another one. */
	mustWait(line: string): boolean;
	/** The length that the open fence must have to take in others; null where it has it, or none can follow. */
	readonly roomyLength: number | null;
	/** It was given this length before any other one came. */
	widened(length: number): void;
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
}

const OPENING = /^(?<before>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*)(?<marker>`{3,}|~{3,})(?<info>.*)$/;
/** Within a file of Markdown, however far it is indented: the file has lists too. */
const INNER = /^[ \t>]*(?<marker>`{3,}|~{3,})[ \t]*(?<info>.*?)[ \t]*$/;
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
		open = { character, length, writtenLength: length, prefix, isItem: /[^ \t>]/.test(before), inner };
		return { isCode: true, line };
	}

	function goOn(fence: Fence, line: string): FenceReading {
		const { marker = '', info = '' } = INNER.exec(line)?.groups ?? {};
		if (marker.charAt(0) !== fence.character) return { isCode: true, line };
		return info === '' ? close(fence, line, marker) : openInner(fence, line, marker, info);
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

	/** A marker with words behind it opens one. */
	function openInner(fence: Fence, line: string, marker: string, info: string): FenceReading {
		if (fence.inner === null || (fence.character === '`' && info.includes('`'))) return { isCode: true, line };
		fence.inner.push(marker.length);
		if (marker.length < fence.writtenLength) return { isCode: true, line };
		fence.writtenLength = marker.length + 1;
		return { isCode: true, line, widenTo: fence.writtenLength };
	}

	return {
		take(line) {
			if (open !== null && hasLeft(open, line)) open = null;
			return open === null ? begin(line) : goOn(open, line);
		},
		get isOpen() {
			return open !== null;
		},
		mustWait: (line) => open !== null && open.inner !== null && /^[ \t>]*(?:[`~]|$)/.test(line),
		get roomyLength() {
			return open === null || open.inner === null || open.writtenLength > open.length ? null : open.length + 1;
		},
		widened(length) {
			if (open !== null) open.writtenLength = length;
		},
	};
}

/** A fence ends with the quote or the list item that it lies in. */
function hasLeft({ prefix, isItem }: Fence, line: string): boolean {
	if (prefix.includes('>')) return !/^[ \t]*>/.test(line);
	return isItem && /\S/.test(line) && indentOf(line) < prefix.length;
}

function indentOf(line: string): number {
	return /^[ \t>]*/.exec(line)?.[0].length ?? 0;
}
