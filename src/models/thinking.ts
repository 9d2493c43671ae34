/** How far a model thinks before it answers: what is asked of it, and what each kind of model understands of that. */

import type { Abilities } from './abilities.ts';

/** People see nothing of it, and wait for it. */
export const thinkingLevels = ['off', 'low', 'medium', 'high'] as const;

export type ThinkingLevel = (typeof thinkingLevels)[number];

/**
 * `think` of Ollama. Always sent: unset means on for a model that can think. A model that cannot takes `false` alone, most others take true or
 * false, and gpt-oss takes a level alone and never leaves off.
 */
export function thinkValue(level: ThinkingLevel, model: string, abilities: Abilities): boolean | Exclude<ThinkingLevel, 'off'> {
	if (!abilities.mayBeAsked('thinking')) return false;
	if (isGptOss(model, abilities)) return level === 'off' ? 'low' : level;
	return level !== 'off';
}

/** By the engine that runs it, or by its name where the host does not say. */
function isGptOss(model: string, abilities: Abilities): boolean {
	return /^gpt-?oss$/i.test(abilities.family() ?? '') || (abilities.family() === null && /(?:^|\/)gpt-oss/i.test(model));
}
