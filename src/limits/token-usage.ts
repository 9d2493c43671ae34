/** What one answer has cost in tokens, by the model's own count where it gave one. */

import { estimateTokens } from '../models/token-estimate.ts';

/** An answer as far as it was written: the fields of `WrittenAnswer` and `Prompt` that count. */
export interface WrittenTokens {
	text: string;
	facts: { promptTokens?: number | null; outputTokens?: number | null; firstTokenAt?: Date };
	/** What the prompt was thought to have. */
	estimatedPromptTokens: number;
}

/** A model that is stopped or breaks off does not say what it has used: that is estimated, and nothing is counted before its first word. */
export function tokensUsed({ text, facts, estimatedPromptTokens }: WrittenTokens): number {
	const { promptTokens = null, outputTokens = null } = facts;
	const isSilent = facts.firstTokenAt === undefined;
	if (isSilent && promptTokens === null && outputTokens === null) return 0;
	// Without a first word the text is a sentence of ours.
	return (promptTokens ?? estimatedPromptTokens) + (outputTokens ?? (isSilent ? 0 : estimateTokens(text)));
}
