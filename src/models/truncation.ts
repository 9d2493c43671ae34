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
	const half = Math.floor(contextTokens / 2) + 2;
	if (Math.abs(promptTokens - half) <= 1 && estimatedTokens > contextTokens * 0.75) return 'half-window';
	// A short prompt is never truncated, whatever the estimate says.
	return estimatedTokens > contextTokens / 2 && promptTokens < estimatedTokens * FAR_BELOW ? 'below-estimate' : null;
}
