/** Finds the addresses of a text that must not become links, and writes them so that none does. */

import { type BareAddress, breakAddress, type LinkRule, readAddresses } from './bare-address.ts';
import type { Reading } from './inline-token.ts';

export interface AddressReader {
	/** The one that begins here, written; null where none does. Asked from left to right. */
	readAt(position: number): Reading | null;
	/** The one in angle brackets that begins here and has this length, brackets included; null for one that may be a link. */
	readAngled(position: number, length: number): Reading | null;
	/** Where the next one begins; the text's length when there is none. */
	nextFrom(position: number): number;
	/** Where the last word begins, which more text could make an address. */
	readonly openFrom: number;
}

/** As much of a last word is looked at: no address is longer. */
const wordCharacters = 2_048;

/** @param isDoubtful whether other readers may take something else for code before the current position. */
export function createAddressReader(text: string, mayOpen: LinkRule | undefined, isDoubtful: () => boolean): AddressReader {
	if (mayOpen === undefined) return { readAt: () => null, readAngled: () => null, nextFrom: () => text.length, openFrom: text.length };
	const addresses = readAddresses(text);
	const index = 0;
	/** The end of the last one that may be a link. */
	let knownUntil = 0;
	/** Of one that begins in what was read as something else, a link's address or an escape, the rest may be another one. */
	const nextAt = (position: number) => {
		for (let next = addresses[index]; next !== undefined && next.start < position; next = addresses[index]) {
			const rest = next.end > Math.max(position, knownUntil) ? readAddresses(text.slice(position, next.end)) : [];
			const moved = rest.map((address) => ({ ...address, start: address.start + position, end: address.end + position }));
			addresses.splice(index, 1, ...moved);
		}
		return addresses[index];
	};
	return {
		readAt(position) {
			const address = nextAt(position);
			if (address?.start !== position) return null;
			if (!mayOpen(address.address)) return write(text, address, isDoubtful());
			knownUntil = address.end;
			return null;
		},
		readAngled(position, length) {
			const written = text.slice(position + 1, position + length - 1);
			const isWhole = /^[a-z]+:/i.test(written);
			const address = isWhole ? written : `mailto:${written}`;
			if (mayOpen(address)) return null;
			return setApart(text, write(text, { start: position, end: position + length, address, isWhole }, isDoubtful()), position);
		},
		nextFrom: (position) => nextAt(position)?.start ?? text.length,
		get openFrom() {
			const from = Math.max(text.length - wordCharacters, 0);
			return from + text.slice(from).search(/[\S\uFEFF]*$/);
		},
	};
}

/** As code where that is surely code, so that it can be copied; else broken by spaces that nobody sees. */
function write(text: string, { start, end, isWhole }: BareAddress, isNoCode: boolean): Reading {
	const written = text.slice(start, end).replace(/^<|>$/g, '');
	const isApart = !/[`\\]/.test(text.charAt(start - 1)) && text[end] !== '`';
	const output = isWhole && isApart && !isNoCode ? `\`${written}\`` : breakAddress(written);
	return { output, length: end - start, atom: [start, end], ...(end === text.length ? { openFrom: start } : {}) };
}

/** Without its angle brackets it must not make one word with what stands beside it. */
function setApart(text: string, reading: Reading, start: number): Reading {
	if (reading.output.startsWith('`')) return reading;
	const gapBeside = (position: number) => (/[\p{L}\p{N}_.:/@-]/u.test(text.charAt(position)) ? ' ' : '');
	return { ...reading, output: `${gapBeside(start - 1)}${reading.output}${gapBeside(start + reading.length)}` };
}
