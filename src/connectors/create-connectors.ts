/** Connectors put together: their files, their databases, and what is written down of questions to them. */

import type { Clock } from '../clock.ts';
import { shownRole } from '../database/roles.ts';
import { BotError } from '../errors.ts';
import { createAnswering } from './answering.ts';
import { type CatalogueFolder, createCatalogueFolder } from './catalogue/catalogue-folder.ts';
import { usablePart } from './catalogue/usable.ts';
import type { Connectors, UsableConnector } from './connectors.ts';

export interface ConnectorsDependencies {
	/** A path; null where there are no connectors. */
	folder: string | null;
	/** Where their secrets are looked for. */
	environment: NodeJS.ProcessEnv;
	clock: Clock;
}

export function createConnectors({ folder: path, environment, clock }: ConnectorsDependencies): Connectors {
	const folder: CatalogueFolder | null = path === null ? null : createCatalogueFolder(path);
	const answering = createAnswering({ folder: path ?? '', environment, clock });

	return {
		async usableBy(asker, readers = []) {
			if (folder === null) return [];
			const roles = [asker, ...readers].map(shownRole);
			const now = new Date(clock.now());
			const usable: UsableConnector[] = [];
			for (const { catalogue, revision, questions } of (await folder.read()).found) {
				const part = usablePart(catalogue, { roles, switchedOff: [], reads: questions.reads, now });
				const hasPersonalRows = catalogue.engine === 'postgresql' && catalogue.identity !== undefined;
				if (part !== null)
					usable.push({ name: catalogue.connector, catalogue, revision, role: shownRole(asker), ...part, hasPersonalRows });
			}
			return usable;
		},
		async ask(connector, query, asking) {
			if (connector.hasPersonalRows && asking.identity === null) {
				throw new BotError('FORBIDDEN', 'rows depend on who asks, and nobody is known', { reason: 'no identity' });
			}
			return await answering.ask(connector, query, asking);
		},
		async record() {
			return '';
		},
	};
}
