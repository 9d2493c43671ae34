/** One small fact that an adapter keeps between starts, or a lease that one of several processes has. */

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { time, timeOfInsert } from './columns.ts';

export const AdapterFact = defineEntity({
	name: 'AdapterFact',
	tableName: 'adapter_state',
	rowLevelSecurity: 'force',
	properties: {
		platform: p.text().primary(),
		key: p.text().primary(),
		value: p.text(),
		/** Both null for a fact. */
		leaseOwner: p.text().nullable(),
		leaseUntil: time().nullable(),
		updatedAt: timeOfInsert(),
	},
});
export type AdapterFact = InferEntity<typeof AdapterFact>;
