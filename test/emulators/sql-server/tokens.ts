/** What an answer is made of ("[MS-TDS]", 2.2.7). */

import { littleEndian, longText, shortText, u8, u16, u32 } from './bytes.ts';
import { type SentType, writeTypeInfo, writeValue } from './sent-types.ts';

function withLength(token: number, body: Buffer): Buffer {
	return Buffer.concat([u8(token), u16(body.length), body]);
}

/** TDS 7.4. */
export function loginAck(): Buffer {
	return withLength(0xad, Buffer.concat([u8(1), Buffer.of(0x74, 0, 0, 4), shortText('Microsoft SQL Server'), Buffer.of(16, 0, 4, 225)]));
}

export function databaseChange(name: string): Buffer {
	return withLength(0xe3, Buffer.concat([u8(1), shortText(name), shortText('master')]));
}

/** The transaction's descriptor, which every later message names; it is over with the rollback. */
export function transactionBegun(descriptor: bigint): Buffer {
	return withLength(0xe3, Buffer.concat([u8(8), u8(8), littleEndian(descriptor, 8), u8(0)]));
}

export function transactionRolledBack(descriptor: bigint): Buffer {
	return withLength(0xe3, Buffer.concat([u8(10), u8(0), u8(8), littleEndian(descriptor, 8)]));
}

export interface AnsweredColumn {
	name: string;
	type: SentType;
}

const nullable = 1;

export function columnMetadata(columns: readonly AnsweredColumn[]): Buffer {
	const each = columns.map(({ name, type }) => Buffer.concat([u32(0), u16(nullable), writeTypeInfo(type), shortText(name)]));
	return Buffer.concat([u8(0x81), u16(columns.length), ...each]);
}

/** Values as texts, as SQL Server writes them. */
export function row(columns: readonly AnsweredColumn[], values: readonly (string | null)[]): Buffer {
	return Buffer.concat([u8(0xd1), ...columns.map(({ type }, index) => writeValue(type, values[index] ?? null))]);
}

/** Of severity 14 to 16: the statement is ended, the connection goes on. */
export function errorToken(number: number, message: string): Buffer {
	return withLength(0xaa, Buffer.concat([u32(number), u8(1), u8(16), longText(message), shortText('EMULATOR'), shortText(''), u32(1)]));
}

export const doneFlags = { final: 0, more: 0x1, error: 0x2, attention: 0x20 } as const;

export function done(flags: number): Buffer {
	return Buffer.concat([u8(0xfd), u16(flags), u16(0), littleEndian(0n, 8)]);
}
