/** What a sentence says that can be looked up in a text as it stands. Types, and the book of what stands there. Pure. */

/** Why a passage does not support a sentence: what is the first that it lacks. `nothing`: the sentence says nothing that can be looked up. */
export type Lack = 'quotation' | 'number' | 'date' | 'name' | 'negation' | 'wording' | 'nothing';

export interface Fact {
	kind: Extract<Lack, 'number' | 'date'>;
	/** How it can be written: one of these ways must stand in the passage, with all its keys. */
	ways: readonly (readonly string[])[];
	/** What a number counts, where that is known: `day`, `EUR`, `%`. */
	unit: string | null;
}

/** What is found in a passage: each key with the units that it has there, null for none. */
export type FoundFacts = Map<string, Set<string | null>>;

export function noteFact(found: FoundFacts, key: string, unit: string | null = null): void {
	const units = found.get(key);
	if (units === undefined) found.set(key, new Set([unit]));
	else units.add(unit);
}

/** Another unit beside the same number is another fact; where one of the two has none, it is the same. */
export function holdsFact(found: FoundFacts, { ways, unit }: Fact): boolean {
	return ways.some((keys) =>
		keys.every((key) => {
			const units = found.get(key);
			return units !== undefined && (unit === null || units.has(unit) || units.has(null));
		}),
	);
}
