/** Recognises from the model's own count that Ollama cut the prompt, which it does without a word. */

/** Below this share of the estimate, tokens are missing and not only counted differently. */
const FAR_BELOW = 0.4;

/**
 * `half-window`: about half of the context was kept, so the instructions are gone (Ollama issue 17427).
 * `below-estimate`: the oldest messages were probably dropped. Null when nothing looks wrong.
 */
export function truncationSign(
	promptTokens: number,
	estimatedTokens: number,
	contextTokens: number,
): 'half-window' | 'below-estimate' | null {
	if (isCutToHalf(promptTokens, estimatedTokens, contextTokens)) return 'half-window';
	// A short prompt is never truncated, whatever the estimate says.
	return estimatedTokens > contextTokens / 2 && promptTokens < estimatedTokens * FAR_BELOW ? 'below-estimate' : null;
}

/** Of a prompt that cannot fit, Ollama keeps the first four tokens and the last ones, about half of the context in all. */
export function isCutToHalf(promptTokens: number, estimatedTokens: number, contextTokens: number): boolean {
	const half = Math.floor(contextTokens / 2) + 2;
	// A prompt of about that size may have as many by chance.
	return Math.abs(promptTokens - half) <= 1 && estimatedTokens > half * 1.15;
}
