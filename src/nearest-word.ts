/** Which of the words that there are somebody may have meant who typed another one. Pure. */

/** No word that is understood is longer by much, and what is compared stays small. */
const mostCharacters = 24;

/** Null where none is near: more than a third of the letters would be wrong, or more than one of a short word. */
export function nearestWord(typed: string, known: readonly string[]): string | null {
	const wanted = folded(typed.trim());
	if (wanted === '' || wanted.length > mostCharacters) return null;
	const most = Math.max(1, Math.floor(wanted.length / 3));
	const near = known.map((word) => ({ word, distance: distanceOf(wanted, folded(word)) })).filter(({ distance }) => distance <= most);
	return near.toSorted((one, other) => one.distance - other.distance)[0]?.word ?? null;
}

/** Without case and accents. */
export function folded(word: string): string {
	return word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** How many letters have to be put in, taken out, exchanged, or swapped with the next one (optimal string alignment). */
function distanceOf(one: string, other: string): number {
	let before: number[] = [];
	let row = Array.from({ length: other.length + 1 }, (_, column) => column);
	for (let at = 1; at <= one.length; at++) {
		const next = [at];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one[at - 1] === other[column - 1];
			const isSwapped = at > 1 && column > 1 && one[at - 1] === other[column - 2] && one[at - 2] === other[column - 1];
			const exchanged = (row[column - 1] ?? 0) + (isSame ? 0 : 1);
			const swapped = isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
			next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, exchanged, swapped));
		}
		before = row;
		row = next;
	}
	return row[other.length] ?? 0;
}
