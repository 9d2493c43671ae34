/** The state of the bot and of the model, in a few words. */

import type { About } from '../wire.ts';
import { useStage } from './stage.ts';
import type { Words } from './words.ts';

/** Which model answers. */
export function ModelChip({ about }: { about: About }) {
	const { words } = useStage();
	const { kind, model, isStopped } = about.model;
	const why = whyThisModel(about, words);
	const label = isStopped ? words.modelStopped : kind === 'real' ? words.modelReal(model) : words.modelEmulated;
	return (
		<span class={`chip ${isStopped ? 'chip-bad' : kind === 'real' ? 'chip-good' : 'chip-sample'}`} title={why}>
			{label}
		</span>
	);
}

export function whyThisModel({ model: state }: About, words: Words): string {
	const { triedUrl, model, reason, others } = state;
	if (reason === 'unfit') return words.modelUnfitWhy(triedUrl, model);
	if (reason === 'away') return words.modelEmulatedWhy(triedUrl);
	const isChoice = reason === 'newest' && others.length > 0;
	return isChoice ? `${words.modelRealWhy(triedUrl)} ${words.modelNewest(others.join(', '))}` : words.modelRealWhy(triedUrl);
}

export function BotChip({ about }: { about: About }) {
	const { words } = useStage();
	const { phase } = about.bot;
	const label = { starting: words.botStarting, running: words.botRunning, stopped: words.botStopped }[phase];
	return (
		<span class={`chip ${phase === 'running' ? 'chip-good' : 'chip-bad'}`} role="status">
			{label}
		</span>
	);
}
