/** Blocks → chunks: along the document's own structure, none longer than a model embeds, each with the place that it is quoted from. Pure. */

import { estimateTokens } from '../../models/token-estimate.ts';
import { shortened } from '../../text.ts';
import type { DocumentBlock, ReadDocument, TableBlock } from '../blocks.ts';
import { cutText } from './cut-text.ts';
import { rowLines } from './table-rows.ts';

export interface Chunk {
	/** What can be quoted: the document's own words. */
	text: string;
	/** Where it stands: the title and the headings above its first words, as `Handbook › Leave › Parents`. Searched with the text, not quoted. */
	context: string;
	/** A PDF's page or a slide's number. */
	page: number | null;
}

export interface Chunks {
	chunks: Chunk[];
	/** There were more than are kept. */
	isCut: boolean;
}

/**
 * By the estimate, which is rather too high. Passages of 250 to 400 tokens are found best, and the smallest common embedding model
 * takes 512 with the context line; longer input is cut without a word.
 */
export const mostChunkTokens = 400;
/** Headings of these levels begin a chunk; below, small sections share one. */
const dividingLevel = 2;
/** A file of 20 M characters of text has about as many. */
const mostChunks = 20_000;
/** A context is a line, not a page. */
const mostContextCharacters = 200;
const mostHeadingCharacters = 80;

/** @param title what the file is called where the document says nothing. */
export function chunkDocument({ title, blocks }: Pick<ReadDocument, 'title' | 'blocks'>, fileTitle: string): Chunks {
	const writer = createWriter(title ?? fileTitle);
	for (const block of blocks) {
		if (writer.isFull()) break;
		writer.moveTo(block);
		if (block.kind === 'heading') writer.enter(block.level, block.text);
		else addPieces(writer, block);
	}
	writer.flush();
	return { chunks: writer.chunks, isCut: writer.isFull() };
}

function addPieces(writer: ReturnType<typeof createWriter>, block: Exclude<DocumentBlock, { kind: 'heading' }>): void {
	for (const piece of piecesOf(block)) {
		if (writer.isFull()) return;
		writer.add(piece);
	}
}

/** Of a table the header is repeated in each row, so that a row says alone what it says. */
function piecesOf(block: Exclude<DocumentBlock, { kind: 'heading' }>): Iterable<Piece> {
	if (block.kind === 'table') return rowPieces(block);
	const separator = block.kind === 'code' ? '\n' : '\n\n';
	return cutText(block.text, mostChunkTokens).map((text) => ({ text, separator }));
}

function* rowPieces(table: TableBlock): Generator<Piece> {
	for (const line of rowLines(table, mostChunkTokens)) yield { text: line, separator: '\n' };
}

interface Piece {
	/** Fits into a chunk. */
	text: string;
	/** What parts it from what stands before it. */
	separator: string;
}

function createWriter(title: string) {
	const chunks: Chunk[] = [];
	const headings: { level: number; text: string }[] = [];
	let text = '';
	let tokens = 0;
	let context = title;
	let page: number | null = null;
	/** Whether anything but headings is in the text. */
	let hasBody = false;

	function flush(): void {
		if (text !== '' && chunks.length < mostChunks) chunks.push({ text, context, page });
		text = '';
		tokens = 0;
		hasBody = false;
	}

	function add({ text: piece, separator }: Piece): void {
		const cost = estimateTokens(piece) + 1;
		if (text !== '' && tokens + cost > mostChunkTokens) flush();
		if (!hasBody) context = contextOf(title, headings);
		text = text === '' ? piece : `${text}${separator}${piece}`;
		tokens += cost;
		hasBody = true;
	}

	return {
		chunks,
		isFull: () => chunks.length >= mostChunks,
		flush,
		add,
		/** A chunk is of one page, so that it can be cited. What has pages has headings within one alone: the titles of slides. */
		moveTo(block: DocumentBlock) {
			if (block.page === page) return;
			flush();
			headings.length = 0;
			page = block.page;
		},
		/** A heading is text of the document too, and stands before what it heads. */
		enter(level: number, heading: string) {
			if (hasBody && level <= dividingLevel) flush();
			while (headings.length > 0 && (headings.at(-1)?.level ?? 0) >= level) headings.pop();
			headings.push({ level, text: heading });
			for (const piece of cutText(heading, mostChunkTokens)) {
				const wasBody = hasBody;
				add({ text: piece, separator: '\n\n' });
				hasBody = wasBody;
			}
		},
	};
}

function contextOf(title: string, headings: readonly { text: string }[]): string {
	const parts = [title, ...headings.map(({ text }) => text)].map((part) => shortened(part, mostHeadingCharacters));
	return shortened(parts.filter((part, at) => part !== '' && part !== parts[at - 1]).join(' › '), mostContextCharacters);
}
