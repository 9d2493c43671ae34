/** A database that notes what it is asked, and in whose name. */

import type { Database } from '#src/database/database.ts';
import type { Transaction } from '#src/database/transaction.ts';

export interface CountedDatabase {
	database: Database;
	/** Oldest first: in whose name, and how each of its statements begins. */
	transactions: { by: 'person' | 'program' | 'registrar' | 'librarian'; statements: string[] }[];
}

type By = CountedDatabase['transactions'][number]['by'];
type Work<Result> = (transaction: Transaction) => Promise<Result>;

export function countedDatabase(database: Database): CountedDatabase {
	const transactions: CountedDatabase['transactions'] = [];

	function begin(by: By): (sql: string) => void {
		const statements: string[] = [];
		transactions.push({ by, statements });
		return (sql) => statements.push(sql.trim().replace(/\s+/g, ' '));
	}

	const counted =
		(by: By) =>
		<Result>(work: Work<Result>): Work<Result> => {
			const note = begin(by);
			return (transaction) => {
				const query: Transaction['query'] = (sql, parameters) => {
					note(sql);
					return transaction.query(sql, parameters);
				};
				const afterCommit: Transaction['afterCommit'] = (then) => transaction.afterCommit(then);
				return work({
					...{ query, afterCommit },
					get em() {
						note('through an entity');
						return transaction.em;
					},
				});
			};
		};
	const alone = (by: By, sql: string) => begin(by)(sql);
	return {
		transactions,
		database: {
			...database,
			asUser: (asker, work, options) => database.asUser(asker, counted('person')(work), options),
			asRegistrar: (work) => database.asRegistrar(counted('registrar')(work)),
			asLibrarian: (work) => database.asLibrarian(counted('librarian')(work)),
			asApp: (work) => database.asApp(counted('program')(work)),
			query: (sql, parameters) => {
				alone('program', sql);
				return database.query(sql, parameters);
			},
			queryFirst: (sql, parameters) => {
				alone('program', sql);
				return database.queryFirst(sql, parameters);
			},
			queryAs: (asker, sql, parameters) => {
				alone('person', sql);
				return database.queryAs(asker, sql, parameters);
			},
			queryAsRegistrar: (sql, parameters) => {
				alone('registrar', sql);
				return database.queryAsRegistrar(sql, parameters);
			},
			queryAsLibrarian: (sql, parameters) => {
				alone('librarian', sql);
				return database.queryAsLibrarian(sql, parameters);
			},
		},
	};
}
