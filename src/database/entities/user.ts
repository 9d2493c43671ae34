/** A person who talks to the bot. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, time, timeOfInsert } from './columns.ts';
import { Role } from './role.ts';

export const User = defineEntity({
	name: 'User',
	tableName: 'users',
	rowLevelSecurity: 'force',
	checks: [{ name: 'users_language_check', expression: "language in ('en', 'es')" }],
	indexes: [{ name: 'users_role_index', properties: ['role'] }],
	properties: {
		id: id(),
		/** Granted by an admin; null when the platform's groups decide, or else the company's usual role. */
		role: () => p.manyToOne(Role).fieldName('role').nullable().updateRule('no action').deleteRule('no action'),
		/** Only those that differ from the role's. */
		limits: p.json<Record<string, unknown>>().defaultRaw("'{}'"),
		/** Limits that came along with an account: they hold beside all others until an administrator says something else. */
		ceilings: p.json<Record<string, unknown>>().defaultRaw("'{}'"),
		/** Whose counts theirs are, until then: they were part of one person lately. */
		countsAs: p.uuid().nullable(),
		countsAsUntil: time().nullable(),
		displayName: p.text(),
		/** As their language, or as their home platform says. */
		locale: p.text().nullable(),
		/** What they chose themselves; null for what their platform says. */
		language: p.text().$type<'en' | 'es'>().nullable(),
		createdAt: timeOfInsert(),
		/** Locked by an admin. What a platform says is in `identities`. */
		deactivatedAt: time().nullable(),
	},
});
export type User = InferEntity<typeof User>;
