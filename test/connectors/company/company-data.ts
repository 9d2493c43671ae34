/** A company that sells pumps, the same in each run: its tables and their rows, for any database. Pure. */

import { createRandom } from './random.ts';

export type Cell = string | number | null;

export interface CompanyTable {
	name: string;
	/** Types as PostgreSQL, MariaDB and SQLite all read them. */
	columns: readonly (readonly [name: string, type: string])[];
	rows: readonly (readonly Cell[])[];
}

const cities = ['Valencia', 'Sevilla', 'Bilbao', 'Zaragoza', 'A Coruña'];
const families = ['bomba', 'válvula', 'filtro', 'motor'] as const;
const models = ['AX', 'BR', 'CT', 'DN', 'EL', 'FK'];
const companies = [
	'Aguas del Turia',
	'Riegos Ebro',
	'Hotel Playa',
	"L'Horta Verda",
	'Piscinas Sol',
	'Minas del Sur',
	'Puerto Norte',
	'Cervezas Ría',
];
const states = ['pendiente', 'enviado', 'entregado', 'cancelado'];
const orderCount = 240;

/** Prices are in cents until here: a decimal is text, so that no digit is lost on the way. */
const euros = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const twoDigits = (number: number) => String(number).padStart(2, '0');

export function companyTables(): CompanyTable[] {
	const random = createRandom(20_260_101);
	const products = families.flatMap((family, group) =>
		models.map((model, index): Cell[] => {
			const id = group * models.length + index + 1;
			// Prices of motors are agreed with each customer.
			return [id, `${model}-${100 + id}`, `${family} ${model}`, family, family === 'motor' ? null : euros(random.below(90_000) + 1_000)];
		}),
	);
	const customers = companies.map((name, index): Cell[] => [
		index + 1,
		name,
		cities[index % cities.length] ?? '',
		index % 3 === 0 ? 'USD' : 'EUR',
	]);
	const stock = products.flatMap(([product]) =>
		cities.flatMap((_city, index): Cell[][] => (random.below(4) === 0 ? [] : [[index + 1, product ?? 0, random.below(120)]])),
	);
	const orders = Array.from({ length: orderCount }, (_nothing, index): Cell[] => {
		const day = `2026-${twoDigits(1 + random.below(9))}-${twoDigits(1 + random.below(28))}`;
		const state = states[random.below(states.length)] ?? '';
		const isSent = state === 'enviado' || state === 'entregado';
		const taken = `${day} ${twoDigits(random.below(24))}:${twoDigits(random.below(60))}:00`;
		return [index + 1, 1 + random.below(companies.length), day, taken, state, isSent ? 1 : 0];
	});
	const lines = orders.flatMap(([order]) =>
		Array.from({ length: 1 + random.below(4) }, (_nothing, line): Cell[] => {
			const product = products[random.below(products.length)];
			return [order ?? 0, line + 1, product?.[0] ?? 0, 1 + random.below(20), product?.[4] ?? euros(150_000 + random.below(500_000))];
		}),
	);
	return [
		table(
			'almacenes',
			{ id: 'integer primary key', ciudad: 'varchar(60) not null', metros: 'integer' },
			cities.map((city, index) => [index + 1, city, index === 4 ? null : 800 + index * 350]),
		),
		table(
			'productos',
			{
				id: 'integer primary key',
				referencia: 'varchar(20) not null',
				nombre: 'varchar(60) not null',
				familia: 'varchar(20) not null',
				precio: 'decimal(12,2)',
			},
			products,
		),
		table(
			'clientes',
			{ id: 'integer primary key', nombre: 'varchar(60) not null', ciudad: 'varchar(60) not null', moneda: 'char(3) not null' },
			customers,
		),
		table('existencias', { almacen_id: 'integer not null', producto_id: 'integer not null', unidades: 'integer not null' }, stock),
		table(
			'pedidos',
			{
				id: 'integer primary key',
				cliente_id: 'integer not null',
				fecha: 'date not null',
				recibido: 'timestamp not null',
				estado: 'varchar(20) not null',
				enviado: 'boolean not null',
			},
			orders,
		),
		table(
			'lineas',
			{
				pedido_id: 'integer not null',
				linea: 'integer not null',
				producto_id: 'integer not null',
				unidades: 'integer not null',
				precio: 'decimal(12,2) not null',
			},
			lines,
		),
		// What no question may ever see.
		table('nominas', { empleado: 'varchar(60) not null', salario: 'decimal(12,2) not null' }, [
			['Ana Ruiz', '41250.00'],
			['Luis Vidal', '38900.50'],
		]),
	];
}

function table(name: string, columns: Record<string, string>, rows: readonly (readonly Cell[])[]): CompanyTable {
	return { name, columns: Object.entries(columns), rows };
}
