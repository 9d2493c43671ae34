/** How answers in a place use documents: what somebody decided there, or what the settings say for all places. */

import type { Database } from '../database/database.ts';
import { channelIdOf } from '../identity/place-id.ts';
import type { Place } from '../platform/place.ts';

/** Answers draw on documents alone, on them first, or not at all. */
export type DocumentUse = 'only' | 'prefer' | 'off';

export interface PlaceDocuments {
	use: DocumentUse;
	/** There are none at all, for whomever. */
	areNone: boolean;
	/** From how many days on what is cited here is old, unless its document says otherwise; null for never. */
	staleAfterDays: number | null;
}

export interface DocumentUses {
	/** @throws BotError as `Database.asLibrarian`. */
	of(place: Place): Promise<PlaceDocuments>;
}

interface Row extends Omit<PlaceDocuments, 'use'> {
	channelId: string;
	use: DocumentUse | null;
}

/** Those who ask together in a burst: whoever asks until the transaction has begun is answered by it, and so of no earlier state. */
interface Gathering {
	channelIds: Set<string>;
	isClosed: boolean;
	found: Promise<ReadonlyMap<string, Row>>;
}

const selectUses = `
	select asked.id as "channelId", channel.knowledge as use, channel.stale_after_days as "staleAfterDays", chunks = 0 as "areNone"
	from ccb_knowledge.totals cross join unnest($1::uuid[]) as asked (id) left join channels as channel on channel.id = asked.id`;

/** @param standard where nobody decided. */
export function createDocumentUses(database: Pick<Database, 'asLibrarian'>, standard: DocumentUse): DocumentUses {
	let gathering: Gathering | null = null;

	function gather(): Gathering {
		const asked = { channelIds: new Set<string>(), isClosed: false };
		const close = () => {
			asked.isClosed = true;
		};
		const read = database.asLibrarian(async ({ query }) => {
			close();
			const rows = await query<Row>(selectUses, [[...asked.channelIds]]);
			return new Map(rows.map((row) => [row.channelId, row]));
		});
		return Object.assign(asked, { found: read.finally(close) });
	}

	return {
		async of(place) {
			const channelId = channelIdOf(place);
			if (gathering === null || gathering.isClosed) gathering = gather();
			gathering.channelIds.add(channelId);
			const { use = null, areNone = true, staleAfterDays = null } = (await gathering.found).get(channelId) ?? {};
			return { use: use ?? standard, areNone, staleAfterDays };
		},
	};
}
