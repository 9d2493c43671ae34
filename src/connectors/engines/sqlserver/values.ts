/** SQL Server's values as text, from what the driver makes of them. Pure. */

import type { ColumnType } from '../../guard/bounds.ts';
import { hexOf } from '../row-budget.ts';

/** What the driver tells of a column of a result. */
export interface SentColumn {
	colName: string;
	type: { name: string };
	dataLength?: number | undefined;
}

/** What SQL Server calls the types of columns ("Data types"). What is not here can be shown, and nothing else: a GUID takes no collation, XML no comparison. */
const columnTypes: Readonly<Record<string, ColumnType>> = {
	...{ bit: 'boolean', tinyint: 'integer', smallint: 'integer', int: 'integer', bigint: 'integer' },
	...{ decimal: 'decimal', numeric: 'decimal', money: 'decimal', smallmoney: 'decimal', float: 'float', real: 'float' },
	...{ char: 'text', varchar: 'text', nchar: 'text', nvarchar: 'text' },
	...{ date: 'date', datetime: 'timestamp', datetime2: 'timestamp', smalldatetime: 'timestamp', datetimeoffset: 'timestamptz' },
};

export function columnTypeOf(declared: string): ColumnType {
	return columnTypes[declared] ?? 'other';
}

/** The driver makes floats of decimals, which have no more than 15 digits that hold: they are sent as texts, or not at all. */
export function losesDigits({ type }: SentColumn): boolean {
	return ['DecimalN', 'NumericN', 'Money', 'SmallMoney', 'MoneyN', 'Variant'].includes(type.name);
}

export function isBinaryType({ type }: SentColumn): boolean {
	return ['Binary', 'VarBinary', 'Image', 'UDT'].includes(type.name);
}

/** @param timeZone in which moments are shown. */
export function textOfSent(value: unknown, column: SentColumn, timeZone: string): string | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'boolean') return value ? '1' : '0';
	if (typeof value === 'number') return isReal(column) ? textOfReal(value) : String(value);
	if (value instanceof Date) return textOfMoment(value, column.type.name, timeZone);
	return value instanceof Uint8Array ? hexOf(value) : String(value);
}

function isReal({ type, dataLength }: SentColumn): boolean {
	return type.name === 'Real' || (type.name === 'FloatN' && dataLength === 4);
}

/** The fewest digits that are this number and no other of its size: nine at most ("IEEE 754", binary32). */
function textOfReal(value: number): string {
	for (let digits = 6; digits < 9; digits++) {
		const shorter = Number(value.toPrecision(digits));
		if (Math.fround(shorter) === value) return String(shorter);
	}
	return String(Number(value.toPrecision(9)));
}

function textOfMoment(moment: Date, type: string, timeZone: string): string {
	if (type === 'Date') return moment.toISOString().slice(0, 10);
	const zone = type === 'DateTimeOffset' ? offsetAt(moment, timeZone) : null;
	const local = new Date(moment.getTime() + (zone?.minutes ?? 0) * 60_000).toISOString();
	const [day, time] = [local.slice(0, 10), `${local.slice(11, 19)}${fractionOf(moment)}`];
	return type === 'Time' ? time : `${day} ${time}${zone?.written ?? ''}`;
}

/** Of a second, without zeros at the end. What a Date cannot hold, down to 100 nanoseconds, the driver puts beside it. */
function fractionOf(moment: Date): string {
	const beyond: unknown = Reflect.get(moment, 'nanosecondsDelta');
	const ticks = Math.round((typeof beyond === 'number' ? beyond : 0) * 1e7);
	const milliseconds = ((moment.getTime() % 1_000) + 1_000) % 1_000;
	const digits = `${String(milliseconds).padStart(3, '0')}${String(ticks).padStart(4, '0')}`.replace(/0+$/, '');
	return digits === '' ? '' : `.${digits}`;
}

/** As PostgreSQL writes it: `+02`, `+05:30`. */
function offsetAt(moment: Date, timeZone: string): { minutes: number; written: string } {
	const name =
		formatOf(timeZone)
			.formatToParts(moment)
			.find(({ type }) => type === 'timeZoneName')?.value ?? '';
	const [, sign = '+', hours = '00', minutes = '00'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
	const total = Number(hours) * 60 + Number(minutes);
	return { minutes: sign === '-' ? -total : total, written: `${sign}${hours}${minutes === '00' ? '' : `:${minutes}`}` };
}

/** One for each zone: making it takes longer than a hundred uses. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
	formats.set(timeZone, format);
	return format;
}
