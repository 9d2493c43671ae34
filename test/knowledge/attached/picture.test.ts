import { expect, test } from 'vitest';
import { pictureFacts } from '#src/knowledge/attached/picture.ts';

const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')));
const riff = (chunk: string, ...rest: number[]) => bytes('RIFF', [0, 0, 0, 0], 'WEBP', chunk, [0, 0, 0, 0], rest, Array(20).fill(0));

test.each<[string, Buffer, unknown]>([
	['png', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 128, 0, 0, 1, 224, 8]), { kind: 'png', width: 640, height: 480 }],
	['gif', bytes('GIF89a', [128, 2, 224, 1, 0, 0, 0]), { kind: 'gif', width: 640, height: 480 }],
	[
		'jpeg behind other segments and filled room',
		bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 17, 8, 1, 224, 2, 128, 3, 0, 0]),
		{ kind: 'jpeg', width: 640, height: 480 },
	],
	['lossy webp', riff('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 128, 2, 224, 1), { kind: 'webp', width: 640, height: 480 }],
	['lossless webp', riff('VP8L', 0x2f, 0x7f, 0xc2, 0x77, 0), { kind: 'webp', width: 640, height: 480 }],
	['webp of several parts', riff('VP8X', 0, 0, 0, 0, 127, 2, 0, 223, 1, 0), { kind: 'webp', width: 640, height: 480 }],
	['a jpeg that ends too soon', bytes([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0]), 'corrupt'],
	['a jpeg whose segments have no length', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 'corrupt'],
	['a png without a size', bytes('\x89PNG\r\n\x1a\n', [0, 0]), 'corrupt'],
	['a gif of no width', bytes('GIF87a', [0, 0, 1, 0]), 'corrupt'],
	['a text', bytes('PNG is a format'), null],
	['nothing', bytes(), null],
])('%s is told by its content', (_name, content, facts) => {
	expect(pictureFacts(content)).toEqual(facts);
});
