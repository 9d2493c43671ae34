/** One printed query to the database of a connector, with all that is told of how it went. */

import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Catalogue } from './catalogue/catalogue-file.ts';
import type { ConnectorAnswer, Connectors } from './connectors.ts';
import { askEngine } from './engines/ask-engine.ts';
import type { FetchedRows } from './engines/engine.ts';
import { openEngine } from './engines/open-engine.ts';

export interface AnsweringDependencies {
	/** Where the files lie: paths in them begin there. */
	folder: string;
	environment: NodeJS.ProcessEnv;
	clock: Clock;
}

export function createAnswering({ folder, environment, clock }: AnsweringDependencies): Pick<Connectors, 'ask'> {
	return {
		async ask({ catalogue, role }, query, { identity, signal }): Promise<ConnectorAnswer> {
			const engine = openEngine(catalogue, { folder, environment, role });
			const startedAt = clock.now();
			const rows = await askEngine(engine, query, { identity, limits: catalogue.limits, signal });
			const measured = { at: new Date(startedAt), waitedMs: 0, ranMs: clock.now() - startedAt };
			return { ...rows, ...measured, login: loginOf(catalogue, role), bytes: bytesOf(rows), resultHash: hashOf(rows) };
		},
	};
}

function loginOf({ engine, where, roles }: Catalogue, role: string): string | null {
	if (engine === 'sqlite') return null;
	return roles[role]?.login?.user ?? where.user;
}

function bytesOf({ rows }: FetchedRows): number {
	return rows.flat().reduce((sum, cell) => sum + Buffer.byteLength(cell ?? ''), 0);
}

function hashOf({ columns, rows }: FetchedRows): string {
	return createHash('sha256')
		.update(JSON.stringify([columns, rows]))
		.digest('hex');
}
