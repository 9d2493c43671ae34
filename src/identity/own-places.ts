/** In which places a person may read now, with whichever of their accounts: asked before what was said there is shown anywhere else. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { Account } from './account.ts';
import type { Memberships } from './memberships.ts';
import { channelIdOf } from './place-id.ts';

/** Where a conversation is, as it is written down. */
export type StoredPlace = Omit<Place, 'route'>;

export interface OwnPlaces {
	/**
	 * Those among `places` where the person may read, by the platform's word of the last minute. A personal chat is its person's own. False where
	 * nobody can say in time. @throws BotError as `Database.asUser`.
	 */
	readable<Found extends StoredPlace>(person: Principal, places: readonly Found[], signal: AbortSignal): Promise<Found[]>;
	/** One that the person has there; null for none. @throws BotError as `Database.asUser`. */
	accountOn(person: Principal, platform: string): Promise<Account | null>;
}

export interface OwnPlacesDependencies {
	database: Pick<Database, 'queryAs'>;
	memberships: Pick<Memberships, 'isMember'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
}

/** Nobody waits longer for a list because a platform is slow; what is not known by then is left out. */
const patienceMs = 2_000;

const selectAccounts = `
	select platform, tenant_id as "tenantId", account_id as "accountId", last_place as "lastPlace" from identities where user_id = $1 and not is_deactivated`;

interface OwnAccount extends Account {
	lastPlace: Place | null;
}

export function createOwnPlaces({ database, memberships, platforms }: OwnPlacesDependencies): OwnPlaces {
	async function isReader(place: StoredPlace, accounts: readonly OwnAccount[], signal: AbortSignal): Promise<boolean> {
		const platform = platforms.get(place.platform);
		if (platform === undefined) return false;
		// Some platforms know people beside the tenants of their places: whose account it is there, the platform says.
		const here = accounts.filter((account) => account.platform === place.platform);
		const asked = here.map(async ({ tenantId, accountId, lastPlace }) => {
			// The way to a personal chat leads to its whole tenant.
			const way = lastPlace?.route === undefined ? {} : { route: lastPlace.route };
			return await memberships.isMember(platform, { ...place, ...way }, { tenantId, accountId }, signal).catch(() => false);
		});
		return (await Promise.all(asked)).includes(true);
	}

	return {
		async readable(person, places, signal) {
			const shared = new Map(places.filter(({ kind }) => kind !== 'direct').map((place) => [channelIdOf(place), place]));
			if (shared.size === 0) return [...places];
			const accounts = await database.queryAs<OwnAccount>(person, selectAccounts, [person.userId]);
			const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
			const asked = [...shared].map(async ([id, place]) => ((await isReader({ ...place, threadId: '' }, accounts, patience)) ? [id] : []));
			const readable = new Set((await Promise.all(asked)).flat());
			return places.filter((place) => place.kind === 'direct' || readable.has(channelIdOf(place)));
		},
		async accountOn(person, platform) {
			const accounts = await database.queryAs<OwnAccount>(person, selectAccounts, [person.userId]);
			const found = accounts.find((account) => account.platform === platform);
			return found === undefined ? null : { platform, tenantId: found.tenantId, accountId: found.accountId };
		},
	};
}
