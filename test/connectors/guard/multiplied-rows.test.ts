/** Sums that a join would make too great are refused; those that it does not touch are not. */

import { expect, test } from 'vitest';
import { guardStatement } from '#src/connectors/guard/guard.ts';
import { companyBounds } from './company.ts';

const verdictOn = async (sql: string) => {
	const verdict = await guardStatement(sql, companyBounds('postgresql'));
	return verdict.verdict === 'printed' ? 'printed' : `${verdict.reason}: ${verdict.what}`;
};

test.each([
	['select sum(o.total) from orders o join order_lines l on l.order_id = o.id', 'sum of o.total beside l'],
	['select sum(o.total) from orders o, order_lines l where l.order_id = o.id', 'sum of o.total beside l'],
	[
		'select c.city, avg(o.total) from customers c join orders o on o.customer_id = c.id join order_lines l on l.order_id = o.id group by c.city',
		'avg of o.total beside l',
	],
	['select sum(o.total) from orders o cross join customers c', 'sum of o.total beside c'],
	['select x.t from (select sum(total) as t from orders join order_lines on order_id = id) x', 'sum of orders.total beside order_lines'],
	['select sum(o.total) from orders o join order_lines l on l.order_id = o.id or l.line = 1', 'sum of o.total beside l'],
	['select sum(s.quantity) from stock s join order_lines l on l.product = s.product', 'sum of s.quantity beside l'],
])('%s', async (sql, what) => {
	expect(await verdictOn(sql)).toBe(`multiplied-rows: ${what}`);
});

test.each([
	'select sum(l.quantity * l.price) from orders o join order_lines l on l.order_id = o.id',
	'select c.city, sum(o.total) from customers c join orders o on o.customer_id = c.id group by c.city',
	'select sum(o.total) from orders o left join customers c on c.id = o.customer_id',
	'select sum(o.total) from orders o join order_lines l on l.order_id = o.id and l.line = 1',
	'select count(distinct o.id), max(o.total) from orders o join order_lines l on l.order_id = o.id',
	'select sum(o.total) from orders o where exists (select 1 from order_lines l where l.order_id = o.id)',
	'select sum(o.total) from orders o join (select order_id from order_lines group by order_id) l on l.order_id = o.id',
	'select sum(l.quantity * s.quantity) from order_lines l join stock s on s.product = l.product',
])('%s', async (sql) => {
	expect(await verdictOn(sql)).toBe('printed');
});
