/** Which sentence of a passage in another language a sentence draws on. Pure. */

import { plainText, textLanguageOf } from '../text/stems.ts';
import { holdsFact } from './fact.ts';
import { findFacts, readClaim } from './supports.ts';
import { holdsWord, isAcross, readWording } from './wording.ts';

const sentenceEnd = /(?<=[.!?;])\s+|\n+/;
/** One word of the same root is met by chance. */
const leastWords = 2;

/**
 * As it stands there: the sentence that has the most of what can be compared across languages, with a number or date of the claim where it has any.
 * @param sentence as for `supports`.
 * @returns null where the passage is in the same language, or in none that is known, or where no sentence is like it.
 */
export function originalOf(sentence: string, passage: string): string | null {
	const language = textLanguageOf(plainText(passage));
	const claim = readClaim(sentence);
	if (!isAcross(claim.language, readWording('', language))) return null;
	let best = { score: 0, piece: '' };
	for (const piece of passage.split(sentenceEnd)) {
		const plain = plainText(piece);
		const [found, wording] = [findFacts(plain), readWording(plain, language)];
		const facts = claim.facts.filter((fact) => holdsFact(found, fact)).length;
		const names = claim.names.filter((name) => wording.words.has(name)).length;
		const words = claim.content.filter((word) => holdsWord(word, claim.language, wording)).length;
		const isLike = claim.facts.length > 0 ? facts > 0 : words >= leastWords;
		const score = 3 * (facts + names) + words;
		if (isLike && score > best.score) best = { score, piece: piece.trim() };
	}
	return best.score === 0 ? null : best.piece;
}
