/** How TDS writes numbers and texts ("[MS-TDS]", 2.2.5). */

export function u8(value: number): Buffer {
	return Buffer.of(value);
}

export function u16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

export function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

/** In as many bytes, from the lowest on; what is below zero as the two's complement. */
export function littleEndian(value: bigint, length: number): Buffer {
	const bytes = Buffer.alloc(length);
	let rest = BigInt.asUintN(length * 8, value);
	for (let index = 0; index < length; index++) {
		bytes[index] = Number(rest & 0xffn);
		rest >>= 8n;
	}
	return bytes;
}

export function ucs2(text: string): Buffer {
	return Buffer.from(text, 'utf16le');
}

/** With the number of characters before it, in one byte. */
export function shortText(text: string): Buffer {
	return Buffer.concat([u8(text.length), ucs2(text)]);
}

/** In two bytes. */
export function longText(text: string): Buffer {
	return Buffer.concat([u16(text.length), ucs2(text)]);
}
