/** How something gets to the app: over HTTP or through a socket. */

import type { Json } from './types.ts';

export interface Envelope {
	type: 'events_api' | 'slash_commands' | 'interactive';
	payload: Json;
	/** 0 for the first delivery. */
	attempt: number;
	/** Why there is another one: `http_timeout`, `http_error`, `connection_failed`, `timeout`. */
	retryReason?: string;
}

export interface Answer {
	/** Null when no answer came in time. */
	status: number | null;
	/** The body, or the payload of a socket acknowledgement as JSON. */
	body: string;
	/** The app asked not to be told again. */
	noRetry: boolean;
	/** Why it counts as failed; undefined when it was acknowledged. */
	failure?: string;
}

export interface Transport {
	/** One attempt. Never rejects. */
	send(envelope: Envelope): Promise<Answer>;
	close(): void;
}
