/** One platform account of a user. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { Place } from '../../platform/place.ts';
import { id, time, timeOfInsert } from './columns.ts';
import { Role } from './role.ts';
import { User } from './user.ts';

export const Identity = defineEntity({
	name: 'Identity',
	tableName: 'identities',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'identities_account_unique', properties: ['platform', 'tenantId', 'accountId'] }],
	checks: [{ name: 'identities_admitted_as_check', expression: "admitted_as <> 'ccb_admin'" }],
	indexes: [
		{ name: 'identities_user_id_index', properties: ['user'] },
		{ name: 'identities_home_user_id_index', properties: ['homeUser'] },
		{ name: 'identities_admitted_as_index', properties: ['admittedAs'] },
		{
			name: 'identities_email_index',
			properties: ['email'],
			expression: 'create index identities_email_index on identities (lower(email)) where email is not null',
		},
	],
	properties: {
		id: id(),
		/** Whose it is. */
		user: () => p.manyToOne(User).deleteRule('cascade'),
		/** Whose it was when it was first met, and is again when the link is undone. */
		homeUser: () => p.manyToOne(User).deleteRule('cascade'),
		platform: p.text(),
		tenantId: p.text(),
		accountId: p.text(),
		displayName: p.text(),
		locale: p.text().nullable(),
		/** A name of the IANA database; null where the platform does not tell. */
		timeZone: p.text().nullable(),
		isGuest: p.boolean().default(false),
		isExternal: p.boolean().default(false),
		/** Closed on its platform. */
		isDeactivated: p.boolean().default(false),
		/** Kept only where it may say who somebody is. */
		email: p.text().nullable(),
		/** The role that an admin lets a guest or a stranger in with. */
		admittedAs: () => p.manyToOne(Role).fieldName('admitted_as').nullable().updateRule('no action').deleteRule('no action'),
		/** Where it was met when the platform was last asked for it. */
		lastPlace: p.json<Place>().nullable(),
		/** When the platform was asked for what stands here. */
		refreshedAt: timeOfInsert(),
		/** When the platform last told something of it unasked. */
		toldAt: time().nullable(),
	},
});
export type Identity = InferEntity<typeof Identity>;

/** An account that was shut out before it was met; for some minutes. */
export const UnmetAccount = defineEntity({
	name: 'UnmetAccount',
	tableName: 'unmet_accounts',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'unmet_accounts_told_at_index', properties: ['toldAt'] }],
	properties: {
		/** The id that the identity would have. */
		identityId: p.uuid().primary(),
		toldAt: timeOfInsert(),
	},
});
export type UnmetAccount = InferEntity<typeof UnmetAccount>;
