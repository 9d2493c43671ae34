/** Codes for whoever has lost what shows the second factor: each is of use once. */

import { createHash, randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for another: 32 of them, so 25 make 125 bits. With so many a plain hash is enough. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const groups = 5;
const groupLength = 5;
const codeCount = 8;

export function newRecoveryCodes(): string[] {
	return Array.from({ length: codeCount }, () => Array.from({ length: groups }, newGroup).join('-'));
}

/** However it was typed. */
export function hashOfRecoveryCode(code: string): string {
	return createHash('sha256')
		.update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
		.digest('hex');
}

function newGroup(): string {
	return Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}
