/** Codes that people type from one screen into another. */

import { createHash, randomInt } from 'node:crypto';

/** Letters and digits that nobody takes for another: 32 of them, so eight make 40 bits. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codeLength = 8;

/** Such as `K7QF-2M9X`. */
export function newTypedCode(): string {
	const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');
	return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`;
}

/** Whether it has the form of a code; people leave the dash out, or write small letters. */
export function isTypedCode(text: string): boolean {
	return /^[a-hj-np-z2-9]{4}-?[a-hj-np-z2-9]{4}$/i.test(text.trim());
}

/** What is kept of a code, however it was typed. */
export function hashOfCode(code: string): string {
	return createHash('sha256')
		.update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
		.digest('hex');
}
