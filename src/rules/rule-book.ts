/**
 * What was decided for places, and which threads are muted: asked before each message, so it is kept in memory, all of it, and read again when it
 * changes or has become old. Most channels and threads have nothing of the kind.
 */

import type { Clock } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { channelIdOf } from '../identity/place-id.ts';
import { conversationKey, type Place } from '../platform/place.ts';
import type { Signals } from '../redis/signals.ts';
import { type PlaceRules, readRules, rulesOf, type StoredRules } from './place-rules.ts';

/** All @throws BotError as `Database.queryAsRegistrar`. */
export interface RuleBook {
	/** What holds in the place; in a personal chat what its tenant says. */
	of(place: Place): Promise<PlaceRules>;
	/** What the channel itself says. */
	own(place: Place): Promise<StoredRules>;
	/** Whether somebody asked the bot to be quiet in this thread. */
	isMuted(place: Place): Promise<boolean>;
	/** Something was changed: it is read again, here and in every other process. Never rejects. */
	forget(): Promise<void>;
	/** Begins to listen to the other processes. */
	listen(): Promise<void>;
}

export interface RuleBookDependencies {
	database: Pick<Database, 'queryAsRegistrar'>;
	signals: Signals;
	clock: Clock;
}

interface Row {
	/** `channels.id`, or a tenant as `platform tenant`, or the key of a muted conversation. */
	place: string;
	/** Null for a muted conversation. */
	rules: object | null;
}

interface Snapshot {
	readAtMs: number;
	rules: ReadonlyMap<string, StoredRules>;
	muted: ReadonlySet<string>;
}

const signal = 'forget-rules';

/** Where no process can tell another one, what it knows is this old at most. */
const freshMs = 10_000;

const selectAll = `
	select id::text as place, rules from channels where rules <> '{}'
	union all select concat_ws(' ', platform, tenant_id), rules from tenants where rules <> '{}'
	union all select key, null from conversations where muted_at is not null`;

export function createRuleBook({ database, signals, clock }: RuleBookDependencies): RuleBook {
	let known: Snapshot | null = null;
	let reading: Promise<Snapshot> | null = null;

	async function read(): Promise<Snapshot> {
		const readAtMs = clock.now();
		const rows = await database.queryAsRegistrar<Row>(selectAll, []);
		const ruled = rows.filter(({ rules }) => rules !== null);
		return {
			readAtMs,
			rules: new Map(ruled.map(({ place, rules }) => [place, readRules(rules)])),
			muted: new Set(rows.filter(({ rules }) => rules === null).map(({ place }) => place)),
		};
	}

	/** Whoever asks while it is read waits for that, unless it was begun before a change. */
	async function current(): Promise<Snapshot> {
		if (known !== null && clock.now() - known.readAtMs < freshMs) return known;
		if (reading !== null) return await reading;
		const begun = read();
		reading = begun;
		try {
			const found = await begun;
			if (reading === begun) known = found;
			return found;
		} finally {
			if (reading === begun) reading = null;
		}
	}

	function forgetHere(): void {
		known = null;
		reading = null;
	}

	const ownIn = ({ rules }: Snapshot, place: Place) => rules.get(channelIdOf(place)) ?? {};

	return {
		async of(place) {
			const found = await current();
			return rulesOf(ownIn(found, place), found.rules.get(`${place.platform} ${place.tenantId}`) ?? {});
		},
		own: async (place) => ownIn(await current(), place),
		isMuted: async (place) => (await current()).muted.has(conversationKey(place)),
		async forget() {
			forgetHere();
			await signals.publish(signal, '').catch(() => {});
		},
		async listen() {
			await signals.subscribe(signal, forgetHere);
		},
	};
}
