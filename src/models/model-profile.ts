/** The models that are configured, each with what is sent with every call of it and what this process has learned of it. */

import { BotError } from '../errors.ts';
import { createReasoningHabit, type ReasoningHabit } from './hide-reasoning.ts';
import { canonicalModelName, refuseCloudModel } from './model-name.ts';
import type { ModelOptions } from './settings.ts';
import { createTokenCorrection, type TokenCorrection } from './token-correction.ts';

export interface ModelProfile extends ModelOptions {
	/** The one spelling of its name for all processes. */
	key: string;
	/** It is kept in memory everywhere; the others are brought there by whoever asks them. Changes with `ModelProfiles.use`. */
	readonly isDefault: boolean;
	/** The same in every call, for a change makes Ollama load the model again. */
	wireOptions: Readonly<Record<string, number>>;
	reasoningHabit: ReasoningHabit;
	tokens: TokenCorrection;
}

export interface ModelProfiles {
	/** In the order of the settings. */
	all: readonly ModelProfile[];
	/** The default one. */
	readonly standard: ModelProfile;
	/** Makes another one the default, by any spelling of its name; what is not configured, or null, means the first one. */
	use(name: string | null): void;
	/** By any spelling of its name. */
	has(name: string): boolean;
	/** By any spelling of its name; the default one without. @throws BotError `MODEL_REJECTED`, reason `unknown-model`. */
	of(name?: string): ModelProfile;
}

/** @throws BotError `CONFIG_INVALID`: none, one twice, or one of Ollama's cloud. */
export function createModelProfiles(models: readonly ModelOptions[]): ModelProfiles {
	const all = models.map((options): ModelProfile => profileOf(options, (key) => key === standard?.key));
	const byKey = new Map(all.map((profile) => [profile.key, profile]));
	const [first] = all;
	let standard = first;
	if (first === undefined || standard === undefined) throw new BotError('CONFIG_INVALID', 'no model is configured');
	if (byKey.size < all.length) throw new BotError('CONFIG_INVALID', 'a model is configured twice');
	return {
		all,
		get standard() {
			return standard ?? first;
		},
		use(name) {
			standard = (name === null ? undefined : byKey.get(canonicalModelName(name))) ?? first;
		},
		has: (name) => byKey.has(canonicalModelName(name)),
		of(name) {
			const profile = name === undefined ? (standard ?? first) : byKey.get(canonicalModelName(name));
			if (profile === undefined) throw new BotError('MODEL_REJECTED', 'no such model is configured', { reason: 'unknown-model' });
			return profile;
		},
	};
}

function profileOf(options: ModelOptions, isDefault: (key: string) => boolean): ModelProfile {
	refuseCloudModel(options.name);
	const { contextTokens, temperature } = options;
	const key = canonicalModelName(options.name);
	return {
		...options,
		key,
		get isDefault() {
			return isDefault(key);
		},
		wireOptions: { num_ctx: contextTokens, ...(temperature === null ? {} : { temperature }) },
		reasoningHabit: createReasoningHabit(),
		tokens: createTokenCorrection(contextTokens),
	};
}
