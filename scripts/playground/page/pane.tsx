/** One platform: its places at the side, and the one where the person is. */

import { useMemo } from 'preact/hooks';
import type { Place, Platform } from '../wire.ts';
import { DiscordTalk } from './discord-talk.tsx';
import { PlaceList } from './place-list.tsx';
import { durationText, newestLag, placesOf, platformNames } from './selectors.ts';
import { SlackTalk } from './slack-talk.tsx';
import { type Pane, PaneContext, type Pointed, useStage } from './stage.ts';
import { TeamsTalk } from './teams-talk.tsx';
import type { Acting } from './use-acting.ts';

interface PlatformPaneProps {
	place: Place;
	threadId: string | null;
	pointed: Pointed | null;
	acting: Acting;
	isHidden: boolean;
	/** One of several behind each other. */
	isTab: boolean;
	onPlace(place: Place): void;
	onThread(threadId: string | null): void;
}

const talks = { slack: SlackTalk, teams: TeamsTalk, discord: DiscordTalk };

export function PlatformPane({ place, threadId, pointed, acting, isHidden, isTab, onPlace, onThread }: PlatformPaneProps) {
	const { view, me, say, run } = useStage();
	const { platform } = place;
	const pane: Pane = {
		...acting,
		platform,
		place,
		threadId,
		openThread: onThread,
		pointed,
		say: (saying) => say({ platform, placeId: place.id, ...saying }),
		forward(message, to, comment) {
			say({ platform, placeId: to.id, text: comment, forwards: { placeId: message.placeId, messageId: message.id } });
			onPlace(to);
		},
		stop: (stopped) => run('stop', { platform, placeId: place.id, threadId: stopped }),
	};
	const places = useMemo(() => placesOf(view, platform), [view.places, platform]);
	const Talk = talks[platform];
	return (
		<PaneContext.Provider value={pane}>
			<section
				class="pane"
				id={`pane-${platform}`}
				data-platform={platform}
				role={isTab ? 'tabpanel' : undefined}
				aria-label={platformNames[platform]}
				hidden={isHidden}
			>
				<header class="pane-head">
					<h2>{platformNames[platform]}</h2>
					<Speed platform={platform} />
				</header>
				<div class="pane-body">
					<PlaceList places={places} onPlace={onPlace} />
					<div class="talk">
						<Talk key={`${me.id}/${place.id}`} />
					</div>
				</div>
			</section>
		</PaneContext.Provider>
	);
}

/** How fast the newest answer came, to be compared with the neighbours. */
function Speed({ platform }: { platform: Platform }) {
	const { view, words } = useStage();
	const lag = newestLag(view, platform);
	if (lag === null) return null;
	return (
		<p class="speed" title={words.lags}>
			<span>
				{words.firstText} <b>{durationText(lag.firstTextMs)}</b>
			</span>
			<span>
				{words.whole} <b>{durationText(lag.finalMs)}</b>
			</span>
		</p>
	);
}
