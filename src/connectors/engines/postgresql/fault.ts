/** What PostgreSQL and its driver throw, in the program's words. Pure. */

import { BotError } from '../../../errors.ts';
import { type EngineFault, engineError } from '../engine-error.ts';

/** By the beginning of the SQLSTATE (PostgreSQL manual, "PostgreSQL Error Codes"), the first that fits. */
const faults: readonly (readonly [RegExp, EngineFault])[] = [
	[/^57014/, 'time'],
	[/^55P03/, 'lock'],
	[/^(28|3D)/, 'login'],
	[/^42501/, 'forbidden'],
	[/^(42P01|42703|3F000)/, 'missing'],
	[/^(08|25P03|40|53|57|58)/, 'away'],
];

export function postgresqlFault(error: unknown): BotError {
	if (error instanceof BotError) return error;
	const code = textField(error, 'code');
	// Errors of the server alone have a severity; what fails on the way has a code of the system, or none.
	if (textField(error, 'severity') === null) return engineError('away', code ?? 'connection');
	return engineError(faults.find(([pattern]) => pattern.test(code ?? ''))?.[1] ?? 'refused', code ?? 'unknown');
}

function textField(error: unknown, name: string): string | null {
	const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : null;
	return typeof value === 'string' ? value : null;
}
