/** What is searched for when somebody asks something. Pure. */

import { tellingWords } from '../text/lexemes.ts';

/** A question with fewer words of its own may lean on the one before it. */
const fewWords = 6;
/** What a question begins with, or has in it, that speaks of what was said before. */
const leaning =
	/^(?:¿\s*)?(?:y|e|o|pero|entonces|and|or|but|so|what about|how about)\b|\b(?:eso|esa|ese|esto|esta|este|esos|esas|ello|ella|él|ellos|ellas|la misma|el mismo|lo mismo|allí|ahí|it|its|that|this|those|these|they|them|there|the same|the other|la otra|el otro)\b/iu;

/**
 * The question; where it leans on the one before it, both together, too: what is left out of the one stands in the other. Nothing of what says
 * nothing by itself. No model is asked: whoever answers can search again in other words (`search_documents`).
 * @param before what the person asked before in the same conversation.
 */
export function wordingsOf(question: string, before: string | null): string[] {
	const isLeaning = tellingWords(question).length < fewWords || leaning.test(question);
	const wordings = before === null || !isLeaning ? [question] : [question, `${before}\n${question}`];
	return wordings.filter((text) => tellingWords(text).length > 0);
}
