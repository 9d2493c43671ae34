/** What went wrong in a company's database, in the program's words. What the database said itself is not kept: it quotes values of rows. */

import { BotError, type ErrorCode } from '../../errors.ts';

export type EngineFault = 'away' | 'login' | 'missing' | 'forbidden' | 'time' | 'lock' | 'cancelled' | 'costly' | 'refused';

const meanings: Readonly<Record<EngineFault, { code: ErrorCode; message: string; retryable?: true }>> = {
	away: { code: 'STORE_UNAVAILABLE', message: 'the database of a connector is away or full', retryable: true },
	login: { code: 'CONFIG_INVALID', message: 'the database of a connector refuses the login' },
	missing: { code: 'NOT_FOUND', message: 'a view or column of a connector is not there' },
	forbidden: { code: 'FORBIDDEN', message: 'the login of a connector may not read this' },
	time: { code: 'TIMEOUT', message: 'a question took the database of a connector too long' },
	lock: { code: 'TIMEOUT', message: 'somebody else holds what a question reads in the database of a connector' },
	cancelled: { code: 'CANCELLED', message: 'a question to the database of a connector was cancelled' },
	costly: { code: 'TOO_LARGE', message: 'a question would cost the database of a connector too much' },
	refused: { code: 'CONFLICT', message: 'the database of a connector refused a statement' },
};

/** @param reason the database's own code, such as an SQLSTATE. */
export function engineError(fault: EngineFault, reason: string): BotError {
	const { code, message, retryable = false } = meanings[fault];
	return new BotError(code, `${message} (${reason})`, { reason, retryable });
}
