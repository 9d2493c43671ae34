/** The documents that somebody may read, as they are listed and looked at: read in the asker's name. */

import type { Database } from '../../database/database.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { Place } from '../../platform/place.ts';
import type { ReadingScopes, ScopeRequest } from '../audience/reading-scopes.ts';
import { type FileReason, readFileReason } from '../ingest/file-reason.ts';
import { matchingDocuments } from './matching.ts';

/** A document where it lies; the same content can lie in several places. */
export interface ShelvedDocument {
	placementId: string;
	/** As it was called there; a path where it was not shared in a chat. */
	name: string;
	/** Null for the whole company. */
	place: Place | null;
	/** `users.id`; null where nobody knows any more, or nobody shared it. */
	sharedBy: string | null;
	/** When it was changed last, as its source says; else when it was shared. */
	date: Date;
	/** Where people open it. */
	url: string | null;
	/** `asked`: whoever shared it has not said yet that it may be taken. */
	state: 'asked' | 'waiting' | 'reading' | 'ready' | 'unread';
	/** Of what is `unread`. */
	reason: FileReason;
	passages: number;
	/** Not all of it could be read. */
	isPartial: boolean;
	/** A newer file of the same name has taken its place. */
	isOlder: boolean;
	/** To the whole company, from where it lies. */
	isPublished: boolean;
	/** From when on it is old, wherever it is cited; null where nobody decided. */
	staleAfterDays: number | null;
}

/** All @throws BotError as `Database.queryAs`; `CANCELLED` when the signal fires. */
export interface Shelf {
	/**
	 * Of the place; in a personal chat all that answers there may draw from, also what is for the whole company. The newest first, 2,000 at most:
	 * more than anybody looks through.
	 */
	list(request: ScopeRequest, signal: AbortSignal): Promise<ShelvedDocument[]>;
	/** What they may mean by a number or a name, of what `list` gives. */
	find(request: ScopeRequest, typed: string, signal: AbortSignal): Promise<ShelvedDocument[]>;
	/** As `find`, of what they may have forgotten: what they shared, wherever that is; for administrators all that they may read. */
	findToForget(request: ScopeRequest, typed: string, signal: AbortSignal): Promise<ShelvedDocument[]>;
	/** What people call whoever shared it; null where nobody knows. */
	sharerOf(document: ShelvedDocument): Promise<string | null>;
}

export interface ShelfDependencies {
	database: Pick<Database, 'queryAs' | 'queryAsLibrarian'>;
	scopes: ReadingScopes;
}

interface Row {
	placementId: string;
	name: string;
	place: Place | null;
	sharedBy: string | null;
	date: Date;
	url: string | null;
	placed: 'asked' | 'waiting' | 'placed' | 'refused' | 'failed';
	document: 'received' | 'ready' | 'rejected' | 'quarantined' | 'failed' | 'leaving' | null;
	placedReason: string | null;
	documentReason: string | null;
	passages: number | null;
	isPartial: boolean | null;
	isOlder: boolean;
	isPublished: boolean;
	staleAfterDays: number | null;
}

const selectPlaced = `
select placement.id as "placementId", placement.name, placement.place, placement.shared_by as "sharedBy", placement.url,
	coalesce(placement.dated_at, placement.shared_at) as date, placement.status as placed, placement.reason as "placedReason",
	placement.superseded_at is not null as "isOlder", placement.stale_after_days as "staleAfterDays",
	exists (select from document_placements as published where published.published_from = placement.id) as "isPublished",
	document.status as document, document.reason as "documentReason", document.chunk_count as passages, document.is_partial as "isPartial"
from document_placements as placement left join documents as document on document.id = placement.document_id`;

const newestFirst = 'order by date desc, placement.id limit 2000';

export function createShelf({ database, scopes }: ShelfDependencies): Shelf {
	async function list(request: ScopeRequest, signal: AbortSignal): Promise<ShelvedDocument[]> {
		const { asker, place } = request;
		const { channelIds, withCompany } = await scopes.of(request, signal);
		const isDirect = place.kind === 'direct';
		const rows = await database.queryAs<Row>(
			asker,
			`${selectPlaced} where (placement.channel_id = any($1) or $2 and placement.channel_id is null)
				and (placement.status <> 'asked' or placement.shared_by = $3) ${newestFirst}`,
			[isDirect ? channelIds : [channelIdOf(place)], isDirect && withCompany, asker.userId],
		);
		return rows.map(toShelved);
	}

	async function ownOf({ asker }: ScopeRequest): Promise<ShelvedDocument[]> {
		const rows = await database.queryAsLibrarian<Row>(`${selectPlaced} where placement.shared_by = $1 ${newestFirst}`, [asker.userId]);
		return rows.map(toShelved);
	}

	return {
		list,
		find: async (request, typed, signal) => matchingDocuments(await list(request, signal), typed),
		async findToForget(request, typed, signal) {
			const own = await ownOf(request);
			const others = request.asker.role === 'ccb_admin' ? await list(request, signal) : [];
			const isOwn = new Set(own.map(({ placementId }) => placementId));
			return matchingDocuments([...own, ...others.filter(({ placementId }) => !isOwn.has(placementId))], typed);
		},
		async sharerOf({ sharedBy }) {
			if (sharedBy === null) return null;
			const [user] = await database.queryAsLibrarian<{ name: string }>('select display_name as name from users where id = $1', [sharedBy]);
			return user?.name ?? null;
		},
	};
}

function toShelved({ placed, document, placedReason, documentReason, passages, isPartial, ...row }: Row): ShelvedDocument {
	const state = stateOf(placed, document);
	const reason = readFileReason(placed === 'placed' ? documentReason : placedReason);
	return { ...row, state, reason, passages: passages ?? 0, isPartial: isPartial ?? false };
}

function stateOf(placed: Row['placed'], document: Row['document']): ShelvedDocument['state'] {
	if (placed === 'refused' || placed === 'failed') return 'unread';
	if (placed !== 'placed') return placed;
	if (document === 'ready') return 'ready';
	return document === 'received' ? 'reading' : 'unread';
}
