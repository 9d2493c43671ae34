/** What is searched for when somebody asks something. Pure. */

import { tellingWords } from '../text/lexemes.ts';

/** A question with fewer words of its own may lean on the one before it. */
const fewWords = 6;
/** What a question begins with, or has in it, that speaks of what was said before. */
const leaning =
	/^(?:¿\s*)?(?:y|e|o|pero|entonces|and|or|but|so|what about|how about)\b|\b(?:eso|esa|ese|esto|esta|este|esos|esas|ello|ella|él|ellos|ellas|la misma|el mismo|lo mismo|allí|ahí|it|its|that|this|those|these|they|them|there|the same|the other|la otra|el otro)\b/iu;

/** Whether it may mean more than it says: then what was said before it tells. */
export function isLeaning(question: string): boolean {
	return tellingWords(question).length < fewWords || leaning.test(question);
}

/**
 * The question; and where it leans on the one before it, what it means alone, or else both together: what is left out of the one stands in the other.
 * Nothing of what says nothing by itself.
 * @param before what the person asked before in the same conversation.
 * @param standalone what a model says that it means; nothing where none was asked, or said it.
 */
export function wordingsOf(question: string, before: string | null, standalone?: string | null): string[] {
	const whole = before === null || !isLeaning(question) ? [] : [standalone ?? `${before}\n${question}`];
	return [question, ...whole].filter((text) => tellingWords(text).length > 0);
}
