/** A process of its own that begins a job and never ends it. Told by its environment which database to use. */

import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { systemClock } from '#src/clock.ts';
import { openDatabase } from '#src/database/database.ts';
import { openJobs } from '#src/jobs/open-jobs.ts';
import { createJobRegistry } from '#src/jobs/registry.ts';
import { silentLogger } from '#src/log.ts';

const { DATABASE_URL = null, DATA_FOLDER = '', LEASE_MS = '' } = process.env;
const logger = { info: () => {}, warn: () => {} };
const database = await openDatabase({ url: DATABASE_URL, dataFolder: DATA_FOLDER, audit: true, logger });
const { createWorker } = await openJobs(database);
const hang = {
	name: 'hang',
	data: z.object({ userId: z.string() }),
	userId: (data: { userId: string }) => data.userId,
	async run({ userId }: { userId: string }) {
		// Half of its effect: the other half would follow in the same transaction.
		await database.asRegistrar(async ({ query }) => {
			await query('update users set display_name = $2 where id = $1', [userId, 'half']);
			writeFileSync(1, 'begun\n');
			await new Promise(() => {});
		});
	},
};
createWorker({
	...{ registry: createJobRegistry([hang]), clock: systemClock, leaseMs: Number(LEASE_MS), isAlone: false },
	onEnd: () => {},
	onStoreError: () => {},
	onStoreWorked: () => {},
}).start();
