/** Secrets that nobody guesses, and what is kept of them. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits, 43 characters of base64url. */
export function newSecret(): string {
	return randomBytes(32).toString('base64url');
}

/** Whoever reads the hash of so many random bits finds no secret for it, so nothing slower is needed. */
export function hashOfSecret(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}

/** In a time that does not tell where they differ. */
export function isEqualText(one: string, other: string): boolean {
	return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
