/** The models that are configured, each with what is sent with every call of it and what this process has learned of it. */

import { BotError } from '../errors.ts';
import { createReasoningHabit, type ReasoningHabit } from './hide-reasoning.ts';
import { canonicalModelName, refuseCloudModel } from './model-name.ts';
import type { ModelOptions } from './settings.ts';
import { createTokenCorrection, type TokenCorrection } from './token-correction.ts';

export interface ModelProfile extends ModelOptions {
	/** The one spelling of its name for all processes. */
	key: string;
	/** It is kept in memory everywhere; the others are brought there by whoever asks them. */
	isDefault: boolean;
	/** The same in every call, for a change makes Ollama load the model again. */
	wireOptions: Readonly<Record<string, number>>;
	reasoningHabit: ReasoningHabit;
	tokens: TokenCorrection;
}

export interface ModelProfiles {
	/** The default one first. */
	all: readonly ModelProfile[];
	standard: ModelProfile;
	/** By any spelling of its name. */
	has(name: string): boolean;
	/** By any spelling of its name; the default one without. @throws BotError `MODEL_REJECTED`, reason `unknown-model`. */
	of(name?: string): ModelProfile;
}

/** @throws BotError `CONFIG_INVALID`: none, one twice, or one of Ollama's cloud. */
export function createModelProfiles(models: readonly ModelOptions[]): ModelProfiles {
	const all = models.map((options, index) => profileOf(options, index === 0));
	const byKey = new Map(all.map((profile) => [profile.key, profile]));
	const [standard] = all;
	if (standard === undefined) throw new BotError('CONFIG_INVALID', 'no model is configured');
	if (byKey.size < all.length) throw new BotError('CONFIG_INVALID', 'a model is configured twice');
	return {
		all,
		standard,
		has: (name) => byKey.has(canonicalModelName(name)),
		of(name) {
			const profile = name === undefined ? standard : byKey.get(canonicalModelName(name));
			if (profile === undefined) throw new BotError('MODEL_REJECTED', 'no such model is configured', { reason: 'unknown-model' });
			return profile;
		},
	};
}

function profileOf(options: ModelOptions, isDefault: boolean): ModelProfile {
	refuseCloudModel(options.name);
	const { contextTokens, temperature } = options;
	return {
		...options,
		key: canonicalModelName(options.name),
		isDefault,
		wireOptions: { num_ctx: contextTokens, ...(temperature === null ? {} : { temperature }) },
		reasoningHabit: createReasoningHabit(),
		tokens: createTokenCorrection(contextTokens),
	};
}
