import { expect, it } from 'vitest';
import { textOfSent } from '#src/connectors/engines/sqlserver/values.ts';

const column = (name: string, dataLength?: number) => ({ colName: 'c', type: { name }, dataLength });

it('writes a float of four bytes with the digits that it was written with', () => {
	for (const digits of ['0.1', '3.402823e+38', '16777216', '1.1754944e-38', '-2.5'])
		expect(textOfSent(Math.fround(Number(digits)), column('FloatN', 4), 'UTC')).toBe(digits);
	expect(textOfSent(0.1, column('FloatN', 8), 'UTC')).toBe('0.1');
});

it('writes moments as the clock of the connector showed them', () => {
	const moment = new Date('2026-07-01T00:30:00.120Z');
	const inZone = (zone: string) => textOfSent(moment, column('DateTimeOffset'), zone);
	expect(inZone('UTC')).toBe('2026-07-01 00:30:00.12+00');
	expect(inZone('Asia/Kolkata')).toBe('2026-07-01 06:00:00.12+05:30');
	expect(inZone('America/New_York')).toBe('2026-06-30 20:30:00.12-04');
});

it('writes times before 1970 like all others', () => {
	expect(textOfSent(new Date('1905-12-31T23:59:59.003Z'), column('DateTime2'), 'UTC')).toBe('1905-12-31 23:59:59.003');
	expect(textOfSent(new Date('0001-01-01T00:00:00Z'), column('Date'), 'UTC')).toBe('0001-01-01');
});
