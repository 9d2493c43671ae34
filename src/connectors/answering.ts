/** Printed queries to the databases of connectors: a few at a time for each, sparing one that is away, with all that is told of how it went. */

import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { toBotError } from '../errors.ts';
import { type CircuitBreaker, createCircuitBreaker } from '../models/circuit-breaker.ts';
import type { Catalogue } from './catalogue/catalogue-file.ts';
import type { ConnectorAnswer, Connectors, UsableConnector } from './connectors.ts';
import { askEngine } from './engines/ask-engine.ts';
import type { ConnectorEngine, FetchedRows } from './engines/engine.ts';
import { engineError } from './engines/engine-error.ts';
import { createFairSlots, type FairSlots } from './fair-slots.ts';

export interface AnsweringDependencies {
	/** Opens no connection. */
	open(connector: UsableConnector): ConnectorEngine;
	clock: Pick<Clock, 'now'>;
}

/** Of one process to one database: what a login usually may have, and little beside what a company's own programs use. */
const connectionsEach = 5;

interface Line {
	slots: FairSlots;
	breaker: CircuitBreaker;
}

export function createAnswering({ open, clock }: AnsweringDependencies): Pick<Connectors, 'ask'> {
	/** By connector. */
	const lines = new Map<string, Line>();

	function lineOf(name: string): Line {
		const known = lines.get(name) ?? { slots: createFairSlots(connectionsEach), breaker: createCircuitBreaker() };
		lines.set(name, known);
		return known;
	}

	return {
		async ask(connector, query, { askerId, identity, signal }): Promise<ConnectorAnswer> {
			const { name, catalogue, role } = connector;
			const { slots, breaker } = lineOf(name);
			const cameAt = clock.now();
			const giveBack = await slots.take(askerId, signal);
			try {
				const startedAt = clock.now();
				if (breaker.isOpen(startedAt)) throw engineError('away', 'breaker');
				const rows = await noting(breaker, clock, () => askEngine(open(connector), query, { identity, limits: catalogue.limits, signal }));
				const times = { at: new Date(startedAt), waitedMs: startedAt - cameAt, ranMs: clock.now() - startedAt };
				return { ...rows, ...times, login: loginOf(catalogue, role), bytes: bytesOf(rows), resultHash: hashOf(rows) };
			} finally {
				giveBack();
			}
		},
	};
}

/** A database that is away, or that refuses the login, which it may lock after a few tries. */
const spared: readonly string[] = ['STORE_UNAVAILABLE', 'CONFIG_INVALID'];

async function noting<T>(breaker: CircuitBreaker, clock: Pick<Clock, 'now'>, work: () => Promise<T>): Promise<T> {
	try {
		const result = await work();
		breaker.succeeded();
		return result;
	} catch (error) {
		if (spared.includes(toBotError(error).code)) breaker.failed(clock.now());
		throw error;
	}
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
