/** What came of an order, as the program gives it: sentences, names and values, tables, lists. */

import type { OrderResultPart } from '#src/api/contract/administration.ts';
import { useAdminWords } from './admin-words.ts';

export function OrderResult({ result }: { result: readonly OrderResultPart[] }) {
	return (
		<div class="order-result">
			{result.map((part, index) => (
				<Part key={index} part={part} />
			))}
		</div>
	);
}

function Part({ part }: { part: OrderResultPart }) {
	if (typeof part === 'string')
		return part === '' ? null : (
			<p class="plain" dir="auto">
				{part}
			</p>
		);
	if ('rows' in part) return <Facts rows={part.rows} />;
	if ('table' in part) return <Grid columns={part.columns} rows={part.table} />;
	return (
		<ul>
			{part.list.map((line, index) => (
				<li key={index} class="plain" dir="auto">
					{line}
				</li>
			))}
		</ul>
	);
}

function Facts({ rows }: { rows: readonly (readonly [string, string])[] }) {
	return (
		<dl class="facts">
			{rows.map(([name, value], index) => (
				<div key={index}>
					<dt dir="auto">{name}</dt>
					<dd class="plain" dir="auto">
						{value}
					</dd>
				</div>
			))}
		</dl>
	);
}

/** The first column names the row. */
export function Grid({ columns, rows, label }: { columns: readonly string[]; rows: readonly (readonly string[])[]; label?: string }) {
	const words = useAdminWords();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
		<section class="grid-frame" tabIndex={0} aria-label={label ?? words.answer}>
			<table>
				<thead>
					<tr>
						{columns.map((column) => (
							<th key={column} scope="col">
								{column}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row, index) => (
						<tr key={index}>
							{row.map((cell, at) =>
								at === 0 ? (
									<th key={at} scope="row" dir="auto">
										{cell}
									</th>
								) : (
									<td key={at}>{cell}</td>
								),
							)}
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
