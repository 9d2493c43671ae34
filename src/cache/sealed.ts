/**
 * Signals and values that only processes on the same database can read and make. Redis passes them on and knows nothing that was said: whoever reads it
 * finds noise, and what somebody else writes there is heard by nobody.
 */

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Signals } from '../redis/signals.ts';
import type { Values } from './values.ts';

export interface SealedCache extends Signals, Values {
	/** With what all processes on the database know, 32 bytes. Until then nothing is told, kept or found. */
	unlock(key: Buffer): void;
}

const cipher = 'aes-256-gcm';
/** What AES-GCM is made for (NIST SP 800-38D, 5.2.1.1 and 8.2.2). */
const nonceBytes = 12;
const proofBytes = 16;

export function createSealedCache(cache: Signals & Values): SealedCache {
	let key: Buffer | null = null;
	/** A key for each name: no value is worth anything under another name, and no key serves so often that nonces could meet. */
	const keyOf = (shared: Buffer, use: 'signal' | 'value', name: string) => createHmac('sha256', shared).update(`${use} ${name}`).digest();

	return {
		unlock(shared) {
			key = shared;
		},
		async publish(channel, message) {
			if (key !== null) await cache.publish(channel, sealText(keyOf(key, 'signal', channel), message));
		},
		subscribe: (channel, listener) =>
			cache.subscribe(channel, (sealed) => {
				const message = key === null ? null : openSealed(keyOf(key, 'signal', channel), sealed);
				if (message !== null) listener(message);
			}),
		async keep(name, value, lifetimeMs) {
			if (key !== null) await cache.keep(name, sealText(keyOf(key, 'value', name), value), lifetimeMs);
		},
		async recall(name) {
			const sealed = await cache.recall(name);
			return key === null || sealed === null ? null : openSealed(keyOf(key, 'value', name), sealed);
		},
		forget: (name) => cache.forget(name),
	};
}

/** With AES-256-GCM. @param key 32 bytes. */
export function sealText(key: Buffer, text: string): string {
	const nonce = randomBytes(nonceBytes);
	const sealing = createCipheriv(cipher, key, nonce, { authTagLength: proofBytes });
	const hidden = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
	return Buffer.concat([nonce, sealing.getAuthTag(), hidden]).toString('base64');
}

/** Null for what was not sealed with this key. */
export function openSealed(key: Buffer, sealed: string): string | null {
	const bytes = Buffer.from(sealed, 'base64');
	if (bytes.length < nonceBytes + proofBytes) return null;
	const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: proofBytes });
	opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + proofBytes));
	try {
		return Buffer.concat([opening.update(bytes.subarray(nonceBytes + proofBytes)), opening.final()]).toString('utf8');
	} catch {
		return null;
	}
}
