/** Ids as Discord makes them: 64 bits, the upper 42 of them milliseconds since 2015 (page "API Reference", Snowflakes). */

export interface Snowflakes {
	/** The next id. Never the same twice, and later ids are greater. */
	next(): string;
}

const discordEpochMs = 1_420_070_400_000;

/** Creates the source of all ids of an emulator. */
export function createSnowflakes(now: () => number): Snowflakes {
	let last = 0n;
	return {
		next() {
			const earliest = snowflakeAt(now());
			last = earliest > last ? earliest : last + 1n;
			return String(last);
		},
	};
}

/** The smallest id of that moment. */
function snowflakeAt(atMs: number): bigint {
	return BigInt(Math.floor(atMs) - discordEpochMs) << 22n;
}

/** Whether the text can be an id; the client's routes know no others than these 17 to 19 digits. */
export function isSnowflake(value: unknown): value is string {
	return typeof value === 'string' && /^\d{17,19}$/.test(value);
}
