/** How a token for programs looks: so that scanners for secrets find it, and what is none costs the database nothing. Pure but for chance. */

import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface NewToken {
	token: string;
	/** Its beginning, to know it again by: 48 bits, which open nothing. */
	hint: string;
}

const prefix = 'ccb_';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** In digits of 62: 6 bytes, 32 bytes, and a checksum of 4. */
const [hintLength, secretLength, checkLength] = [9, 43, 6];

/** Such as `ccb_` and 58 letters and digits, the last six of which follow from the rest. */
export function newApiToken(): NewToken {
	const hint = prefix + inDigits(randomBytes(6), hintLength);
	const body = hint + inDigits(randomBytes(32), secretLength);
	return { token: body + checkOf(body), hint };
}

/** Whether it has the form of a token, and none of its characters was lost or changed. */
export function isApiToken(text: string): boolean {
	if (!form.test(text)) return false;
	return checkOf(text.slice(0, -checkLength)) === text.slice(-checkLength);
}

const form = new RegExp(`^${prefix}[0-9A-Za-z]{${hintLength + secretLength + checkLength}}$`);

function checkOf(body: string): string {
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(body));
	return inDigits(sum, checkLength);
}

function inDigits(bytes: Buffer, length: number): string {
	let rest = BigInt(`0x${bytes.toString('hex')}`);
	let written = '';
	for (let at = 0; at < length; at++) {
		written = (digits[Number(rest % 62n)] ?? '') + written;
		rest /= 62n;
	}
	return written;
}
