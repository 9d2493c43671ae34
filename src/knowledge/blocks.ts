/** What a file is read into: blocks in reading order, each with its place. Chunks are cut from them. */

interface InPlace {
	/** The page of a PDF or the number of a slide, from 1; null where files have none. */
	page: number | null;
}

export interface HeadingBlock extends InPlace {
	kind: 'heading';
	/** From 1, the outermost. A sheet's name and a slide's title are headings too. */
	level: number;
	text: string;
}

export interface TextBlock extends InPlace {
	/** `code`: line breaks and blanks are meant. */
	kind: 'paragraph' | 'code';
	text: string;
}

export interface TableBlock extends InPlace {
	kind: 'table';
	/** One name for each column; empty where the table has no header. */
	header: readonly string[];
	/** May be shorter or longer than the header. Cells that are empty are kept: their place is their column. */
	rows: readonly (readonly string[])[];
}

export type DocumentBlock = HeadingBlock | TextBlock | TableBlock;

/** Why a file was not read. A person can do something about each of them. */
export const unreadableReasons = [
	'password',
	'corrupt',
	'too-large',
	'timeout',
	'no-text',
	'empty',
	'type-mismatch',
	'unsupported',
	'quarantine',
] as const;
export type UnreadableReason = (typeof unreadableReasons)[number];

/** A file as its parser gives it. */
export interface ReadDocument {
	/** What the document calls itself; null where it says nothing. */
	title: string | null;
	blocks: DocumentBlock[];
	/** Parts that could not be read, or were too many: the rest is there. */
	isPartial: boolean;
}
