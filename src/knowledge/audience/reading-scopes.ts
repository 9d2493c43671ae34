/**
 * Where an answer may draw from: what the asker may read, by the platform's word of the last minute, and everybody who reads the answer too. In a
 * personal chat that is everything that the person can open. In a channel or a group it is what was shared right there, and what was shared where
 * all of its readers may read. Beside it, unless somebody from outside of the company reads along, what is published to the company. Whoever is not
 * answered any more, or has left the place meanwhile, draws on nothing.
 */

import type { Database } from '../../database/database.ts';
import type { Principal } from '../../database/transaction.ts';
import type { Identities } from '../../identity/identity.ts';
import type { Memberships } from '../../identity/memberships.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import { mayAllRead, type PlaceAudience, unknownAudience } from '../../platform/audience.ts';
import type { Actor } from '../../platform/chat-event.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { Place } from '../../platform/place.ts';
import type { SearchScope } from '../search/legs.ts';

/** Who asks, and where the answer will stand. */
export interface ScopeRequest {
	asker: Principal;
	/** What they ask with: what they may read, the platform says that knows it. */
	account: Actor;
	/** Of the place. */
	platform: ChatPlatform;
	place: Place;
}

export interface ReadingScopes {
	/**
	 * Notes in the database what the asker may read, which lets them: it forgets that by itself. Of what nobody can say in time nothing is read.
	 * @throws BotError as `Database.asLibrarian` and `Identities.mayAsk`; `CANCELLED` when the signal fires.
	 */
	of(request: ScopeRequest, signal: AbortSignal): Promise<SearchScope>;
	/** The same for what nobody but the asker will read, wherever they ask. */
	ofAsker(request: ScopeRequest, signal: AbortSignal): Promise<SearchScope>;
}

export interface ReadingScopesDependencies {
	database: Pick<Database, 'queryAsLibrarian'>;
	memberships: Pick<Memberships, 'isMember' | 'audienceOf'>;
	identities: Pick<Identities, 'mayAsk' | 'lastPlaceOf'>;
	platforms: ReadonlyMap<string, ChatPlatform>;
}

/** The channels that somebody may ask about, and by whom they are known there. */
interface Surroundings {
	platform: ChatPlatform;
	/** Null for those of every tenant: some platforms know people beside their tenants. */
	tenantId: string | null;
	/** To channels that have no way of their own. */
	route: string | undefined;
}

const nowhere: SearchScope = { channelIds: [], withCompany: false };

/** Most people's documents lie in fewer channels; each is a question or two to the platform a minute, for all who ask. */
const mostChannels = 50;
/** Nobody waits longer for an answer because a platform is slow; what is not known by then is left out. */
const patienceMs = 2_000;

/** With documents, the latest first, each with a way to it. Those whose reader the person was are asked about before others. */
const findChannels = `
select id, place from (
	select channel.id, max(placement.shared_at) as latest,
		(array_agg(placement.place order by placement.place -> 'route' is null, placement.shared_at desc))[1] as place
	from channels as channel join document_placements as placement on placement.channel_id = channel.id
	where channel.platform = $1 and ($2::text is null or channel.tenant_id = $2) and channel.kind <> 'direct'
		and placement.superseded_at is null and placement.document_id is not null and placement.place is not null
	group by channel.id
) as found
order by exists (select from channel_readers as reader where reader.channel_id = found.id and reader.user_id = $3) desc, latest desc, id
limit ${mostChannels}`;

/** Whatever account they were shared with. */
const findPersonalChats = `
select distinct channel.id from channels as channel join document_placements as placement on placement.channel_id = channel.id
where channel.kind = 'direct' and placement.shared_by = $1`;

const noteReader = `
insert into channel_readers as known (channel_id, user_id)
	select id, $2 from channels where id = any($1)
	on conflict (channel_id, user_id) do update set verified_at = now() where known.verified_at < now() - interval '5 seconds'`;

