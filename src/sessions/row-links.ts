/**
 * Links to the rows of an answer from a company's database, for whoever asked. Nothing is kept of them: what they lead to is signed in them, and whether
 * its person may have it is asked when they are opened.
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Account } from '../identity/account.ts';

/** As long as a link that signs in. */
export const rowLinkMinutes = 10;

/** The page there reads what is signed from behind the `#`, which reaches no proxy, log or preview. */
const rowsPath = '/rows';

export interface LinkedRows {
	/** Who asked. */
	account: Account;
	answerId: string;
}

export interface RowLinks {
	addressOf(rows: LinkedRows): string;
	/** Null for what was not signed here, and once its time is over. */
	read(signed: string): LinkedRows | null;
}

/** With the time at which it ends, in seconds since 1970. */
const content = z.tuple([z.string(), z.string(), z.string(), z.uuid(), z.int()]);

/** @param key known to all processes on one database, and to nobody else. */
export function createRowLinks(key: Buffer, publicUrl: string, clock: Pick<Clock, 'now'>): RowLinks {
	const signatureOf = (text: string) => createHmac('sha256', key).update(text).digest();

	return {
		addressOf({ account: { platform, tenantId, accountId }, answerId }) {
			const endsAt = Math.floor(clock.now() / 1_000) + rowLinkMinutes * 60;
			const written: z.infer<typeof content> = [platform, tenantId, accountId, answerId, endsAt];
			const text = Buffer.from(JSON.stringify(written)).toString('base64url');
			return `${publicUrl}${rowsPath}#${text}.${signatureOf(text).toString('base64url')}`;
		},
		read(signed) {
			const [text = '', signature = ''] = signed.split('.');
			const given = Buffer.from(signature, 'base64url');
			const wanted = signatureOf(text);
			if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
			const [platform, tenantId, accountId, answerId, endsAt] = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
			return endsAt * 1_000 > clock.now() ? { account: { platform, tenantId, accountId }, answerId } : null;
		},
	};
}
