/** A small company, generated: the relations that statements may read, and the same rows for each database. */

import type { ColumnType, ReadableRelation, SqlDialect, StatementBounds } from '#src/connectors/guard/bounds.ts';

type Value = string | number | boolean | null;

interface Table {
	columns: Record<string, ColumnType>;
	key: string[];
	references: Record<string, [table: string, column: string]>;
	rows: Value[][];
}

const cities = ['Valencia', 'Álava', 'valencia', 'Zaragoza', 'A Coruña', null];
const names = ['Ana', 'Íñigo', "O'Brien", 'ana', 'Çelik 100%', 'under_score', '[corchete]', 'José  '];

/** Always the same numbers, so that a difference can be looked at again. */
function numbers(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 48_271) % 2_147_483_647;
		return state % below;
	};
}

const pick = numbers(7);
const two = (value: number) => String(value).padStart(2, '0');
const day = () => `2025-${two(1 + pick(12))}-${two(1 + pick(28))}`;
const amount = () => (pick(100_000) / 100).toFixed(2);

const tables: Record<string, Table> = {
	customers: {
		columns: { id: 'integer', name: 'text', city: 'text', since: 'date', is_company: 'boolean' },
		key: ['id'],
		references: {},
		rows: Array.from({ length: 12 }, (_, id) => [
			id + 1,
			names[id % names.length] ?? null,
			cities[pick(cities.length)] ?? null,
			id === 3 ? null : day(),
			pick(2) === 0,
		]),
	},
	orders: {
		columns: {
			id: 'integer',
			customer_id: 'integer',
			total: 'decimal',
			currency: 'text',
			placed_on: 'date',
			shipped_at: 'timestamp',
			paid: 'boolean',
		},
		key: ['id'],
		references: { customer_id: ['customers', 'id'] },
		rows: Array.from({ length: 60 }, (_, id) => [
			id + 1,
			1 + pick(11),
			pick(9) === 0 ? null : amount(),
			pick(4) === 0 ? 'USD' : 'EUR',
			id === 5 ? '2025-12-31' : day(),
			pick(5) === 0 ? null : `${day()} ${two(pick(24))}:${two(pick(60))}:${two(pick(60))}`,
			pick(6) === 0 ? null : pick(2) === 0,
		]),
	},
	order_lines: {
		columns: { order_id: 'integer', line: 'integer', product: 'text', quantity: 'integer', price: 'decimal', discount: 'float' },
		key: ['order_id', 'line'],
		references: { order_id: ['orders', 'id'] },
		rows: Array.from({ length: 150 }, (_, index) => [
			1 + (index % 58),
			1 + Math.floor(index / 58),
			['bomba X', 'Bomba x', 'válvula', 'tubo 3/4"', 'back\\slash'][pick(5)] ?? null,
			pick(7),
			amount(),
			pick(8) / 8,
		]),
	},
	stock: {
		columns: { product: 'text', warehouse: 'text', quantity: 'integer' },
		key: ['product', 'warehouse'],
		references: {},
		rows: ['bomba X', 'válvula', 'tubo 3/4"'].flatMap((product) =>
			['Valencia', 'Álava', 'Zaragoza'].map((place) => [product, place, pick(50)]),
		),
	},
};

export const relations: ReadableRelation[] = Object.entries(tables).map(([name, { columns, key, references }]) => ({
	schema: null,
	name,
	columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
	key,
	references: Object.entries(references).map(([column, [to, target]]) => ({ columns: [column], to, toColumns: [target] })),
}));

export function companyBounds(dialect: SqlDialect, overrides: Partial<StatementBounds> = {}): StatementBounds {
	return { dialect, relations, maxRows: 500, now: '2025-12-31 18:30:00', ...overrides };
}

const columnTypes: Record<'postgresql' | 'sqlite', Record<ColumnType, string>> = {
	postgresql: {
		text: 'text',
		integer: 'bigint',
		decimal: 'numeric(12, 2)',
		float: 'double precision',
		boolean: 'boolean',
		date: 'date',
		timestamp: 'timestamp',
		timestamptz: 'timestamptz',
		other: 'jsonb',
	},
	sqlite: {
		text: 'TEXT',
		integer: 'INTEGER',
		decimal: 'NUMERIC',
		float: 'REAL',
		boolean: 'INTEGER',
		date: 'TEXT',
		timestamp: 'TEXT',
		timestamptz: 'TEXT',
		other: 'TEXT',
	},
};

/** Statements that make the company, beside a table that nobody may read. */
export function companySchema(engine: 'postgresql' | 'sqlite'): string {
	const made = Object.entries(tables).map(([name, { columns, rows }]) => {
		const defined = Object.entries(columns).map(([column, type]) => `${column} ${columnTypes[engine][type]}`);
		const values = rows.map((row) => `(${row.map(written).join(', ')})`);
		return `create table ${name} (${defined.join(', ')}); insert into ${name} values ${values.join(', ')};`;
	});
	return `${made.join('\n')} create table secrets (word text); insert into secrets values ('canary');`;
}

function written(value: Value): string {
	if (value === null) return 'NULL';
	return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
