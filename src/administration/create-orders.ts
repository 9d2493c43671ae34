/** What administrators order beyond the database: models on their hosts, records as files, and words to all. Put together. */

import type { JobDefinition } from '../jobs/job.ts';
import { type Broadcasts, type BroadcastsDependencies, createBroadcasts } from './broadcasts.ts';
import { createModelOrders, type ModelOrdersDependencies, type ModelOrdersRoom } from './model-orders.ts';
import { createRecordFiles, type RecordFiles } from './record-files.ts';

export interface Orders {
	operations: { modelOrders: ModelOrdersRoom['operations']; records: RecordFiles; broadcasts: Broadcasts };
	jobDefinitions: readonly JobDefinition[];
}

export function createOrders(deps: ModelOrdersDependencies & BroadcastsDependencies): Orders {
	const models = createModelOrders(deps);
	const broadcasts = createBroadcasts(deps);
	return {
		operations: { modelOrders: models.operations, records: createRecordFiles(deps), broadcasts: broadcasts.operations },
		jobDefinitions: [...models.jobDefinitions, ...broadcasts.jobDefinitions],
	};
}
