import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { firstFrameOf } from '#src/knowledge/attached/gif.ts';
import { pictureFacts } from '#src/knowledge/attached/picture.ts';
import { gifFile } from './gif-file.ts';

/** Colors that repeat and that do not, so that words of all widths are used and forgotten. */
const noise = Array.from({ length: 90 }, (_, row) => Array.from({ length: 130 }, (_, column) => (row * column * 7 + (row ^ column)) % 256));
const plain = Array.from({ length: 9 }, (_, row) => Array.from({ length: 5 }, () => row % 2));

/** The parts of a PNG by their names, its lines unpacked. */
function partsOf(png: Uint8Array | null) {
	const bytes = Buffer.from(png ?? []);
	const parts: Record<string, Buffer> = {};
	for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
		parts[bytes.toString('latin1', at + 4, at + 8)] = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
	}
	const lines = inflateSync(parts['IDAT'] ?? Buffer.alloc(0));
	const width = (parts['IHDR'] ?? Buffer.alloc(4)).readUInt32BE(0) + 1;
	return {
		parts,
		lines: Array.from({ length: lines.length / width }, (_, row) => [...lines.subarray(row * width + 1, (row + 1) * width)]),
	};
}

test.each([
	['plain', plain, {}],
	['noise', noise, {}],
	['interlaced', noise, { isInterlaced: true }],
])('the first frame is shown as it is: %s', (_name, lines, options) => {
	const png = firstFrameOf(gifFile(lines, options));
	expect(pictureFacts(png ?? Buffer.alloc(0))).toEqual({ kind: 'png', width: lines[0]?.length, height: lines.length });
	const { parts, lines: shown } = partsOf(png);
	expect(shown).toEqual(lines);
	expect([...(parts['PLTE'] ?? [])].slice(0, 9)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
	expect(parts['tRNS']).toBeUndefined();
});

test('what shows nothing shows nothing', () => {
	const { parts } = partsOf(firstFrameOf(gifFile(plain, { transparent: 1 })));
	expect([...(parts['tRNS'] ?? [])]).toEqual([255, 0]);
});

test('what is cut short is shown as far as it came', () => {
	const file = gifFile(noise);
	const { lines } = partsOf(firstFrameOf(file.subarray(0, file.length / 2)));
	expect(lines.slice(0, 10)).toEqual(noise.slice(0, 10));
	expect(lines.at(-1)).toEqual(noise[0]?.map(() => 0));
});

test('what cannot be unpacked is none', () => {
	const file = gifFile(plain);
	const frameAt = file.indexOf(0x2c, 13 + 768);
	const huge = Buffer.from(file);
	huge.fill(0xff, frameAt + 5, frameAt + 9);
	const codes = Buffer.from(file);
	codes.fill(0xff, frameAt + 12, frameAt + 16);
	const width = Buffer.from(file);
	width[frameAt + 10] = 200;
	for (const broken of [huge, codes, width, file.subarray(0, 20), file.subarray(0, frameAt), Buffer.alloc(0)])
		expect(firstFrameOf(broken)).toBeNull();
});
