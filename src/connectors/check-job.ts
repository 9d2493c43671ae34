/** Looks now and then whether approved connectors are still what their files say: what is not is switched off, and administrators are told. */

import { z } from 'zod';
import { toBotError } from '../errors.ts';
import type { TellAdministrators } from '../identity/tell-administrators.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Logger } from '../log.ts';
import type { Approvals } from './approvals.ts';
import type { CatalogueFolder, FoundCatalogue } from './catalogue/catalogue-folder.ts';
import { driftedViews } from './findings.ts';
import { findDrift } from './test-connector.ts';

export interface CheckDependencies {
	folder: CatalogueFolder;
	approvals: Approvals;
	environment: NodeJS.ProcessEnv;
	tell: TellAdministrators;
	logger: Pick<Logger, 'warn'>;
}

/** A view that was renamed in the night is known in the morning; each look costs a database a few statements. */
const everyMs = 15 * 60_000;

export function createCheckJob({ folder, approvals, environment, tell, logger }: CheckDependencies): JobDefinition {
	/** A database that is away is asked again the next time; that it is away, its breaker tells whoever asks. */
	async function check({ catalogue }: FoundCatalogue, signal: AbortSignal): Promise<void> {
		const { connector } = catalogue;
		try {
			const off = driftedViews(await findDrift(catalogue, { folder: folder.path, environment, signal }));
			const news = await approvals.switchOff(connector, off);
			if (news.length > 0) await tell(({ sql }) => [sql.switchedOff(connector, news.join(', '))], signal);
		} catch (thrown) {
			if (signal.aborted) throw thrown;
			const { code, reason } = toBotError(thrown);
			logger.warn({ connector, code, reason }, 'a connector could not be looked at');
		}
	}

	return {
		name: 'check-connectors',
		data: z.object({}),
		everyMs,
		async run(_data, { signal }) {
			const approved = await approvals.all();
			const { found } = await folder.read();
			for (const each of found) {
				const approval = approved.get(each.catalogue.connector);
				if (approval === undefined) continue;
				if (approval.revision === each.revision) await check(each, signal);
				else
					logger.warn(
						{ connector: each.catalogue.connector },
						'the file of a connector has changed since it was approved, and is not used',
					);
			}
		},
	};
}
