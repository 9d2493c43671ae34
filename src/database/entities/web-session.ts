/** A browser in which an account is signed in, and the two ways to come in from the chat. Secrets are kept as hashes. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, time, timeOfInsert } from './columns.ts';
import { Identity } from './identity.ts';

export const WebSession = defineEntity({
	name: 'WebSession',
	tableName: 'web_sessions',
	rowLevelSecurity: 'force',
	uniques: [
		{ name: 'web_sessions_token_hash_unique', properties: ['tokenHash'] },
		{ name: 'web_sessions_earlier_hash_unique', properties: ['earlierHash'] },
	],
	indexes: [{ name: 'web_sessions_identity_id_index', properties: ['identity'] }],
	properties: {
		id: id(),
		identity: () => p.manyToOne(Identity).deleteRule('cascade'),
		tokenHash: p.text(),
		tokenSince: timeOfInsert(),
		/** When the browser first came with it; null while nobody knows whether it arrived. */
		tokenUsedAt: time().nullable(),
		/** The token before. */
		earlierHash: p.text().nullable(),
		signedInAt: timeOfInsert(),
		/** In steps. */
		lastSeenAt: timeOfInsert(),
		/** Whoever goes on using it has to sign in anew then. */
		expiresAt: time(),
		/** What the browser called itself, and where it was. */
		agent: p.text().defaultRaw("''"),
		address: p.text().defaultRaw("''"),
	},
});
export type WebSession = InferEntity<typeof WebSession>;

/** Used up by removing it. */
export const SignInLink = defineEntity({
	name: 'SignInLink',
	tableName: 'sign_in_links',
	rowLevelSecurity: 'force',
	indexes: [{ name: 'sign_in_links_identity_id_index', properties: ['identity'] }],
	properties: {
		secretHash: p.text().primary(),
		identity: () => p.manyToOne(Identity).deleteRule('cascade'),
		createdAt: timeOfInsert(),
		expiresAt: time(),
	},
});
export type SignInLink = InferEntity<typeof SignInLink>;

export const SignInCode = defineEntity({
	name: 'SignInCode',
	tableName: 'sign_in_codes',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'sign_in_codes_browser_hash_unique', properties: ['browserHash'] }],
	indexes: [
		{ name: 'sign_in_codes_identity_id_index', properties: ['identity'] },
		{ name: 'sign_in_codes_expires_at_index', properties: ['expiresAt'] },
	],
	properties: {
		codeHash: p.text().primary(),
		/** Of the cookie of the browser that shows it. */
		browserHash: p.text(),
		/** Who confirmed it in the chat; null while nobody has. */
		identity: () => p.manyToOne(Identity).nullable().deleteRule('cascade'),
		agent: p.text().defaultRaw("''"),
		address: p.text().defaultRaw("''"),
		createdAt: timeOfInsert(),
		expiresAt: time(),
	},
});
export type SignInCode = InferEntity<typeof SignInCode>;
