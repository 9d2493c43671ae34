/** How people, tenants and groups are named in what administrators type. Pure. */

import { parseAccountReference } from '../identity/account.ts';
import { readBy } from './admin-command.ts';
import { joined, joinedAsTyped, type TypedWord } from './typed-words.ts';

/** A workspace, an organisation or a server on a platform. */
export interface TypedTenant {
	platform: string;
	tenantId: string;
}

export interface Group extends TypedTenant {
	groupId: string;
}

/** As in `slack:T0123`. */
export const tenantSchema = readBy((typed): TypedTenant | null => {
	const [, platform, tenantId] = /^([a-z]+):([^:\s]+)$/.exec(typed) ?? [];
	return platform === undefined || tenantId === undefined ? null : { platform, tenantId };
});

/** Groups are named as accounts are. */
export const groupSchema = readBy((typed): Group | null => {
	const read = parseAccountReference(typed);
	return read === null ? null : { platform: read.platform, tenantId: read.tenantId, groupId: read.accountId };
});

/** A name may have several words where nothing else follows. */
export function personAlone(words: readonly TypedWord[]): { person: string } | null {
	const [first] = words;
	if (first === undefined || (isWhole(first) && words.length > 1)) return null;
	return { person: joined(words) };
}

/** A name without quotes goes up to the last word, which is the role. */
export function personAndRole(words: readonly TypedWord[]): { person: string; role: string } | null {
	const [first, ...rest] = words;
	if (first === undefined || rest.length === 0) return null;
	if (isWhole(first)) return { person: first.text, role: joinedAsTyped(rest) };
	return { person: joined(words.slice(0, -1)), role: words.at(-1)?.source ?? '' };
}

export function shownTenant({ platform, tenantId }: TypedTenant): string {
	return `${platform}:${tenantId}`;
}

export function shownGroup({ platform, tenantId, groupId }: Group): string {
	return `${platform}:${tenantId}:${groupId}`;
}

/** A word that says by itself who is meant. */
function isWhole(word: TypedWord): boolean {
	return word.isQuoted || parseAccountReference(word.text) !== null;
}
