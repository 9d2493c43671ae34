/** Files that were given a day ago go, asked about or not: what became a document is kept as one. */

import { z } from 'zod';
import type { JobDefinition } from '../../jobs/job.ts';
import type { UploadStore } from './upload-store.ts';

export function createDropUploadsJob(uploads: Pick<UploadStore, 'removeOld'>): JobDefinition {
	return {
		name: 'drop-uploads',
		data: z.object({}),
		everyMs: 3_600_000,
		async run(_data, { signal }) {
			while (await uploads.removeOld(signal)) signal.throwIfAborted();
		},
	};
}
