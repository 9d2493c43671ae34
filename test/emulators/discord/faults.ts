/** Failures that a test orders: the next calls of a kind go wrong in a chosen way. */

export interface Fault {
	/** The name of a kind of call, as `calls` records it, or `*` for all. */
	operation: string;
	/** How many calls fail; 1 when not given. */
	times?: number;
	/**
	 * `429` comes out of the blue with the scope `shared`, `429-global` stops everything. `stored-then-502` and `stored-then-hang` carry
	 * the call out and lose the answer; the others do not carry it out.
	 */
	kind: '429' | '429-global' | '500' | '502' | '503' | 'stored-then-502' | 'stored-then-hang' | 'reset' | 'hang' | 'error';
	/** For `429` and `429-global`; 1 when not given. */
	retryAfterSeconds?: number;
	/** For `error`; 400 when not given. */
	status?: number;
	/** For `error`: Discord's code; 0 when not given. */
	code?: number;
}

export interface Faults {
	add(fault: Fault): void;
	/** The fault that this call runs into, used up by it. */
	take(operation: string): Fault | undefined;
	clear(): void;
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
			return entry.fault;
		},
		clear() {
			open = [];
		},
	};
}
