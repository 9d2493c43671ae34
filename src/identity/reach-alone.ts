/** The personal chat of somebody, where they were met last. */

import type { Database } from '../database/database.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { type Account, webPlatform } from './account.ts';

export interface Wanted {
	userId: string;
	/** On which platform; where they were met last, when not given. */
	platform?: string;
	/** A place of that platform where the bot is, for whom it knows no place of. */
	near: Place | null;
}

export interface Reached {
	platform: ChatPlatform;
	account: Account;
	/** Where nobody else reads along. */
	chat: Place;
	locale: string | null;
}

/**
 * @returns null for who is not reached: gone, locked, or met nowhere.
 * @throws BotError as `Database.queryAsRegistrar` and `ChatPlatform.openPersonalChat`; `CANCELLED` when the signal fires.
 */
export type ReachAlone = (wanted: Wanted, signal: AbortSignal) => Promise<Reached | null>;

export interface ReachAloneDependencies {
	database: Pick<Database, 'queryAsRegistrar'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
}

interface MetLast {
	platform: string;
	tenantId: string;
	accountId: string;
	lastPlace: Place | null;
	locale: string | null;
}

const findMetLast = `
select identity.platform, identity.tenant_id as "tenantId", identity.account_id as "accountId", identity.last_place as "lastPlace", person.locale
from identities as identity join users as person on person.id = identity.user_id
where identity.user_id = $1 and identity.platform = any($2) and not identity.is_deactivated and person.deactivated_at is null
order by identity.refreshed_at desc limit 1`;

export function createReachAlone({ database, platforms, pacers }: ReachAloneDependencies): ReachAlone {
	return async ({ userId, platform: wanted, near }, signal) => {
		const names = (wanted === undefined ? [...platforms.keys()] : [wanted]).filter((name) => name !== webPlatform);
		const [met] = await database.queryAsRegistrar<MetLast>(findMetLast, [userId, names]);
		const platform = platforms.get(met?.platform ?? '');
		const place = met?.lastPlace ?? (near?.platform === met?.platform ? near : null);
		if (met === undefined || platform === undefined || place === null) return null;
		const { tenantId, accountId, locale } = met;
		const account = { platform: platform.name, tenantId, accountId };
		const open = { operation: 'open-chat', place, priority: 'update' } as const;
		const chat = await pacers(platform).run(open, signal, () => platform.openPersonalChat(account, place, signal));
		return { platform, account, chat, locale };
	};
}
