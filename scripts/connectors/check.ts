/** Statements from standard input through the guard and, where asked for, through the database; an answer for each, in their order. */

import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Catalogue } from '#src/connectors/catalogue/catalogue-file.ts';
import { askEngine } from '#src/connectors/engines/ask-engine.ts';
import type { ConnectorEngine } from '#src/connectors/engines/engine.ts';
import type { StatementBounds } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { toBotError } from '#src/errors.ts';

const asked = z.object({ id: z.union([z.string(), z.number()]), sql: z.string() });

export interface CheckedStatement {
	id: string | number | null;
	verdict: 'printed' | 'refused';
	/** Null for what is printed. */
	reason: string | null;
	/** What would be sent; null for what is refused. */
	sql: string | null;
	/** For reading, checking and printing. */
	ms: number;
	/** Of what was run: its rows, or the code of what stopped it. */
	rows?: (string | null)[][];
	error?: string;
}

export interface CheckSurroundings {
	bounds: StatementBounds;
	limits: Catalogue['limits'];
	/** Null where nothing is to be run. */
	engine: ConnectorEngine | null;
	signal: AbortSignal;
}

export async function checkStatements(
	input: NodeJS.ReadableStream,
	output: NodeJS.WritableStream,
	surroundings: CheckSurroundings,
): Promise<void> {
	// Loads the grammar, which is no part of any statement's time.
	await guardStatement('select 1', surroundings.bounds);
	for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
		if (line.trim() !== '') output.write(`${JSON.stringify(await answerTo(line, surroundings))}\n`);
	}
}

async function answerTo(line: string, { bounds, limits, engine, signal }: CheckSurroundings): Promise<CheckedStatement> {
	const request = readRequest(line);
	if (request === null) return { id: null, verdict: 'refused', reason: 'not a line {"id","sql"}', sql: null, ms: 0 };
	const startedAt = performance.now();
	const verdict = await guardStatement(request.sql, bounds);
	const ms = Math.round((performance.now() - startedAt) * 1_000) / 1_000;
	if (verdict.verdict === 'refused')
		return { id: request.id, verdict: 'refused', reason: `${verdict.reason}: ${verdict.what}`, sql: null, ms };
	const answer: CheckedStatement = { id: request.id, verdict: 'printed', reason: null, sql: verdict.sql, ms };
	if (engine === null) return answer;
	try {
		return { ...answer, rows: (await askEngine(engine, verdict, { identity: null, limits, signal })).rows };
	} catch (error) {
		const { code, reason } = toBotError(error);
		return { ...answer, error: reason === undefined ? code : `${code} ${reason}` };
	}
}

function readRequest(line: string): z.output<typeof asked> | null {
	try {
		return asked.parse(JSON.parse(line));
	} catch {
		return null; // no JSON, or other JSON
	}
}
