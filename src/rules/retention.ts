/** How long what was said is kept, and where. */

import type { Database } from '../database/database.ts';
import { readRules } from './place-rules.ts';

/** Of a channel, or of all channels of a tenant that have no decision of their own. */
export interface RetentionRule {
	platform: string;
	tenantId: string;
	channelId: string | null;
	/** For a tenant: which of its channels have one. */
	outside: readonly string[];
	keepDays: number;
}

interface Row {
	platform: string;
	tenantId: string;
	channelId: string | null;
	rules: object;
}

const selectRules = `
	select platform, tenant_id as "tenantId", channel_id as "channelId", rules from channels where rules ? 'keepDays'
	union all select platform, tenant_id, null, rules from tenants where rules ? 'keepDays'`;

/** @throws BotError as `Database.queryAsRegistrar`. */
export async function retentionRules(database: Pick<Database, 'queryAsRegistrar'>): Promise<RetentionRule[]> {
	const rows = await database.queryAsRegistrar<Row>(selectRules, []);
	const decided = rows.map(({ rules, ...row }) => ({ ...row, keepDays: readRules(rules).keepDays }));
	return decided.flatMap(({ keepDays, ...row }) => {
		if (keepDays === undefined || keepDays === null) return [];
		const siblings = decided.filter(({ platform, tenantId }) => platform === row.platform && tenantId === row.tenantId);
		const outside = siblings.flatMap(({ channelId, keepDays: own }) => (channelId === null || own === undefined ? [] : [channelId]));
		return [{ ...row, outside: row.channelId === null ? outside : [], keepDays }];
	});
}
