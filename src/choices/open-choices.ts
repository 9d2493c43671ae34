/** What people and administrators choose, put together. */

import { createDefaultModel, type DefaultModelDependencies, type ModelDefault } from './default-model.ts';
import { createModelChoices, type ModelChoices, type ModelChoicesDependencies } from './model-choices.ts';

export interface OpenChoices {
	choices: ModelChoices;
	defaultModel: ModelDefault;
}

/** @throws BotError `STORE_UNAVAILABLE`. */
export async function openChoices(deps: ModelChoicesDependencies & DefaultModelDependencies): Promise<OpenChoices> {
	const choices = createModelChoices(deps);
	const defaultModel = createDefaultModel(deps);
	await defaultModel.open();
	return {
		defaultModel,
		choices: {
			...choices,
			async current(...asked) {
				await defaultModel.follow();
				return await choices.current(...asked);
			},
		},
	};
}
