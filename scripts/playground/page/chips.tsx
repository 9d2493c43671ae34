/** The state of the bot and of the model, in a few words. */

import type { About } from '../wire.ts';
import { useStage } from './stage.ts';

/** Which model answers. */
export function ModelChip({ about }: { about: About }) {
	const { words } = useStage();
	const { kind, model, triedUrl, isStopped } = about.model;
	const why = kind === 'real' ? words.modelRealWhy(triedUrl) : words.modelEmulatedWhy(triedUrl);
	const label = isStopped ? words.modelStopped : kind === 'real' ? words.modelReal(model) : words.modelEmulated;
	return (
		<span class={`chip ${isStopped ? 'chip-bad' : kind === 'real' ? 'chip-good' : 'chip-sample'}`} title={why}>
			{label}
		</span>
	);
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
