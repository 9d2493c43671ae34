/** PostgreSQL's types by their numbers (its catalogue `pg_type`; those of the system never change). Pure. */

import type { ColumnType } from '../../guard/bounds.ts';

const byNumber: Readonly<Record<number, ColumnType>> = {
	16: 'boolean',
	18: 'text', // "char"
	19: 'text', // name
	20: 'integer',
	21: 'integer',
	23: 'integer',
	25: 'text',
	26: 'integer', // oid
	700: 'float',
	701: 'float',
	1042: 'text', // character
	1043: 'text', // character varying
	1082: 'date',
	1114: 'timestamp',
	1184: 'timestamptz',
	1700: 'decimal',
	2950: 'text', // uuid
};
export const booleanNumber = 16;
export const bytesNumber = 17;

export function postgresqlType(number: number): ColumnType {
	return byNumber[number] ?? 'other';
}
