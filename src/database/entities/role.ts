/** What a role may, and who is given which: by groups of a platform, or by how a tenant treats guests and strangers. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { UserRole } from '../roles.ts';
import { timeOfInsert } from './columns.ts';

export const Role = defineEntity({
	name: 'Role',
	tableName: 'roles',
	rowLevelSecurity: 'force',
	checks: [
		{
			name: 'roles_name_check',
			expression: `name collate "C" ~ '^ccb_[a-z][a-z0-9_]{0,58}$' and name <> all (array['ccb_app', 'ccb_registrar', 'ccb_keeper', 'ccb_librarian'])`,
		},
		{ name: 'roles_rank_check', expression: 'rank >= 0 and rank <= 1000' },
	],
	properties: {
		/** A role of the database has the same name. */
		name: p.text().$type<UserRole>().primary(),
		/** Of several that a person could have, the one with the highest wins. */
		rank: p.integer(),
		/** Only those that differ from the configured ones. */
		limits: p.json<Record<string, unknown>>().defaultRaw("'{}'"),
		createdAt: timeOfInsert(),
	},
});
export type Role = InferEntity<typeof Role>;

/** Members of a platform's group have a role. */
export const RoleMapping = defineEntity({
	name: 'RoleMapping',
	tableName: 'role_mappings',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'role_mappings_role_index', properties: ['role'] }],
	properties: {
		platform: p.text().primary(),
		tenantId: p.text().primary(),
		groupId: p.text().primary(),
		role: () => p.manyToOne(Role).fieldName('role').updateRule('no action').deleteRule('no action'),
	},
});
export type RoleMapping = InferEntity<typeof RoleMapping>;

/** What an admin has decided about a tenant of a platform. */
export const Tenant = defineEntity({
	name: 'Tenant',
	tableName: 'tenants',
	rowLevelSecurity: 'force',
	checks: [
		{
			name: 'tenants_admitted_role_check',
			expression: "coalesce(guests_as, '') <> 'ccb_admin' and coalesce(strangers_as, '') <> 'ccb_admin'",
		},
		{ name: 'tenants_rules_check', expression: "jsonb_typeof(rules) = 'object'" },
	],
	indexes: [
		{ name: 'tenants_guests_as_index', properties: ['guestsAs'] },
		{ name: 'tenants_strangers_as_index', properties: ['strangersAs'] },
	],
	properties: {
		platform: p.text().primary(),
		tenantId: p.text().primary(),
		/** Null: they are refused. */
		guestsAs: () => p.manyToOne(Role).fieldName('guests_as').nullable().updateRule('no action').deleteRule('no action'),
		strangersAs: () => p.manyToOne(Role).fieldName('strangers_as').nullable().updateRule('no action').deleteRule('no action'),
		/** Whose addresses say who somebody is; empty for none. */
		emailDomains: p.array().columnType('text[]').defaultRaw("'{}'"),
		/** For all of its channels, as `src/rules/place-rules.ts` reads them. */
		rules: p.json<object>().defaultRaw("'{}'"),
	},
});
export type Tenant = InferEntity<typeof Tenant>;
