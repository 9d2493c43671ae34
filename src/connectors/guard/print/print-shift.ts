/** Dates and times so much later or earlier. */

import type { Expression } from '../query.ts';
import { cannotSay, type Printer } from './printer.ts';

type Shift = Extract<Expression, { kind: 'shift' }>;

export function printShift(shift: Shift, printer: Printer): string {
	const { rules, value } = printer;
	if (shift.type === 'timestamptz' && !rules.knowsZones) cannotSay('reckoning with a time with a zone');
	const operand = value(shift.operand);
	switch (rules.family) {
		case 'postgresql':
			if (shift.type === 'date') return `(${operand} ${shift.sign} ${value(shift.amount)})`;
			return `(${operand} ${shift.sign} INTERVAL '${constantAmount(shift)} ${shift.unit}')`;
		case 'mysql':
			return `(${operand} ${shift.sign} INTERVAL ${value(shift.amount)} ${rules.units[shift.unit]})`;
		case 'sqlite':
			return printModifier(shift, operand, printer);
		case 'sqlserver':
			return `DATEADD(${rules.units[shift.unit]}, ${shift.sign === '-' ? `(- ${value(shift.amount)})` : value(shift.amount)}, ${operand})`;
	}
}

function constantAmount({ amount }: Shift): string {
	return amount.kind === 'number' ? amount.value : cannotSay('computed length of time');
}

/** `floor`: a month later ends at that month's last day, as in PostgreSQL. */
function printModifier(shift: Shift, operand: string, { rules, value }: Printer): string {
	const call = shift.type === 'date' ? 'date' : 'datetime';
	const unit = rules.units[shift.unit];
	if (shift.amount.kind !== 'number') return `${call}(${operand}, (${shift.sign === '-' ? '- ' : ''}${value(shift.amount)}) || ' ${unit}')`;
	const amount = Number(shift.amount.value) * (shift.sign === '-' ? -1 : 1);
	return `${call}(${operand}, '${amount} ${unit}'${shift.unit === 'month' ? ", 'floor'" : ''})`;
}
