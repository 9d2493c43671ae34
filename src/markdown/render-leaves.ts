/** Writes the leaves of a block out again, each so that every reader finds only links that were checked. */

import { breakAddresses, type LinkRule, MAY_BE_ADDRESS, noLinks } from './bare-address.ts';
import { disarmLines } from './disarm.ts';
import { scanInline } from './inline-scan.ts';
import { type Leaf, readLeaves } from './leaves.ts';
import { makeCodeSafe, mentionBreak } from './mention.ts';

/** Without one of these no leaf needs a change. */
export const SUSPECT = /[<&@[]|\][(:]/;

/** What the reader of a text knows. */
export interface Dialect {
	/** False for what shows code spans and fences as any text; then no address in them is a link. */
	knowsCode: boolean;
	/** Whether Slack's commands ping from within code too. */
	pingsInCode: boolean;
	/** Which addresses may be links; any that reads like one when not given. */
	links?: LinkRule;
}

/** What a leaf leaves to the next one. */
interface Doubt {
	/** Whether what is code was left open in lines that some readers take for one paragraph with those that follow. */
	isOpen: boolean;
	kind: Leaf['kind'] | 'blank';
}

export function renderLeaves(source: string, dialect: Dialect): string {
	const before: Doubt = { isOpen: false, kind: 'blank' };
	return readLeaves(source)
		.map((leaf) => renderLeaf(source.slice(leaf.start, leaf.end), leaf, before, dialect))
		.join('');
}

function renderLeaf(text: string, { kind, isCertain }: Leaf, before: Doubt, dialect: Dialect): string {
	const isBlank = kind === 'text' && !/[^\s>]/.test(text);
	// A table is a paragraph for some readers, and then part of the one that it directly follows.
	const isMerged = kind === 'table' || before.kind === 'table';
	const isDoubtful = isMerged && before.isOpen;
	before.kind = isBlank ? 'blank' : kind;
	if (isPlain(text, dialect)) {
		before.isOpen = isDoubtful && !isBlank;
		return text;
	}
	const { knowsCode, pingsInCode, links } = dialect;
	if (!isCertain || (kind === 'code' && !knowsCode)) return renderUncertain(text, knowsCode ? links : noLinks);
	if (kind === 'code') {
		before.isOpen = false;
		return pingsInCode ? makeCodeSafe(withoutBars(text)) : withoutBars(text);
	}
	const { output, isOpen } = kind === 'table' ? renderRows(text, isDoubtful, dialect) : renderText(text, isDoubtful, dialect);
	before.isOpen = isOpen;
	return output;
}

function isPlain(text: string, { links }: Dialect): boolean {
	return !SUSPECT.test(text) && !/[`~\\]/.test(text) && (links === undefined || !MAY_BE_ADDRESS.test(text));
}

function renderUncertain(text: string, links: LinkRule | undefined): string {
	const disarmed = disarmLines(makeCodeSafe(text));
	return links === undefined ? disarmed : breakAddresses(disarmed, links);
}

/** Bars behind a fence's marker would make it a table's header for some readers. */
function withoutBars(fence: string): string {
	const lineEnd = fence.indexOf('\n');
	const bar = fence.indexOf('|');
	if (bar < 0 || (lineEnd >= 0 && bar > lineEnd)) return fence;
	if (lineEnd < 0) return fence.replaceAll('|', mentionBreak);
	return fence.slice(0, lineEnd).replaceAll('|', mentionBreak) + fence.slice(lineEnd);
}

function renderText(text: string, isDoubtful: boolean, { knowsCode, pingsInCode, links }: Dialect): { output: string; isOpen: boolean } {
	const scan = scanInline(text, { isDoubtful, mayLink: !isDoubtful, pingsInCode, knowsCode, links });
	return { output: scan.output, isOpen: scan.isDoubtful };
}

/** Bars cut a row into cells before anything else is read, so that no code span or link crosses one. */
function renderRows(text: string, isDoubtful: boolean, { knowsCode, pingsInCode, links }: Dialect): { output: string; isOpen: boolean } {
	let isOpen = isDoubtful;
	const renderCell = (cell: string, index: number) => {
		const scan = scanInline(cell, { startsLine: index === 0, isDoubtful: isOpen, mayLink: !isOpen, pingsInCode, knowsCode, links });
		isOpen ||= scan.isDoubtful && knowsCode;
		return scan.output;
	};
	const renderRow = (row: string) =>
		row
			.split(/(?<=(?<!\\)\|)/)
			.map(renderCell)
			.join('');
	const output = text.split('\n').map(renderRow).join('\n');
	return { output, isOpen };
}
