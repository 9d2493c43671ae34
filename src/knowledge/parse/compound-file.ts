/** Compound files, the containers of Office before 2007 and of its encrypted files since. */

import { CFB } from '@e965/xlsx';
import { Rejection } from './rejection.ts';
import type { FileType } from './sniff.ts';

interface CompoundFile {
	FullPaths: string[];
	FileIndex: { content?: ArrayLike<number> }[];
}

/** The flag of an encrypted document in the base of its file information block ("[MS-DOC]", FibBase). */
const flagsOffset = 0x0b;
const encryptedFlag = 0x01;

/** @throws Rejection `corrupt`, `password`; `unsupported` where Office made it and it is not read here. */
export function typeOfCompoundFile(bytes: Uint8Array): FileType {
	const file = open(bytes);
	const names = file.FullPaths.map((path) => path.split('/').at(-1)?.toLowerCase() ?? '');
	if (names.includes('encryptedpackage')) throw new Rejection('password');
	if (names.includes('workbook') || names.includes('book')) return 'workbook';
	const documentAt = names.indexOf('worddocument');
	if (documentAt < 0) throw new Rejection('unsupported');
	const flags = file.FileIndex[documentAt]?.content?.[flagsOffset] ?? 0;
	if ((flags & encryptedFlag) !== 0) throw new Rejection('password');
	return 'old-word';
}

function open(bytes: Uint8Array): CompoundFile {
	try {
		return CFB.read(bytes, { type: 'array' });
	} catch {
		throw new Rejection('corrupt');
	}
}
