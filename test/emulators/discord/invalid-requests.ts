/** Counts refused calls as Discord's edge does: too many of them in ten minutes, and the address is shut out (page "Rate Limits"). */

export interface InvalidRequests {
	/** `isShared`: a 429 that was not the app's own fault. */
	count(status: number, isShared: boolean): void;
	report(): InvalidRequestReport;
	forget(): void;
}

export interface InvalidRequestReport {
	/** Answers of the last ten minutes by status; those 429s left out that do not count. */
	unauthorized: number;
	forbidden: number;
	rateLimited: number;
	/** More than 10,000 of them all: the real Discord would answer nothing any more. */
	wouldBeBanned: boolean;
}

/** "Invalid Request Limit": 10,000 in 10 minutes. */
const invalidLimit = 10_000;
const invalidWindowMs = 600_000;

/** Creates an empty count. */
export function createInvalidRequests(now: () => number): InvalidRequests {
	let invalid: { status: number; atMs: number }[] = [];
	return {
		count(status, isShared) {
			if ([401, 403, 429].includes(status) && !isShared) invalid.push({ status, atMs: now() });
		},
		report() {
			invalid = invalid.filter(({ atMs }) => atMs > now() - invalidWindowMs);
			const of = (wanted: number) => invalid.filter(({ status }) => status === wanted).length;
			return { unauthorized: of(401), forbidden: of(403), rateLimited: of(429), wouldBeBanned: invalid.length >= invalidLimit };
		},
		forget() {
			invalid = [];
		},
	};
}
