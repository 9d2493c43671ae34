/** Over generated trees: what is printed for PostgreSQL is read as the same tree, and no text of the input stands anywhere but within quotes. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SqlDialect } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { loadGrammar, parseSelect } from '#src/connectors/guard/parse.ts';
import { printStatement } from '#src/connectors/guard/print/print.ts';
import { readTree } from '#src/connectors/guard/read/read.ts';
import { companyBounds } from './company.ts';
import { queries, texts } from './generated-trees.ts';

test('what is printed for PostgreSQL is read as the same tree', async () => {
	const grammar = await loadGrammar();
	fc.assert(
		fc.property(queries, (query) => {
			const sql = printStatement(query, 'postgresql', { mostRows: 500, columns: [] });
			fc.pre(sql.length < 8_000);
			expect(readTree(parseSelect(grammar, sql), companyBounds('postgresql')).query).toEqual(query);
		}),
		{ numRuns: 400 },
	);
});

/** What is left when all that is quoted is taken out. */
function bones(sql: string): string {
	return sql.replace(/E?'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[(?:[^\]]|\]\])*\]/g, '?');
}

test('whatever a text or a name holds, the statement around it is the same', async () => {
	const dialects: readonly SqlDialect[] = ['postgresql', 'mariadb', 'mysql', 'sqlite', 'sqlserver'];
	const statement = (text: string, name: string) =>
		`select id as "${name.replaceAll('"', '""')}" from customers where name = '${text.replaceAll("'", "''")}' or city ilike '${text.replaceAll("'", "''")}'`;
	await fc.assert(
		fc.asyncProperty(texts, texts, async (text, name) => {
			for (const dialect of dialects) {
				const plain = await guardStatement(statement('a', 'b'), companyBounds(dialect));
				const verdict = await guardStatement(statement(text, name), companyBounds(dialect));
				if (verdict.verdict === 'refused') expect(verdict.reason).toBeOneOf(['literal', 'dialect', 'not-sql']);
				else expect(bones(verdict.sql)).toBe(bones(plain.verdict === 'printed' ? plain.sql : ''));
			}
		}),
		{ numRuns: 150 },
	);
});
