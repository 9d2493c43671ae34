/** Types of columns as TDS sends them ("[MS-TDS]", 2.2.5.4 and 2.2.5.5). */

import { littleEndian, u8, u16, ucs2 } from './bytes.ts';

export interface SentType {
	/** As SQL Server declares it. */
	name: string;
	/** Digits behind the point. */
	scale: number;
}

/** Latin1_General_CI_AS, whose code page is 1252. */
const collation = Buffer.of(0x09, 0x04, 0xd0, 0x00, 0x34);
/** What stands for no value where a length has two bytes. */
const missing = 0xffff;
const precision = 38;

interface Writing {
	info(scale: number): Buffer;
	/** Of a value that is there. */
	value(text: string, scale: number): Buffer;
	missing: Buffer;
}

function sized(token: number, length: number, bytes: (text: string) => Buffer): Writing {
	return { info: () => Buffer.of(token, length), value: (text) => withByte(bytes(text)), missing: u8(0) };
}

const integer = (length: number) => sized(0x26, length, (text) => littleEndian(BigInt(text), length));
const unicode: Writing = {
	info: () => Buffer.concat([u8(0xe7), u16(8_000), collation]),
	value: (text) => withTwoBytes(ucs2(text)),
	missing: u16(missing),
};
const singleByte: Writing = {
	info: () => Buffer.concat([u8(0xa7), u16(8_000), collation]),
	value: (text) => withTwoBytes(Buffer.from(text, 'latin1')),
	missing: u16(missing),
};
/** In chunks, of which none says how long the whole is. */
const unlimited: Writing = {
	info: () => Buffer.concat([u8(0xe7), u16(missing), collation]),
	value(text) {
		const bytes = ucs2(text);
		return Buffer.concat([
			littleEndian(-2n, 8),
			littleEndian(BigInt(bytes.length), 4),
			bytes,
			littleEndian(0n, bytes.length === 0 ? 0 : 4),
		]);
	},
	missing: littleEndian(-1n, 8),
};
const decimal: Writing = {
	info: (scale) => Buffer.of(0x6a, 17, precision, scale),
	value(text, scale) {
		const [whole = '', fraction = ''] = text.replace('-', '').split('.');
		const digits = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale));
		return withByte(Buffer.concat([u8(text.startsWith('-') ? 0 : 1), littleEndian(digits, 16)]));
	},
	missing: u8(0),
};

const types: Readonly<Record<string, Writing>> = {
	...{ tinyint: integer(1), smallint: integer(2), int: integer(4), bigint: integer(8) },
	bit: sized(0x68, 1, (text) => u8(Number(text))),
	float: sized(0x6d, 8, (text) => {
		const bytes = Buffer.alloc(8);
		bytes.writeDoubleLE(Number(text));
		return bytes;
	}),
	real: sized(0x6d, 4, (text) => {
		const bytes = Buffer.alloc(4);
		bytes.writeFloatLE(Number(text));
		return bytes;
	}),
	...{ decimal, numeric: decimal },
	...{ nvarchar: unicode, nchar: unicode, varchar: singleByte, char: singleByte, 'nvarchar(max)': unlimited },
	varbinary: {
		info: () => Buffer.concat([u8(0xa5), u16(8_000)]),
		value: (text) => withTwoBytes(Buffer.from(text.replace(/^\\x/, ''), 'hex')),
		missing: u16(missing),
	},
	uniqueidentifier: sized(0x24, 16, guidBytes),
	date: { info: () => u8(0x28), value: (text) => withByte(days(text)), missing: u8(0) },
	time: { info: (scale) => Buffer.of(0x29, scale), value: (text, scale) => withByte(clock(text, scale)), missing: u8(0) },
	datetime2: {
		info: (scale) => Buffer.of(0x2a, scale),
		value: (text, scale) => withByte(Buffer.concat([clock(text.slice(11), scale), days(text)])),
		missing: u8(0),
	},
	datetimeoffset: { info: (scale) => Buffer.of(0x2b, scale), value: (text, scale) => withByte(moment(text, scale)), missing: u8(0) },
	datetime: sized(0x6f, 8, (text) => {
		const [hours = 0, minutes = 0, seconds = 0] = text.slice(11).split(':').map(Number);
		// Since 1900, in three hundredths of a second.
		const since1900 = (Date.parse(text.slice(0, 10)) - Date.UTC(1900, 0)) / 86_400_000;
		return Buffer.concat([
			littleEndian(BigInt(since1900), 4),
			littleEndian(BigInt(Math.round((hours * 3_600 + minutes * 60 + seconds) * 300)), 4),
		]);
	}),
};

export function writeTypeInfo({ name, scale }: SentType): Buffer {
	return writingOf(name).info(scale);
}

export function writeValue({ name, scale }: SentType, text: string | null): Buffer {
	const writing = writingOf(name);
	return text === null ? writing.missing : writing.value(text, scale);
}

function writingOf(name: string): Writing {
	const writing = types[name];
	if (writing === undefined) throw new Error(`the emulator sends no ${name}`);
	return writing;
}

function withByte(bytes: Buffer): Buffer {
	return Buffer.concat([u8(bytes.length), bytes]);
}

function withTwoBytes(bytes: Buffer): Buffer {
	return Buffer.concat([u16(bytes.length), bytes]);
}

/** Since the first day of the first year. */
function days(text: string): Buffer {
	return littleEndian(BigInt(Math.round((Date.parse(text.slice(0, 10)) - Date.parse('0001-01-01')) / 86_400_000)), 3);
}

/** Units of the scale since midnight, in as few bytes as hold a day of them. */
function clock(text: string, scale: number): Buffer {
	const [hours = '0', minutes = '0', seconds = '0'] = text.slice(0, 16).split(':');
	const [whole = '0', fraction = ''] = seconds.split('.');
	const units = (BigInt(hours) * 3_600n + BigInt(minutes) * 60n + BigInt(whole)) * 10n ** BigInt(scale);
	return littleEndian(units + BigInt(fraction.padEnd(scale, '0').slice(0, scale) || '0'), scale <= 2 ? 3 : scale <= 4 ? 4 : 5);
}

/** `2026-03-29 03:30:00.1234567 +02:00`: sent in UTC, with the offset in minutes beside it. */
function moment(text: string, scale: number): Buffer {
	const [, local = '', sign = '+', hours = '0', minutes = '0'] = /^(.*) ([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
	const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
	const utc = new Date(Date.parse(`${local.slice(0, 10)}T${local.slice(11, 19)}Z`) - offset * 60_000).toISOString();
	return Buffer.concat([clock(`${utc.slice(11, 19)}${local.slice(19)}`, scale), days(utc), littleEndian(BigInt(offset), 2)]);
}

/** Its first three groups from the lowest byte on. */
function guidBytes(text: string): Buffer {
	const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
	return Buffer.concat([bytes.subarray(0, 4).reverse(), bytes.subarray(4, 6).reverse(), bytes.subarray(6, 8).reverse(), bytes.subarray(8)]);
}
