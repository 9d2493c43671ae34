/** Failures that a test orders: the next calls of an operation go wrong in a chosen way. */

/** `stream` is every request with a `streaminfo`, `post` every other new message, `typing` the bare sign. */
export type Operation =
	| 'post'
	| 'stream'
	| 'typing'
	| 'update'
	| 'delete'
	| 'member'
	| 'members'
	| 'create'
	| 'team'
	| 'channels'
	| 'image'
	| 'token'
	| 'keys'
	| 'graph'
	| 'download'
	| 'upload';

export interface Fault {
	/** `*` for all operations of the connector. */
	operation: Operation | '*';
	/** How many calls fail; 1 when not given. */
	times?: number;
	/**
	 * `expired-token` answers 401 whatever token came. `stored-then-…` carry the call out and lose the answer; `reset` and `hang` do not
	 * carry it out. `error` answers with `error`.
	 */
	kind:
		| '429'
		| '412'
		| '500'
		| '502'
		| '503'
		| '504'
		| 'expired-token'
		| 'stored-then-502'
		| 'stored-then-504'
		| 'stored-then-hang'
		| 'stored-then-reset'
		| 'reset'
		| 'hang'
		| 'error';
	error?: { status: number; code: string; message: string };
	/** For `429`: 1 when not given, null for an answer without the header. */
	retryAfterSeconds?: number | null;
}

export interface Faults {
	add(fault: Fault): void;
	/** The fault that this call runs into, used up by it. */
	take(operation: string): Fault | undefined;
	clear(): void;
}

const outsideConnector: ReadonlySet<string> = new Set(['token', 'keys', 'graph', 'download', 'upload']);

/** Creates an empty list of ordered failures; they are used in the order they came. */
export function createFaults(): Faults {
	let open: { fault: Fault; left: number }[] = [];
	return {
		add: (fault) => void open.push({ fault, left: fault.times ?? 1 }),
		take(operation) {
			const entry = open.find(
				({ fault }) => fault.operation === operation || (fault.operation === '*' && !outsideConnector.has(operation)),
			);
			if (entry === undefined) return undefined;
			entry.left -= 1;
			open = open.filter(({ left }) => left > 0);
			return entry.fault;
		},
		clear() {
			open = [];
		},
	};
}
