/** Which revision of which connector administrators have approved, as the program reads it. */

import type { Database } from '../database/database.ts';

export interface ConnectorApproval {
	name: string;
	revision: string;
	/** Names of views that are not as the file says. */
	switchedOff: string[];
}

export type Approvals = ReturnType<typeof createApprovals>;

/** All throw BotError as `Database.query`. */
export function createApprovals(database: Pick<Database, 'query'>) {
	return {
		/** By name of the connector. */
		async all(): Promise<ReadonlyMap<string, ConnectorApproval>> {
			const rows = await database.query<ConnectorApproval>(
				'select name, approved_revision as revision, switched_off as "switchedOff" from connectors where approved_revision is not null',
			);
			return new Map(rows.map((row) => [row.name, row]));
		},
		/** Exactly these are off from now on. @returns those that were not before. */
		async switchOff(name: string, views: readonly string[]): Promise<string[]> {
			const [row] = await database.query<{ news: string[] }>(
				`with known as (select name, switched_off from connectors where name = $1 for update),
				changed as (update connectors set switched_off = $2, checked_at = now() from known where connectors.name = known.name)
				select array(select unnest($2::text[]) except select unnest(switched_off) order by 1) as news from known`,
				[name, views],
			);
			return row?.news ?? [];
		},
	};
}
