/** What administrators decide for channels and for whole tenants: when the bot answers there, in which language, and how long what was said is kept. */

import { Migration } from '@mikro-orm/migrations';

/** As `src/rules/place-rules.ts` reads them. What a channel does not say, its tenant says. */
const addRules = `
alter table channels add column rules jsonb not null default '{}' constraint channels_rules_check check (jsonb_typeof(rules) = 'object');
alter table tenants add column rules jsonb not null default '{}' constraint tenants_rules_check check (jsonb_typeof(rules) = 'object');
create index channels_rules_index on channels (id) where rules <> '{}';
grant update (rules) on channels to ccb_admin`;

/** Whoever takes part in a thread may ask the bot to be quiet there. */
const addMuting = `
alter table conversations add column muted_at timestamptz;
create index conversations_muted_at_index on conversations (muted_at) where muted_at is not null;
grant update (muted_at) on conversations to ccb_employee, ccb_admin;
grant select (muted_at) on conversations to ccb_registrar`;

export class ChannelRules extends Migration {
	override up(): void {
		for (const sql of [addRules, addMuting]) this.addSql(sql);
	}
}
