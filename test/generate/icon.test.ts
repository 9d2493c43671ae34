import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { colourIcon, outlineIcon } from '../../scripts/generate/icon.ts';

type Pixel = [red: number, green: number, blue: number, alpha: number];

describe('the colour icon', () => {
	const { width, height, pixels } = decode(colourIcon());

	it('is 192 pixels wide and high, and covers all of them', () => {
		expect([width, height]).toEqual([192, 192]);
		expect(pixels.filter(([, , , alpha]) => alpha !== 255)).toEqual([]);
	});

	it('keeps its mark within the middle 120 pixels, since Teams cuts the corners', () => {
		const [background = [0, 0, 0, 0]] = pixels;
		const margin = (192 - 120) / 2;
		const isInMargin = (index: number) =>
			[index % width, Math.floor(index / width)].some((position) => position < margin || position >= 192 - margin);
		expect(pixels.filter((pixel, index) => isInMargin(index) && `${pixel}` !== `${background}`)).toEqual([]);
		expect(pixels.some((pixel) => `${pixel}` !== `${background}`)).toBe(true);
	});
});

describe('the outline icon', () => {
	const { width, height, pixels } = decode(outlineIcon());
	const visible = pixels.filter(([, , , alpha]) => alpha > 0);

	it('is 32 pixels wide and high', () => expect([width, height]).toEqual([32, 32]));

	it('is white on transparent, and nothing else', () => {
		expect(visible.filter(([red, green, blue]) => `${[red, green, blue]}` !== '255,255,255')).toEqual([]);
		expect(visible.length).toBeGreaterThan(0);
		expect(visible.length).toBeLessThan(pixels.length / 2);
	});

	it('has smooth edges', () => expect(visible.some(([, , , alpha]) => alpha < 255)).toBe(true));
});

/** Reads what the PNG specification calls true colour with alpha, 8 bits, without filters, and checks every chunk's checksum. */
function decode(file: Uint8Array): { width: number; height: number; pixels: Pixel[] } {
	const bytes = Buffer.from(file);
	expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
	const chunks = chunksOf(bytes.subarray(8));
	expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
	const [header = Buffer.alloc(0), data = Buffer.alloc(0)] = chunks.map(({ content }) => content);
	const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
	expect([...header.subarray(8)]).toEqual([8, 6, 0, 0, 0]);
	const raw = inflateSync(data);
	expect(raw).toHaveLength(height * (width * 4 + 1));
	const rows = Array.from({ length: height }, (_, row) => raw.subarray(row * (width * 4 + 1), (row + 1) * (width * 4 + 1)));
	expect(rows.filter((row) => row[0] !== 0)).toEqual([]);
	const pixels = rows.flatMap((row) =>
		Array.from({ length: width }, (_, column) => [...row.subarray(column * 4 + 1, column * 4 + 5)] as Pixel),
	);
	return { width, height, pixels };
}

function chunksOf(bytes: Buffer): { type: string; content: Buffer }[] {
	const chunks: { type: string; content: Buffer }[] = [];
	let rest = bytes;
	while (rest.length > 0) {
		const end = 8 + rest.readUInt32BE(0);
		const typed = rest.subarray(4, end);
		expect(rest.readUInt32BE(end)).toBe(crc32(typed));
		chunks.push({ type: typed.subarray(0, 4).toString('latin1'), content: typed.subarray(4) });
		rest = rest.subarray(end + 4);
	}
	return chunks;
}
