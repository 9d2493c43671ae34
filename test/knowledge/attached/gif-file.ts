/** GIF files made of their pixels, packed as programs pack them. */

/** First line and step of the passes of an interlaced one. */
const passes = [
	[0, 8],
	[4, 8],
	[2, 4],
	[1, 2],
] as const;

export interface GifOptions {
	isInterlaced?: boolean;
	transparent?: number;
}

/** @param lines colors of a palette of 256, in which each color is the gray of its number. */
export function gifFile(lines: readonly (readonly number[])[], { isInterlaced = false, transparent }: GifOptions = {}): Buffer {
	const [width, height] = [lines[0]?.length ?? 0, lines.length];
	const size = [width & 255, width >> 8, height & 255, height >> 8];
	const order = isInterlaced ? passes.flatMap(([start, step]) => lines.filter((_, at) => at % step === start)) : lines;
	const control = transparent === undefined ? [] : [0x21, 0xf9, 4, 1, 0, 0, transparent, 0];
	return Buffer.concat([
		Buffer.from('GIF89a'),
		Buffer.from([...size, 0xf7, 0, 0]),
		Buffer.from(Array.from({ length: 256 }, (_, color) => [color, color, color]).flat()),
		Buffer.from([0x21, 0xfe, 2, 0x68, 0x69, 0, ...control]),
		Buffer.from([0x2c, 0, 0, 0, 0, ...size, isInterlaced ? 0x40 : 0, 8]),
		blocks(packed(order.flat())),
		// Another frame, which nobody looks at.
		Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 8, 0, 0x3b]),
	]);
}

function packed(pixels: readonly number[]): number[] {
	const bits: number[] = [];
	const [clear, end] = [256, 257];
	let words = new Map<string, number>();
	let width = 9;
	const write = (code: number) => {
		for (let bit = 0; bit < width; bit++) bits.push((code >> bit) & 1);
	};
	const begin = () => {
		words = new Map(Array.from({ length: clear }, (_, color) => [String(color), color]));
		width = 9;
	};
	begin();
	write(clear);
	let word = '';
	for (const pixel of pixels) {
		const longer = word === '' ? String(pixel) : `${word},${pixel}`;
		if (words.has(longer)) {
			word = longer;
			continue;
		}
		write(words.get(word) ?? 0);
		const next = words.size + 2;
		if (next < 4_096) words.set(longer, next);
		if (next === 2 ** width && width < 12) width++;
		if (next === 4_096) {
			write(clear);
			begin();
		}
		word = String(pixel);
	}
	write(words.get(word) ?? 0);
	write(end);
	return Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) =>
		bits.slice(at * 8, at * 8 + 8).reduce((sum, bit, place) => sum + (bit << place), 0),
	);
}

function blocks(bytes: readonly number[]): Buffer {
	const parts: number[] = [];
	for (let at = 0; at < bytes.length; at += 255) parts.push(Math.min(255, bytes.length - at), ...bytes.slice(at, at + 255));
	return Buffer.from([...parts, 0]);
}
