/** What adapters keep, in the database: facts as rows, leases as rows with an owner and an end. */

import type { AdapterState } from '../platform/adapter-state.ts';
import type { Database } from './database.ts';

const upsertFact = `
	insert into adapter_state (platform, key, value) values ($1, $2, $3)
	on conflict (platform, key) do update set value = excluded.value, updated_at = now()`;

const selectFacts = `
	select key, value from adapter_state where platform = $1 and starts_with(key, $2) and lease_owner is null order by key collate "C"`;

const pruneFacts = `
	delete from adapter_state
	where platform = $1 and starts_with(key, $2) and lease_owner is null and updated_at < now() - $3 * interval '1 millisecond'`;

/** By the database's clock, so that processes need not agree on theirs. */
const takeLease = `
	insert into adapter_state (platform, key, value, lease_owner, lease_until) values ($1, $2, '', $3, now() + $4 * interval '1 millisecond')
	on conflict (platform, key) do update set lease_owner = excluded.lease_owner, lease_until = excluded.lease_until, updated_at = now()
	where adapter_state.lease_owner = $3 or adapter_state.lease_until < now()
	returning key`;

const leasePrefix = 'lease:';

/** Ends all leases at once. Only for a database that nobody else can be using. */
export async function voidAdapterLeases(database: Pick<Database, 'query'>): Promise<void> {
	await database.query('delete from adapter_state where lease_owner is not null');
}

export function createAdapterState(deps: { database: Pick<Database, 'query'>; platform: string; processId: string }): AdapterState {
	const { database, platform, processId } = deps;
	return {
		async get(key) {
			const [row] = await database.query<{ value: string }>('select value from adapter_state where platform = $1 and key = $2', [
				platform,
				key,
			]);
			return row?.value ?? null;
		},
		async set(key, value) {
			await database.query(upsertFact, [platform, key, value]);
		},
		async delete(key) {
			await database.query('delete from adapter_state where platform = $1 and key = $2', [platform, key]);
		},
		async prune(prefix, olderThanMs) {
			await database.query(pruneFacts, [platform, prefix, olderThanMs]);
		},
		list: async (prefix) => await database.query<{ key: string; value: string }>(selectFacts, [platform, prefix]),
		async lease(name, ttlMs) {
			const rows = await database.query(takeLease, [platform, leasePrefix + name, processId, ttlMs]);
			return rows.length === 1;
		},
		async release(name) {
			await database.query('delete from adapter_state where platform = $1 and key = $2 and lease_owner = $3', [
				platform,
				leasePrefix + name,
				processId,
			]);
		},
	};
}
