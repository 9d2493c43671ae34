/** What SQL Server and its driver throw, in the program's words. Pure. */

import { BotError } from '../../../errors.ts';
import { type EngineFault, engineError } from '../engine-error.ts';

/** By number (`sys.messages`; "Database Engine events and errors"). */
const faults: Readonly<Record<EngineFault, readonly number[]>> = {
	lock: [1205, 1222],
	login: [916, 4060, 18452, 18456, 18470, 18486, 18487, 18488],
	forbidden: [229, 230, 262, 297, 300],
	missing: [207, 208],
	away: [596, 701, 921, 927, 983, 6005, 10928, 10929, 17142, 18401, 40197, 40501, 40613],
	costly: [8649],
	time: [],
	cancelled: [],
	refused: [],
};

/** A login that SQL Server itself refused: the driver keeps its sentence and not its number. */
export class RefusedLogin extends Error {
	readonly number: number;

	constructor(number: number) {
		super('login refused');
		this.number = number;
	}
}

export function sqlServerFault(error: unknown): BotError {
	if (error instanceof BotError) return error;
	const numbers = numbersIn(error);
	// What fails on the way has no number.
	if (numbers.length === 0) return engineError('away', 'connection');
	for (const number of numbers) {
		const found = (Object.keys(faults) as EngineFault[]).find((fault) => faults[fault].includes(number));
		if (found !== undefined) return engineError(found, String(number));
	}
	return engineError('refused', String(numbers[0]));
}

/** Of the server: one statement may be told several, the first of which says most. */
export function numbersIn(error: unknown): number[] {
	if (error instanceof AggregateError) return error.errors.flatMap(numbersIn);
	const number: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'number') : undefined;
	return typeof number === 'number' ? [number] : [];
}
