/** How many tokens a text is, without the model's tokenizer: rather too many than too few, because Ollama truncates silently. */

/** Latin text runs at 3.2 to 4.5 characters a token over the common tokenizers; Spanish is at the low end. */
const CHARACTERS_PER_TOKEN = 3.2;
const TOKENS_PER_WORD = 1.4;
/** Scripts without spaces: about one token a character. */
const DENSE_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;
const DIGITS_AND_PUNCTUATION = /[\p{N}\p{P}\p{S}]/gu;
const WORDS = /[^\s\p{N}\p{P}\p{S}]+/gu;

/** A whole number, 0 for an empty text. Linear in the length. */
export function estimateTokens(text: string): number {
	const dense = countMatches(text, DENSE_SCRIPT);
	const marks = countMatches(text, DIGITS_AND_PUNCTUATION);
	const plainText = dense === 0 ? text : text.replace(DENSE_SCRIPT, ' ');
	const plain = Math.max(text.length - dense - marks, 0) / CHARACTERS_PER_TOKEN;
	const words = countMatches(plainText, WORDS) * TOKENS_PER_WORD;
	return Math.ceil(Math.max(plain, words) + dense + marks);
}

function countMatches(text: string, pattern: RegExp): number {
	let count = 0;
	pattern.lastIndex = 0;
	while (pattern.test(text)) count++;
	return count;
}
