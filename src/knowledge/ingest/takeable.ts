/** Which files of people can be taken at all, and how large they may be. Pure. */

import type { LimitedPerson, Limits } from '../../limits/limits.ts';
import { standardLimits } from '../reader/limits.ts';

/** They have no words, and a channel has many of them. */
export function isWordless(mediaType: string): boolean {
	return /^(?:image|audio|video)\//.test(mediaType);
}

/** Of a file that this person gives. */
export function mostBytesOf(person: LimitedPerson, limits: Pick<Limits, 'uploadBytes'>): number {
	return Math.min(limits.uploadBytes(person) ?? Number.POSITIVE_INFINITY, standardLimits.mostFileBytes);
}
