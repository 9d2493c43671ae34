/** What one can let happen from the panel: ways to break the bot, and what others do. */

import type { About, Place } from '../wire.ts';
import { Icon, type IconName } from './icons.tsx';
import { useStage } from './stage.ts';

export function BreakIt({ about }: { about: About }) {
	const { words, run } = useStage();
	const { kind, isStopped } = about.model;
	const { phase } = about.bot;
	return (
		<section>
			<h3>{words.tryToBreakIt}</h3>
			<PanelAction
				icon="plug"
				label={phase === 'stopped' ? words.startBot : words.pullPlug}
				why={words.pullPlugWhy}
				isDisabled={phase === 'starting'}
				onClick={() => run('pull-plug', {})}
			/>
			<PanelAction icon="busy" label={words.busy} why={words.busyWhy} isDisabled={false} onClick={() => run('refuse-next-call', {})} />
			{kind === 'emulated' && (
				<PanelAction
					icon="power"
					label={isStopped ? words.modelOn : words.modelOff}
					why={words.modelOffWhy}
					isDisabled={false}
					onClick={() => run('switch-model', { isOn: isStopped })}
				/>
			)}
		</section>
	);
}

/** What others do, where the person is with them. */
export function LetHappen({ places }: { places: readonly Place[] }) {
	const { words, run } = useStage();
	const rooms = places.filter(({ kind, isReadOnly }) => kind !== 'direct' && !isReadOnly);
	const everywhere = (action: string, details: Record<string, unknown>) => {
		for (const { platform, id } of rooms) run(action, { platform, placeId: id, ...details });
	};
	const isNowhere = rooms.length === 0;
	return (
		<section>
			<h3>{words.happenTitle}</h3>
			<PanelAction
				icon="bell"
				label={words.happenAlert}
				why={isNowhere ? words.happenNowhere : words.happenAlertWhy}
				isDisabled={isNowhere}
				onClick={() => everywhere('alert', words.alert)}
			/>
			<PanelAction
				icon="poll"
				label={words.happenPoll}
				why={words.happenPollWhy}
				isDisabled={isNowhere}
				onClick={() => everywhere('poll', words.poll)}
			/>
		</section>
	);
}

interface PanelActionProps {
	icon: IconName;
	label: string;
	why: string;
	isDisabled: boolean;
	onClick: () => void;
}

function PanelAction({ icon, label, why, isDisabled, onClick }: PanelActionProps) {
	return (
		<div class="panel-action">
			<button type="button" disabled={isDisabled} onClick={onClick}>
				<Icon name={icon} />
				{label}
			</button>
			<p class="why">{why}</p>
		</div>
	);
}
