/** An account that no chat platform knows, as the provider that vouches for it said when somebody signed in with it last. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { timeOfInsert } from './columns.ts';

export const WebAccount = defineEntity({
	name: 'WebAccount',
	tableName: 'web_accounts',
	rowLevelSecurity: 'force',
	uniques: [{ name: 'web_accounts_tenant_id_account_id_unique', properties: ['tenantId', 'accountId'] }],
	properties: {
		/** Of the identity that there is, or will be. */
		identityId: p.uuid().primary(),
		tenantId: p.text(),
		accountId: p.text(),
		displayName: p.text(),
		/** BCP 47. */
		locale: p.text().nullable(),
		/** What its groups claim named. */
		groups: p.array().columnType('text[]').defaultRaw("'{}'"),
		toldAt: timeOfInsert(),
	},
});
export type WebAccount = InferEntity<typeof WebAccount>;
