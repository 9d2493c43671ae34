/** The first frame of a GIF as a PNG: few hosts of models know GIF, and no model sees movement ("GIF89a", CompuServe 1990; W3C PNG). */

import { crc32, deflateSync } from 'node:zlib';
import { unpackLzw } from './lzw.ts';

/** Unpacked here, in some ten nanoseconds each: nobody waits for that longer than for a large message. */
export const mostGifPixels = 2_000_000;

/** Null for what is none, is damaged, or has more pixels than are unpacked. */
export function firstFrameOf(gif: Uint8Array): Uint8Array | null {
	const frame = readFrame(gif);
	return frame === null ? null : pngOf(frame);
}

interface Frame {
	width: number;
	height: number;
	/** Three bytes a color. */
	palette: Uint8Array;
	/** The color that shows nothing; null for none. */
	transparent: number | null;
	/** One byte a pixel, line by line: which color. */
	pixels: Uint8Array;
}

const [extension, imageDescriptor, graphicControl] = [0x21, 0x2c, 0xf9];

function readFrame(gif: Uint8Array): Frame | null {
	const globalPalette = paletteAt(gif, 13, gif[10] ?? 0);
	const { at, transparent } = skipExtensions(gif, 13 + globalPalette.length);
	if (gif[at] !== imageDescriptor) return null;
	const [width, height, flags] = [shortAt(gif, at + 5), shortAt(gif, at + 7), gif[at + 9] ?? 0];
	const ownPalette = paletteAt(gif, at + 10, flags);
	const palette = ownPalette.length > 0 ? ownPalette : globalPalette;
	if (width * height === 0 || width * height > mostGifPixels || palette.length === 0) return null;
	const pixels = unpackLzw(gif, at + 10 + ownPalette.length, width * height);
	if (pixels === null) return null;
	return { width, height, palette, transparent, pixels: (flags & 0x40) === 0 ? pixels : inOrder(pixels, width, height) };
}

/** What stands before the first frame. */
function skipExtensions(gif: Uint8Array, from: number): { at: number; transparent: number | null } {
	let at = from;
	let transparent: number | null = null;
	while (gif[at] === extension) {
		if (gif[at + 1] === graphicControl && ((gif[at + 3] ?? 0) & 1) === 1) transparent = gif[at + 6] ?? null;
		at += 2;
		// Blocks tell their length; one of none ends them.
		while ((gif[at] ?? 0) > 0) at += 1 + (gif[at] ?? 0);
		at++;
	}
	return { at, transparent };
}

function shortAt(bytes: Uint8Array, at: number): number {
	return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
}

/** How long it is stands in the flags. */
function paletteAt(gif: Uint8Array, at: number, flags: number): Uint8Array {
	return (flags & 0x80) === 0 ? new Uint8Array() : gif.subarray(at, at + 3 * 2 ** ((flags & 7) + 1));
}

/** First line and step of the four passes in which the lines come, "Appendix E". */
const passes: readonly (readonly [start: number, step: number])[] = [
	[0, 8],
	[4, 8],
	[2, 4],
	[1, 2],
];

function inOrder(pixels: Uint8Array, width: number, height: number): Uint8Array {
	const ordered = new Uint8Array(pixels.length);
	let line = 0;
	for (const [start, step] of passes) {
		for (let row = start; row < height; row += step) {
			ordered.set(pixels.subarray(line * width, (line + 1) * width), row * width);
			line++;
		}
	}
	return ordered;
}

const mostColors = 256;

function pngOf({ width, height, palette, transparent, pixels }: Frame): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Eight bits a pixel, with a palette.
	header.set([8, 3], 8);
	// Before each line stands how it is filtered: not at all.
	const lines = Buffer.alloc(height * (width + 1));
	for (let row = 0; row < height; row++) lines.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
	const opacity = transparent === null ? [] : [pngPart('tRNS', Buffer.alloc(transparent + 1, 255).fill(0, transparent))];
	return Buffer.concat([
		Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
		pngPart('IHDR', header),
		// Whole: a pixel of a color that it lacks would make it a picture that nobody reads.
		pngPart('PLTE', Buffer.concat([palette], 3 * mostColors)),
		...opacity,
		pngPart('IDAT', deflateSync(lines, { level: 1 })),
		pngPart('IEND', Buffer.alloc(0)),
	]);
}

function pngPart(type: string, content: Uint8Array): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(content.length);
	checksum.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, checksum]);
}
