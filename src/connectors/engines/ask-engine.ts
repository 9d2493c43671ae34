/** One printed statement, from the connection to the rows, under all limits of its catalogue. */

import type { PrintedQuery } from '../guard/guard.ts';
import type { ConnectorEngine, Estimate, FetchedRows, QuestionScope } from './engine.ts';
import { engineError } from './engine-error.ts';

export type AskedRows = FetchedRows & Estimate;

/** @throws BotError as `EngineSession`, and `TOO_LARGE` for a statement that the database itself thinks too costly. */
export async function askEngine(engine: ConnectorEngine, query: PrintedQuery, question: QuestionScope): Promise<AskedRows> {
	const session = await engine.connect(question);
	try {
		const { cost } = await session.explain(query);
		if (cost !== null && cost > question.limits.cost) throw engineError('costly', String(Math.round(cost)));
		return { ...(await session.run(query)), cost };
	} finally {
		await session.close();
	}
}
