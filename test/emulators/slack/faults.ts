/** Failures that a test orders: the next calls of a method go wrong in a chosen way. */

export interface Fault {
	/** A Web API method, `file download` (`hang` stops it in the middle, all others are 503), or `*` for all. */
	method: string;
	/** How many calls fail; 1 when not given. */
	times?: number;
	/** `stored-then-502` and `stored-then-hang` carry the call out and lose the answer; `reset` and `hang` do not carry it out. */
	kind: '429' | '500' | '502' | '503' | 'stored-then-502' | 'stored-then-hang' | 'reset' | 'hang' | 'error';
	/** For `error`: what `error` says; `internal_error` when not given. */
	error?: string;
	/** For `429`; 1 when not given. */
	retryAfterSeconds?: number;
}

export interface Faults {
	add(fault: Fault): void;
	/** The fault that this call runs into, used up by it. */
	take(method: string): Fault | undefined;
	clear(): void;
}

/** Creates an empty list of ordered failures; they are used in the order they came. */
export function createFaults(): Faults {
	let open: { fault: Fault; left: number }[] = [];
	return {
		add: (fault) => void open.push({ fault, left: fault.times ?? 1 }),
		take(method) {
			const entry = open.find(({ fault }) => fault.method === method || fault.method === '*');
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
