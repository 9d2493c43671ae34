/** One printed statement, from the connection to the rows, under all limits of its catalogue. */

import type { ConnectorEngine, FetchedRows, PrintedStatement, QuestionScope } from './engine.ts';
import { engineError } from './engine-error.ts';

/** @throws BotError as `EngineSession`, and `TOO_LARGE` for a statement that the database itself thinks too costly. */
export async function askEngine(engine: ConnectorEngine, statement: PrintedStatement, question: QuestionScope): Promise<FetchedRows> {
	const session = await engine.connect(question);
	try {
		const { cost } = await session.explain(statement);
		if (cost !== null && cost > question.limits.cost) throw engineError('costly', String(Math.round(cost)));
		return await session.run(statement);
	} finally {
		await session.close();
	}
}
