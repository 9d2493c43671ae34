/** One request to the emulator and what it is answered with, apart from HTTP and from the record of it. */

import type { Operation } from './faults.ts';
import type { Audience } from './login.ts';
import type { Json } from './types.ts';

export interface EndpointRequest {
	method: string;
	/** Decoded, without the empty ones. */
	segments: readonly string[];
	query: URLSearchParams;
	authorization: string | undefined;
	/** The body as it came. */
	bytes: Buffer;
	text: string;
	contentRange: string | undefined;
	/** The body as JSON; undefined when there is none. */
	body: unknown;
}

export interface Result {
	status: number;
	body?: Json | Json[] | Buffer;
	headers?: Record<string, string>;
}

export interface Endpoint {
	operation: Operation;
	/** Whose token it needs; null for none. */
	audience: Audience | null;
	/** Whose calls count together in the limits. */
	counted: string;
	/** Throws ServiceFailure for what the service refuses. */
	handle(): Result;
}
