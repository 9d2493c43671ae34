/** A deterministic tokenizer: pieces of 4, 5, 4, 5 and 4 characters, so 4.4 on average, never inside a character. */

const PIECE_LENGTHS = [4, 5, 4, 5, 4];
/** What a chat template adds around one message: role markers and line ends. */
const MESSAGE_OVERHEAD_TOKENS = 4;

/** Cuts a text into tokens; joined again they are the text. */
export function cutIntoTokens(text: string): string[] {
	const tokens: string[] = [];
	let start = 0;
	while (start < text.length) {
		let end = start + (PIECE_LENGTHS[tokens.length % PIECE_LENGTHS.length] ?? 4);
		if (isHighSurrogate(text.charCodeAt(end - 1))) end++;
		tokens.push(text.slice(start, end));
		start = end;
	}
	return tokens;
}

/** How many tokens `cutIntoTokens` makes of a text, within one. */
export function countTokens(text: string): number {
	return Math.ceil(text.length / 4.4);
}

/** Tokens of one chat message with what the template adds. */
export function countMessageTokens(message: { content: string; images?: string[] }): number {
	// 768 tokens an image: what Ollama's own truncation estimate takes.
	return countTokens(message.content) + MESSAGE_OVERHEAD_TOKENS + 768 * (message.images?.length ?? 0);
}

function isHighSurrogate(code: number): boolean {
	return code >= 0xd800 && code <= 0xdbff;
}
