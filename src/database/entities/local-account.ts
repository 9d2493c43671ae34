/** An account with a password, and the links by which somebody chooses one. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { time, timeOfInsert } from './columns.ts';
import { WebAccount } from './web-account.ts';

export const LocalAccount = defineEntity({
	name: 'LocalAccount',
	tableName: 'local_accounts',
	rowLevelSecurity: 'force',
	properties: {
		identity: () => p.oneToOne(WebAccount).primary().fieldName('identity_id').updateRule('no action').deleteRule('cascade'),
		/** A PHC string; null while none was chosen. */
		passwordHash: p.text().nullable(),
		/** Sealed with the program's key; null without a second factor. */
		secondSecret: p.text().nullable(),
		/** As `secondSecret`, until a code of it was entered. */
		secondPending: p.text().nullable(),
		/** Of the last code that was taken: none is taken twice. */
		secondStep: p.bigint('number').defaultRaw('0'),
		/** Of those that were not used. */
		recoveryHashes: p.array().columnType('text[]').defaultRaw("'{}'"),
		/** The password. */
		changedAt: timeOfInsert(),
	},
});
export type LocalAccount = InferEntity<typeof LocalAccount>;

export const PasswordLink = defineEntity({
	name: 'PasswordLink',
	tableName: 'password_links',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'password_links_identity_id_index', properties: ['account'] }],
	properties: {
		secretHash: p.text().primary(),
		account: () => p.manyToOne(LocalAccount).fieldName('identity_id').updateRule('no action').deleteRule('cascade'),
		createdAt: timeOfInsert(),
		expiresAt: time(),
	},
});
export type PasswordLink = InferEntity<typeof PasswordLink>;
