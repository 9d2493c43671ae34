/** The company's tables and views as statements that PostgreSQL, MariaDB and SQLite all read. Pure. */

import { type Cell, companyTables } from './company-data.ts';

/** What the catalogue names. The views hide who is who behind numbers that nobody needs. */
const views = [
	`create view ventas as select pedidos.id as pedido, pedidos.fecha, pedidos.estado, clientes.nombre as cliente, clientes.ciudad, clientes.moneda,
		lineas.linea, lineas.producto_id, lineas.unidades, lineas.precio from lineas join pedidos on pedidos.id = lineas.pedido_id
		join clientes on clientes.id = pedidos.cliente_id`,
];

/** Made anew in an empty database: tables, rows, then views. */
export function companyStatements(dialect: 'postgresql' | 'mariadb' | 'sqlite'): string[] {
	const column = ([name, type]: readonly [string, string]) =>
		`${name} ${dialect === 'mariadb' ? type.replace('timestamp', 'datetime') : type}`;
	const tables = companyTables().flatMap(({ name, columns, rows }) => [
		`create table ${name} (${columns.map(column).join(', ')})`,
		`insert into ${name} values ${rows.map((row) => `(${row.map((cell, index) => literal(cell, dialect, columns[index]?.[1] ?? '')).join(', ')})`).join(', ')}`,
	]);
	return [...tables, ...views];
}

function literal(cell: Cell, dialect: string, type: string): string {
	if (cell === null) return 'null';
	if (type.startsWith('boolean') && dialect === 'postgresql') return cell === 1 ? 'true' : 'false';
	if (type.startsWith('decimal') || typeof cell === 'number') return String(cell);
	return `'${cell.replaceAll("'", "''")}'`;
}
