/** Calls of functions, by the templates of the dialect. */

import type { Expression } from '../query.ts';
import { typeOf } from '../types.ts';
import { fill } from './dialect-rules.ts';
import { functionTemplates, momentFormats } from './function-templates.ts';
import { printText } from './literals.ts';
import { bounded, cannotSay, type Printer } from './printer.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/** Where numbers below the first are read in different ways, so that they have to stand there as constants. */
const constants: Readonly<Record<string, readonly number[]>> = { substr: [1, 2], left: [1], right: [1], round: [1] };

export function printCall(call: Call, printer: Printer): string {
	const { rules, value } = printer;
	const { name, parameters } = call;
	if (!rules.knowsZones && parameters.some((parameter) => typeOf(parameter) === 'timestamptz')) cannotSay(`${name} of a time with a zone`);
	const special = Object.hasOwn(specialCalls, name) ? specialCalls[name] : undefined;
	if (special !== undefined) return special(call, printer);
	if (rules.family !== 'postgresql')
		for (const index of constants[name] ?? [])
			if (parameters[index] !== undefined && parameters[index].kind !== 'number') cannotSay(`${name} with a computed number`);
	const template = functionTemplates[`${name}/${parameters.length}`]?.[rules.family];
	if (template === undefined || template === null) cannotSay(name);
	return fill(template, ...parameters.map(value));
}

const specialCalls: Readonly<Record<string, (call: Call, printer: Printer) => string>> = {
	coalesce: ({ parameters }, { value }) => `COALESCE(${parameters.map(value).join(', ')})`,
	greatest: printExtreme,
	least: printExtreme,
	concat: ({ parameters }, { rules, value }) => {
		if (rules.family === 'postgresql') return `pg_catalog.concat(${parameters.map(value).join(', ')})`;
		const empty = printText('', rules);
		return parameters
			.map((parameter) => `COALESCE(${value(parameter)}, ${empty})`)
			.reduce((left, right) => fill(rules.concat, left, right));
	},
	to_char: ({ parameters: [moment, format] }, { rules, value }) => {
		if (moment === undefined || format?.kind !== 'text') cannotSay('to_char');
		const { call, parts } = momentFormats[rules.family];
		const written = format.value.replace(/YYYY|HH24|MM|DD|MI|SS/g, (part) => parts[part] ?? part);
		return fill(call, value(moment), printText(written, rules));
	},
};

/** Of those that are there, as in PostgreSQL; the others give nothing as soon as one is missing. */
function printExtreme({ name, parameters, type }: Call, { rules, value }: Printer): string {
	if (rules.family === 'postgresql' && type !== 'text') return `${name.toUpperCase()}(${parameters.map(value).join(', ')})`;
	if (type === 'text') cannotSay(`${name} of texts`);
	const sign = name === 'greatest' ? '>=' : '<=';
	return parameters
		.map(value)
		.reduce((left, right) => bounded(`CASE WHEN ${right} IS NULL OR ${left} ${sign} ${right} THEN ${left} ELSE ${right} END`));
}
