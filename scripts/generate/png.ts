/** Writes PNG files: true colour with transparency, 8 bits a channel ("Portable Network Graphics Specification", W3C). */

import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const trueColourWithAlpha = 6;

/**
 * The same pixels give the same bytes on every machine: the deflate of Node.js differs between processors, that of fflate does not.
 * @param pixels Four bytes a pixel, red, green, blue, alpha, row after row.
 */
export function encodePng(sizePixels: number, pixels: Uint8Array): Uint8Array {
	const header = new Uint8Array(13);
	const view = new DataView(header.buffer);
	view.setUint32(0, sizePixels);
	view.setUint32(4, sizePixels);
	header.set([8, trueColourWithAlpha], 8);
	const parts = [signature, chunk('IHDR', header), chunk('IDAT', zlibSync(scanlines(sizePixels, pixels), { level: 9 })), chunk('IEND')];
	return new Uint8Array(Buffer.concat(parts));
}

/** Each row begins with its filter; 0 is none. */
function scanlines(sizePixels: number, pixels: Uint8Array): Uint8Array {
	const rowBytes = sizePixels * 4;
	const lines = new Uint8Array(sizePixels * (rowBytes + 1));
	for (let row = 0; row < sizePixels; row += 1) {
		lines.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
	}
	return lines;
}

/** Length, type, content, and a checksum of type and content. */
function chunk(type: string, content: Uint8Array = new Uint8Array()): Buffer {
	const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
	const framed = Buffer.alloc(typed.length + 8);
	framed.writeUInt32BE(content.length, 0);
	framed.set(typed, 4);
	framed.writeUInt32BE(crc32(typed), typed.length + 4);
	return framed;
}
