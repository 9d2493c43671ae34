/**
 * What printed statements call in SQLite beside its own functions: an engine has to register them, as deterministic. SQLite's `lower` and `upper` know
 * ASCII alone, and its `round` takes 464.45 for less than it is written, since its decimals are floats.
 */

type Value = string | number | bigint | null | Uint8Array;

const ofText = (change: (text: string) => string) => (value: Value) => (value === null ? null : change(String(value)));

export const sqliteFunctions: Readonly<Record<string, (...values: Value[]) => string | number | null>> = {
	ccb_lower: ofText((text) => text.toLowerCase()),
	ccb_upper: ofText((text) => text.toUpperCase()),
	ccb_round: (value: Value, digits: Value) => (value === null ? null : roundAsWritten(Number(value), Number(digits))),
};

/** Half away from zero, by the digits that the number is written with. */
function roundAsWritten(value: number, digits: number): number {
	const written = String(Math.abs(value));
	// Numbers with an exponent are too great to have digits behind the point, or too small to be seen.
	if (written.includes('e')) return Math.abs(value) < 1 ? 0 : value;
	return Math.sign(value) * Number(`${Math.round(Number(`${written}e${digits}`))}e-${digits}`);
}
