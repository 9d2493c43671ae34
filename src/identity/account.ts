/** An account on a platform, and its one-line form: what settings and commands call somebody. */

import type { Actor } from '../platform/chat-event.ts';
import type { Place } from '../platform/place.ts';
import { stableId } from './stable-id.ts';

export interface Account extends Actor {
	platform: string;
}

/** `platform:tenant:account`, as `/ccb admin` shows it. Ids of platforms hold no colons but those of Teams' older accounts, which stand last. */
export function accountReference({ platform, tenantId, accountId }: Account): string {
	return `${platform}:${tenantId}:${accountId}`;
}

/** Null for what has another form. */
export function parseAccountReference(text: string): Account | null {
	const [, platform, tenantId, accountId] = /^([a-z]+):([^:\s]+):(\S+)$/.exec(text) ?? [];
	return platform === undefined || tenantId === undefined || accountId === undefined ? null : { platform, tenantId, accountId };
}

/** One text for one account, encoded so that no two accounts share it: for keys and for ids that follow from it. */
export function accountKey({ platform, tenantId, accountId }: Account): string {
	return [platform, tenantId, accountId].map(encodeURIComponent).join(':');
}

/** `users.id` of whom the account belongs to while it is linked with no other. */
export function homeUserIdOf(account: Account): string {
	return stableId(`user:${accountKey(account)}`);
}

/** `identities.id`. */
export function identityIdOf(account: Account): string {
	return stableId(`identity:${accountKey(account)}`);
}

/** Of accounts that no chat platform knows: an OpenID provider vouches for them, or a password. The bot writes to nobody there unasked. */
export const webPlatform = 'web';

/** Where somebody asks on the web: alone. */
export function webPlaceOf(userId: string, threadId: string): Omit<Place, 'route'> {
	return { platform: webPlatform, tenantId: webPlatform, channelId: userId, threadId, kind: 'direct' };
}
