/** What is kept with an answer from a company's database: enough to ask the same again, and no value of its result. Types only. */

export interface AnswerQuery {
	connector: string;
	/** Of its file then. */
	revision: string;
	/** The views that it reads. */
	views: readonly string[];
	/** In PostgreSQL's words, as the guard reads it. */
	statement: string;
	/** As it was sent. */
	sql: string;
	/** The named question and its values; null where a model wrote the statement. */
	named: { name: string; given: Readonly<Record<string, string>> } | null;
}

/** What was asked last in a conversation: a question that leans on it goes on from there. */
export interface QueryFrame {
	question: string;
	query: AnswerQuery;
}
