/** Codes of a second factor that an app shows: RFC 6238 with what all apps take, SHA-1, 30 s and six digits. Pure but for chance. */

import { createHmac, randomBytes } from 'node:crypto';

const stepMs = 30_000;
const digits = 6;
/** As long as a tag of SHA-1, which RFC 4226 recommends. */
const secretBytes = 20;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** In base32, as apps take it. */
export function newTimeSecret(): string {
	return Array.from(randomBytes((secretBytes * 8) / 5), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** What an app reads, as an address or a picture of it. */
export function timeSecretAddress(secret: string, account: string, issuer: string): string {
	const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
	return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** The step whose code it is: now, or one before or after it, since clocks differ. Null for none, and for steps up to `after`. */
export function stepOfCode(secret: string, code: string, { nowMs, after }: { nowMs: number; after: number }): number | null {
	const typed = code.replaceAll(/\s/g, '');
	const now = Math.floor(nowMs / stepMs);
	return [now, now - 1, now + 1].find((step) => step > after && timeCode(secret, step) === typed) ?? null;
}

export function timeCode(secret: string, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const tag = createHmac('sha1', bytesOf(secret)).update(counter).digest();
	const offset = (tag.at(-1) ?? 0) & 0xf;
	const number = (tag.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** digits;
	return String(number).padStart(digits, '0');
}

function bytesOf(secret: string): Buffer {
	const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
	return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}
