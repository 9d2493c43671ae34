/** What MariaDB and its driver throw, in the program's words. Pure. */

import { BotError } from '../../../errors.ts';
import { type EngineFault, engineError } from '../engine-error.ts';

/** By number (MariaDB, "Error Codes"). */
const faults: Readonly<Record<EngineFault, readonly number[]>> = {
	time: [1317, 1969, 3024],
	lock: [1205, 1222],
	login: [1044, 1045, 1049, 1298, 1698, 1862],
	forbidden: [1142, 1143, 1227, 1370],
	missing: [1054, 1146],
	away: [1040, 1053, 1203, 1226, 1927, 4031],
	costly: [1104],
	cancelled: [],
	refused: [],
};

export function mariadbFault(error: unknown): BotError {
	if (error instanceof BotError) return error;
	const number: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errno') : undefined;
	// What fails on the way has a negative number of the system, or none.
	if (typeof number !== 'number' || number < 1_000) return engineError('away', 'connection');
	const found = (Object.keys(faults) as EngineFault[]).find((fault) => faults[fault].includes(number));
	return engineError(found ?? 'refused', String(number));
}
