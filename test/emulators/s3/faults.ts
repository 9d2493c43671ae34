/** Failures that a test orders: the next calls of an operation go wrong in a chosen way. */

export type Operation = 'put' | 'get' | 'head' | 'delete' | 'list';

export interface Fault {
	/** `*` for all. */
	operation: Operation | '*';
	/** How many calls fail; 1 when not given. */
	times?: number;
	/**
	 * `slow-down`: 503. `internal-error`: 500. `conflict`: 409, somebody else writes the same key. `full`: 507, in MinIO's words. `denied`: 403.
	 * `reset`: the connection ends before the answer. `stored-then-reset`: it ends after the call was carried out. `cut`: it ends within the body.
	 * `hang`: no answer.
	 */
	kind: 'slow-down' | 'internal-error' | 'conflict' | 'full' | 'denied' | 'reset' | 'stored-then-reset' | 'cut' | 'hang';
}

export interface Faults {
	add(fault: Fault): void;
	/** The failure that this call runs into, used up by it. */
	take(operation: Operation): Fault['kind'] | undefined;
}

/** Creates an empty list of ordered failures; they are used in the order they came. */
export function createFaults(): Faults {
	let open: { fault: Fault; left: number }[] = [];
	return {
		add: (fault) => void open.push({ fault, left: fault.times ?? 1 }),
		take(operation) {
			const entry = open.find(({ fault }) => fault.operation === operation || fault.operation === '*');
			if (entry === undefined) return undefined;
			entry.left -= 1;
			open = open.filter(({ left }) => left > 0);
			return entry.fault.kind;
		},
	};
}
