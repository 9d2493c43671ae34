/** Who finds a browser open makes nothing that outlasts its session, and orders nothing in an administrator's name. */

import type { Words } from '../locales/locales.ts';
import type { Pass } from '../sessions/signed-in.ts';
import { ApiRefusal } from './refusal.ts';

const freshMinutes = 15;

/** @param sentence What to do, by the minutes. @throws ApiRefusal `FORBIDDEN` where somebody signed in longer ago, or came with a token. */
export function requireFreshSignIn(pass: Pass, now: number, sentence: (words: Words) => (minutes: number) => string): void {
	if (pass.kind === 'session' && now - pass.signedInAt.getTime() <= freshMinutes * 60_000) return;
	throw new ApiRefusal('FORBIDDEN', { sentence: (words) => sentence(words)(freshMinutes) });
}
