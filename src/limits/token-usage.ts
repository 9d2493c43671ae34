/** What one round of an answer has cost in tokens, by the model's own count where it gave one. */

/** A round as far as it came. */
export interface RoundTokens {
	/** As the model told them; null where it did not. */
	promptTokens: number | null;
	outputTokens: number | null;
	/** Whether anything of it was seen. */
	hasSpoken: boolean;
	/** By our estimate. */
	estimated: { promptTokens: number; outputTokens: number };
}

/** A model that is stopped or breaks off does not say what it has used: that is estimated, and nothing is counted before its first word. */
export function tokensUsed({ promptTokens, outputTokens, hasSpoken, estimated }: RoundTokens): number {
	if (!hasSpoken && promptTokens === null && outputTokens === null) return 0;
	return (promptTokens ?? estimated.promptTokens) + (outputTokens ?? (hasSpoken ? estimated.outputTokens : 0));
}