export function createReadingScopes({ database, memberships, identities, platforms }: ReadingScopesDependencies): ReadingScopes {
	/** Channels with documents of which it is certain in time. */
	async function channelsWhere(
		{ userId }: Principal,
		{ platform, tenantId }: Omit<Surroundings, 'route'>,
		mayRead: (channel: Place) => Promise<boolean>,
	): Promise<string[]> {
		const values = [platform.name, tenantId, userId];
		const found = await database.queryAsLibrarian<{ id: string; place: Place }>(findChannels, values);
		const asked = found.map(async ({ id, place: channel }) => ((await mayRead(channel).catch(() => false)) ? [id] : []));
		return (await Promise.all(asked)).flat();
	}

	/** Whether the asker is answered still, and reads what is said there: while an answer is written they may lose either. */
	async function readsAlong({ account, platform, place }: ScopeRequest, patience: AbortSignal): Promise<boolean> {
		const home = homeOf({ account, platform });
		if (!(await identities.mayAsk({ ...account, platform: home }))) return false;
		// Who they would be on another platform, nobody can say.
		if (place.kind === 'direct' || home !== platform.name) return true;
		const here = await audienceOf(platform, place, patience);
		if (isUnsaid(here) || here.accountIds?.has(account.accountId)) return true;
		return await memberships.isMember(platform, place, account, patience).catch(() => false);
	}

	const audienceOf = async (platform: ChatPlatform, place: Place, patience: AbortSignal) =>
		await memberships.audienceOf(platform, place, patience).catch(() => unknownAudience);

	/** What a person reads alone: whatever they can open where their account is at home. */
	async function scopeOfOne(request: ScopeRequest, patience: AbortSignal): Promise<SearchScope> {
		const { asker, account } = request;
		const around = await surroundingsOf(request);
		const own = await personalChats(asker);
		if (around === null) return { channelIds: own, withCompany: true };
		const { platform, route } = around;
		// A channel that documents were only put into by its name has no way to it; that of a personal chat leads to its whole tenant.
		const way = route !== undefined ? { route } : {};
		const mayRead = (channel: Place) => memberships.isMember(platform, { ...way, ...channel }, account, patience);
		return { channelIds: [...own, ...(await channelsWhere(asker, around, mayRead))], withCompany: true };
	}

	/** Null where the platform of their account is not served any more. */
	async function surroundingsOf({ account, platform, place }: ScopeRequest): Promise<Surroundings | null> {
		const name = homeOf({ account, platform });
		if (name === platform.name) return { platform, tenantId: place.tenantId, route: place.route };
		const home = platforms.get(name);
		if (home === undefined) return null;
		const lastPlace = await identities.lastPlaceOf({ ...account, platform: name });
		return { platform: home, tenantId: null, route: lastPlace?.route };
	}

	/** What everybody in the place reads. */
	async function scopeOfAll(request: ScopeRequest, patience: AbortSignal): Promise<SearchScope> {
		const { asker, platform, place } = request;
		const here = await audienceOf(platform, place, patience);
		const mayRead = async (channel: Place) => mayAllRead(here, await memberships.audienceOf(platform, channel, patience));
		const channelIds = await channelsWhere(asker, { platform, tenantId: place.tenantId }, mayRead);
		return { channelIds, withCompany: !here.hasOutsiders };
	}

	async function personalChats({ userId }: Principal): Promise<string[]> {
		return (await database.queryAsLibrarian<{ id: string }>(findPersonalChats, [userId])).map(({ id }) => id);
	}

	async function noted(request: ScopeRequest, scopeFor: typeof scopeOfOne, signal: AbortSignal): Promise<SearchScope> {
		const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
		const isThere = await readsAlong(request, patience);
		signal.throwIfAborted();
		if (!isThere) return nowhere;
		const { channelIds, withCompany } = await scopeFor(request, patience);
		signal.throwIfAborted();
		const unique = [...new Set([channelIdOf(request.place), ...channelIds])];
		await database.queryAsLibrarian(noteReader, [unique, request.asker.userId]);
		return { channelIds: unique, withCompany };
	}

	return {
		of: async (request, signal) => await noted(request, request.place.kind === 'direct' ? scopeOfOne : scopeOfAll, signal),
		ofAsker: async (request, signal) => await noted(request, scopeOfOne, signal),
	};
}

/** The platform that knows the account. */
function homeOf({ account, platform }: Pick<ScopeRequest, 'account' | 'platform'>): string {
	return account.platform ?? platform.name;
}

/** They spoke there, and nothing else is known of it. */
function isUnsaid({ isOpen, hasOutsiders, accountIds }: PlaceAudience): boolean {
	return accountIds === null ? hasOutsiders && !isOpen : accountIds.size === 0;
}
