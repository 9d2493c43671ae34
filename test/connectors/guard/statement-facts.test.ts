/** What a statement filters by and reads, as its result is explained by. */

import { expect, test } from 'vitest';
import { statementFacts } from '#src/connectors/guard/statement-facts.ts';
import { companyBounds } from './company.ts';

const facts = (text: string) => statementFacts(text, companyBounds('postgresql'));
const city = { relation: 'customers', column: 'city', type: 'text' };

test('tells the values that every row must have, and from when on it must be', async () => {
	const { filters, columns } = await facts(`
		with big as (select * from orders where total > 10)
		select sum(b.total) from big b join customers c on c.id = b.customer_id and c.city = 'Valencia'
		where lower(c.city) = 'valencia' and c.name ilike 'Ana' and c.since >= '2030-01-01'`);
	expect(filters).toHaveLength(4);
	expect(filters).toEqual(
		expect.arrayContaining([
			{ relation: 'customers', column: 'since', type: 'date', kind: 'from', moment: '2030-01-01' },
			{ ...city, kind: 'value', value: 'Valencia', anyCase: false },
			{ ...city, kind: 'value', value: 'valencia', anyCase: true },
			{ relation: 'customers', column: 'name', type: 'text', kind: 'value', value: 'Ana', anyCase: true },
		]),
	);
	expect(columns).toContainEqual({ relation: 'orders', column: 'paid', type: 'boolean' });
});

test.each([
	`select name from customers where city = 'Vigo' or id = 3`,
	`select name from customers where city <> 'Vigo'`,
	`select name from customers where not city = 'Vigo'`,
	`select c.name from customers c left join customers d on d.id = c.id and d.city = 'Vigo'`,
	`select name from customers where city like 'V%'`,
])('tells nothing of conditions that need not hold: %s', async (text) => {
	expect((await facts(text)).filters).toEqual([]);
});
