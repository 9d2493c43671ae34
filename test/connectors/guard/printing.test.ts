/** Lines that are printed for each database, as they are sent. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SqlDialect } from '#src/connectors/guard/bounds.ts';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { companyBounds } from './company.ts';

/** A question on a line of its own, and behind it `dialect: text` for each. */
const blocks = readFileSync(join(import.meta.dirname, 'cases/printed.txt'), 'utf8')
	.trim()
	.split('\n\n');

test.each(blocks.map((block) => block.split('\n')))('%s', async (sql, ...lines) => {
	for (const line of lines) {
		const [dialect = '', expected] = line.split(/: (.*)/);
		const verdict = await guardStatement(sql ?? '', companyBounds(dialect as SqlDialect, { maxRows: 50 }));
		expect(`${dialect}: ${verdict.verdict === 'printed' ? verdict.sql : `refused, ${verdict.reason} ${verdict.what}`}`).toBe(
			`${dialect}: ${expected}`,
		);
	}
});
